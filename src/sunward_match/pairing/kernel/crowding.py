"""Where places are scarce, and for which tier: found by counting alone, before any fit is weighed.

Children are let in tier by tier, highest first, into a largest pairing (weights ignored). When no more children of a
tier get in, the mentors whom the rest can reach by chains of moves are *crowded by that tier*: in every pairing that
serves tier by tier they are full, with children who have no other mentor to go to, and nobody else ever gets in (the
decomposition of Dulmage and Mendelsohn 1958, once per tier). All other mentors are *roomy*: whoever is seated there
stays served. The weighted search orders its work by this.

The largest pairing grows by depth-first search with lookahead: many disjoint chains a sweep (Pothen and Fan, *ACM
Transactions on Mathematical Software* 16, 1990) while that gets many in, then child by child, where each search that
fails shows for good who is crowded, and nobody searches there again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .compilation import compiled
from .standing import NONE, Rows
from .vectors import Ints, Longs

ROOMY = -1
WORTHWHILE = 8  # sweep on while at least one in so many of those who wait gets in


class Crowding(NamedTuple):
    """By which tier rank each child's place and each mentor is crowded; ROOMY if by none."""

    child: Longs
    mentor: Longs


class Count(NamedTuple):
    """State of the unweighted pairing."""

    seat: Ints
    first: Ints  # per mentor: head of the list of children
    after: Ints  # per child: next in that list
    before: Ints  # per child: previous in that list
    taken: Longs
    layer: Longs  # per mentor: the crowding found so far
    look: Longs  # per child: next edge to try for a mentor with room; rooms only fill up, so it never goes back
    edge: Longs  # per child: next edge to follow in this sweep
    swept: Longs  # per mentor: the last sweep that came by
    stack: Ints  # the chain that is being tried
    queue: Ints  # mentors met by one search in breadth, nearest first
    via: Ints  # per mentor: the child through whom that search came


@compiled
def find_crowding(rows: Rows, rank: Longs, order: Longs, capacity: Longs) -> Crowding:
    """``order`` lists the children, highest rank first."""
    n_left, n_right = len(rank), len(capacity)
    count = Count(
        np.full(n_left, -1, np.int32), np.full(n_right, -1, np.int32), np.full(n_left, -1, np.int32),
        np.full(n_left, -1, np.int32), np.zeros(n_right, np.int64), np.full(n_right, ROOMY, np.int64),
        rows.start.copy(), rows.start.copy(), np.full(n_right, -1, np.int64), np.empty(n_left + 1, np.int32),
        np.empty(n_right, np.int32), np.empty(n_right, np.int32),
    )  # fmt: skip
    sweep, begin = NONE, NONE
    while begin < len(order):
        end = begin
        while end < len(order) and rank[order[end]] == rank[order[begin]]:
            end += 1
        sweep = admit_all(rows, capacity, count, order[begin:end].copy(), rank[order[begin]], sweep)
        begin = end
    child = rank.copy()
    for one in range(n_left):
        if count.seat[one] >= 0:
            child[one] = count.layer[count.seat[one]]
    return Crowding(child, count.layer)


@compiled
def admit_all(rows: Rows, capacity: Longs, count: Count, waiting: Longs, rank: int, sweep: int) -> int:
    """Seat as many of the waiting as can be, all of one rank; then mark whom the rest can reach as crowded.

    Returns the number of the next sweep.
    """
    n_before, n_waiting = 0, len(waiting)
    is_worthwhile = True
    while is_worthwhile:
        n_before, n_waiting = n_waiting, 0
        sweep += 1
        for position in range(n_before):
            if not admit(rows, capacity, count, waiting[position], sweep):
                waiting[n_waiting] = waiting[position]
                n_waiting += 1
        is_worthwhile = (n_before - n_waiting) * WORTHWHILE > n_before
    for position in range(n_waiting):
        sweep += 1
        n_met = admit_nearest(rows, capacity, count, waiting[position], sweep)
        for step in range(n_met):
            count.layer[count.queue[step]] = rank
    return sweep


@compiled
def admit(rows: Rows, capacity: Longs, count: Count, child: int, sweep: int) -> bool:
    """Look for a chain of moves that seats ``child``, past mentors where no chain of this sweep came by; make it."""
    depth = NONE
    count.stack[0] = child
    count.edge[child] = rows.start[child]
    while depth >= 0:
        top = int(count.stack[depth])
        free = find_room(rows, capacity, count, top)
        if free >= 0:
            shift(count, depth, free)
            return True
        onward = -1
        while count.edge[top] < rows.stop[top] and onward < 0:
            mentor = rows.other[count.edge[top]]
            count.edge[top] += 1
            if count.layer[mentor] == ROOMY and count.swept[mentor] != sweep:
                count.swept[mentor] = sweep
                onward = count.first[mentor]
        if onward >= 0:
            depth += 1
        elif depth > 0:
            onward = count.after[top]  # the next child of the same mentor
        if onward >= 0:
            count.stack[depth] = onward
            count.edge[onward] = rows.start[onward]
        else:
            depth -= 1
    return False


@compiled
def admit_nearest(rows: Rows, capacity: Longs, count: Count, child: int, sweep: int) -> int:
    """Look for the shortest chain of moves that seats ``child``, and make it.

    Returns -1 if she is seated, else how many mentors were met in vain; they are in the queue.
    """
    free = find_room(rows, capacity, count, child)
    n_met = NONE if free >= 0 else meet(rows, count, child, NONE, sweep)
    mover, at = child, NONE
    while at < n_met and free < 0:
        mover = int(count.first[count.queue[at]])
        at += 1
        while mover >= 0:
            free = find_room(rows, capacity, count, mover)
            if free >= 0:
                break
            n_met = meet(rows, count, mover, n_met, sweep)
            mover = int(count.after[mover])
    if free < 0:
        return n_met
    depth = NONE
    count.stack[0] = mover
    while mover != child:
        mover = int(count.via[count.seat[mover]])
        depth += 1
        count.stack[depth] = mover
    for step in range((depth + 1) // 2):
        other = count.stack[depth - step]
        count.stack[depth - step] = count.stack[step]
        count.stack[step] = other
    shift(count, depth, free)
    return -1


@compiled
def meet(rows: Rows, count: Count, child: int, n_met: int, sweep: int) -> int:
    """Put the child's mentors whom this search has not met yet into the queue; returns how many are in it then."""
    for edge in range(rows.start[child], rows.stop[child]):
        mentor = rows.other[edge]
        if count.layer[mentor] == ROOMY and count.swept[mentor] != sweep:
            count.swept[mentor] = sweep
            count.via[mentor] = child
            count.queue[n_met] = mentor
            n_met += 1
    return n_met


@compiled
def find_room(rows: Rows, capacity: Longs, count: Count, child: int) -> int:
    """A mentor of hers with room, or -1."""
    while count.look[child] < rows.stop[child]:
        mentor = rows.other[count.look[child]]
        if count.taken[mentor] < capacity[mentor] and count.layer[mentor] == ROOMY:
            return int(mentor)
        count.look[child] += 1
    return -1


@compiled
def shift(count: Count, depth: int, free: int) -> None:
    """Everybody on the stack moves into the seat of the next, the last one into the free place."""
    target = free
    while depth >= 0:
        child = count.stack[depth]
        origin = count.seat[child]
        if origin >= 0:
            ahead, behind = count.before[child], count.after[child]
            if ahead >= 0:
                count.after[ahead] = behind
            else:
                count.first[origin] = behind
            if behind >= 0:
                count.before[behind] = ahead
            count.taken[origin] -= 1
        head = count.first[target]
        count.seat[child] = target
        count.before[child] = -1
        count.after[child] = head
        if head >= 0:
            count.before[head] = child
        count.first[target] = child
        count.taken[target] += 1
        target = origin
        depth -= 1
