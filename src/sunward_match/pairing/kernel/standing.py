"""Who sits where and at what price: the arrays on which the search works.

Everything is a 64-bit integer in *units* (see ``scale.py``). A child ``i`` served at mentor ``j`` is worth
``reward[i] + weight[i, j]``. The state is kept in one redundant form that makes the searches short:

- ``price[j]`` >= 0: what a place at mentor j costs;
- ``level[i]``: the child's reward less her own dual price. Served: ``price[seat] - weight``. Unserved: ``reward``.

The slack of an edge is then ``price[j] - weight[i, j] - level[i]``, and between two steps three things hold:
no slack is negative and ``level <= reward``; a price is positive only if the mentor is full; a served edge has slack 0.
Those three are the optimality conditions of the linear programme, so every standing is optimal for what it contains.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from .compilation import compiled
from .vectors import Ints, Longs

FAR = np.int64(2**62)
# Typed numbers: numba would compile a function anew for every literal that it is called with.
NOBODY = cast("int", np.int64(-1))
NONE = cast("int", np.int64(0))
UP, DOWN = cast("int", np.int64(1)), cast("int", np.int64(-1))
GONE = np.int64(-(2**60))  # the reward of a child who has left: no edge of hers is ever worth taking


class Rows(NamedTuple):
    """Adjacency in compressed rows. Row ``r`` is ``other[start[r]:stop[r]]`` with the same slice of ``weight``."""

    start: Longs
    stop: Longs
    other: Ints
    weight: Longs


class Standing(NamedTuple):
    """The graph from both sides, and the state. Arrays are changed in place by the searches."""

    by_child: Rows
    by_mentor: Rows
    reward: Longs  # per child: what serving her is worth before fit
    capacity: Longs  # per mentor: places
    seat: Ints  # per child: her mentor, or -1
    level: Longs  # per child
    first: Ints  # per mentor: head of the list of served children, or -1
    after: Ints  # per child: next in that list, or -1
    before: Ints  # per child: previous in that list, or -1
    taken: Longs  # per mentor: places in use
    price: Longs  # per mentor


class Scratch(NamedTuple):
    """Per mentor working space of one search. Between searches every ``label`` is FAR and every ``where`` is -1."""

    label: Longs
    where: Ints
    heap: Ints
    via: Ints  # the child through whom the chain enters or leaves this mentor
    target: Ints  # filling only: the mentor that child moves to
    seen: Ints


def open_standing(by_child: Rows, by_mentor: Rows, reward: Longs, capacity: Longs) -> Standing:
    """A standing in which nobody is served yet, every price is 0 and no child has been inserted."""
    n_left, n_right = len(reward), len(capacity)
    return Standing(
        by_child, by_mentor, reward, capacity,
        seat=np.full(n_left, -1, np.int32),
        level=reward.copy(),
        first=np.full(n_right, -1, np.int32),
        after=np.full(n_left, -1, np.int32),
        before=np.full(n_left, -1, np.int32),
        taken=np.zeros(n_right, np.int64),
        price=np.zeros(n_right, np.int64),
    )  # fmt: skip


def open_scratch(n_right: int) -> Scratch:
    """Clean working space for ``n_right`` mentors."""
    return Scratch(
        label=np.full(n_right, FAR, np.int64),
        where=np.full(n_right, -1, np.int32),
        heap=np.empty(n_right, np.int32),
        via=np.full(n_right, -1, np.int32),
        target=np.full(n_right, -1, np.int32),
        seen=np.empty(n_right, np.int32),
    )


@compiled
def seat_child(standing: Standing, child: int, mentor: int) -> None:
    """Put an unseated child on the list of a mentor."""
    head = standing.first[mentor]
    standing.seat[child] = mentor
    standing.before[child] = -1
    standing.after[child] = head
    if head >= 0:
        standing.before[head] = child
    standing.first[mentor] = child
    standing.taken[mentor] += 1


@compiled
def unseat_child(standing: Standing, child: int) -> None:
    """Take a seated child off the list of her mentor."""
    mentor = standing.seat[child]
    ahead, behind = standing.before[child], standing.after[child]
    if ahead >= 0:
        standing.after[ahead] = behind
    else:
        standing.first[mentor] = behind
    if behind >= 0:
        standing.before[behind] = ahead
    standing.seat[child] = -1
    standing.taken[mentor] -= 1
