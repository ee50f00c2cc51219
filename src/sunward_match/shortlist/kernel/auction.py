"""Everyone bids for the best lines at today's prices; whoever is outbid bids again.

A vacancy with cap c is c *showings*, each with a price of its own; the price of the vacancy is that of its cheapest
showing. A person who has lines free looks for the best vacancies by ``score - price`` and bids for each the most that
still leaves it as good as her best alternative, plus ``step``. She gets the cheapest showing; whoever had it is free
again. A showing that nobody has yet asks its *reserve*, which rises a little from one showing to the next: that is
what spreads people over vacancies before any cap is reached.

What holds after every bid: prices only rise; a price above its reserve means that somebody pays it; nobody could do
better by more than ``step`` per line. So where it ends the lists are within ``step`` per line of the best there are
(Bertsekas' auction, for people and vacancies that take several).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...pairing.kernel.compilation import compiled
from ...pairing.kernel.vectors import Flags, Floats, Ints, Longs
from .problem import Problem


class Lists(NamedTuple):
    """The lists in the making. Arrays are changed in place."""

    start: Longs  # rows of entries by person, best score first
    vacancy: Ints
    score: Floats
    person: Ints
    held: Flags  # per entry: whether it is on the list
    n_held: Ints  # per person
    first: Longs  # per vacancy: where its showings begin; one more at the end
    taken_by: Longs  # per showing: the entry that has it, or -1
    asked: Floats  # per showing: its price; while bidding goes on a heap per vacancy, cheapest first
    price: Floats  # per vacancy: of its cheapest showing; infinite where it has none


def open_lists(problem: Problem, slope: float, unseen: float) -> Lists:
    """Empty lists. The first showing of a vacancy is free; the r-th after it asks ``unseen + slope * r / cap``."""
    first = np.concatenate(([0], np.cumsum(problem.cap)))
    rank = np.arange(first[-1]) - np.repeat(first[:-1], problem.cap)
    asked = np.where(rank > 0, unseen, 0.0) + slope * rank / np.repeat(problem.true_cap, problem.cap)
    return Lists(
        problem.start, problem.vacancy, problem.score, problem.person,
        held=np.zeros(len(problem.vacancy), np.bool_),
        n_held=np.zeros(problem.n_people, np.int32),
        first=first.astype(np.int64),
        taken_by=np.full(first[-1], -1, np.int64),
        asked=asked,
        price=np.where(problem.cap > 0, 0.0, np.inf),
    )  # fmt: skip


@compiled
def bid_all(lists: Lists, k: int, lift: float, bonus: float, step: float) -> int:
    """Until nobody wants to bid; returns how many bids there were.

    Every line is worth ``lift`` besides its score, so that a showing above its first is no reason to leave a line
    empty; the first line of a person is worth ``bonus`` on top, so that nobody is crowded out for another's tenth.
    """
    n_people = len(lists.n_held)
    queue = np.arange(n_people).astype(np.int32)
    waits = np.ones(n_people, np.bool_)
    head, size, bids = 0, n_people, 0
    best = np.empty(k + 1, np.int64)
    margin = np.empty(k + 1, np.float64)
    while size > 0:
        person = queue[head]
        head = head + 1 if head + 1 < n_people else 0
        size -= 1
        waits[person] = False
        free = k - lists.n_held[person]
        floor = -bonus if lists.n_held[person] == 0 else 0.0
        found = look(lists, person, free, lift, floor, best, margin)
        for at in range(min(found, free)):
            if margin[at] >= 0:
                rival = max(margin[free], 0.0) if found > free else 0.0
            elif at == 0 and lists.n_held[person] == 0:
                rival = margin[1] if found > 1 else -bonus
            else:
                break
            bids += 1
            worth = lists.score[best[at]] + lift
            loser = take(lists, best[at], worth - rival + step)
            if loser >= 0 and not waits[loser]:
                waits[loser] = True
                tail = head + size
                queue[tail if tail < n_people else tail - n_people] = loser
                size += 1
    return bids


@compiled
def look(lists: Lists, person: int, free: int, lift: float, floor: float, best: Longs, margin: Floats) -> int:
    """The ``free + 1`` best entries not on the person's list, by margin, into ``best`` and ``margin``; how many."""
    found = 0
    for entry in range(lists.start[person], lists.start[person + 1]):
        worth = lists.score[entry] + lift
        if found > free and worth <= margin[free]:
            break  # prices are not negative and scores only fall from here
        if lists.held[entry]:
            continue
        left = worth - lists.price[lists.vacancy[entry]]
        if left < floor or (found > free and left <= margin[free]):
            continue
        at = min(found, free)
        while at > 0 and margin[at - 1] < left:
            margin[at], best[at] = margin[at - 1], best[at - 1]
            at -= 1
        margin[at], best[at] = left, entry
        if found <= free:
            found += 1
    return found


@compiled
def take(lists: Lists, entry: int, bid: float) -> int:
    """Give the entry the cheapest showing of its vacancy at the price ``bid``; returns who had it before, or -1."""
    vacancy = lists.vacancy[entry]
    root, stop = lists.first[vacancy], lists.first[vacancy + 1]
    before = lists.taken_by[root]
    at = root
    while True:
        below = root + 2 * (at - root) + 1
        if below >= stop:
            break
        if below + 1 < stop and lists.asked[below + 1] < lists.asked[below]:
            below += 1
        if lists.asked[below] >= bid:
            break
        lists.asked[at], lists.taken_by[at] = lists.asked[below], lists.taken_by[below]
        at = below
    lists.asked[at], lists.taken_by[at] = bid, entry
    lists.price[vacancy] = lists.asked[root]
    lists.held[entry] = True
    lists.n_held[lists.person[entry]] += 1
    if before < 0:
        return -1
    loser = lists.person[before]
    lists.held[before] = False
    lists.n_held[loser] -= 1
    return int(loser)
