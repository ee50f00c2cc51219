"""The last pass: nobody is left with nothing who need not be, and no line stays empty that could be filled.

The auction makes a first line worth more than another's tenth, but only by a price. Here it is a law: whoever has an
empty list gets a line from somebody who has two, if need be along a chain of people who each move to another vacancy.
Such chains are the augmenting paths of a maximum flow, so where none is left no lists could serve more people.
"""

from __future__ import annotations

import numpy as np

from ...pairing.kernel.compilation import compiled
from ...pairing.kernel.standing import NONE
from ...pairing.kernel.vectors import Longs
from .auction import Lists

DEAD = np.int64(-2)  # seen by a search that failed


@compiled
def rescue_all(lists: Lists, n_vacancies: int) -> int:
    """A line for everybody whose list is empty, where there is a way; returns how many got one."""
    seen = np.full(n_vacancies, -1, np.int64)  # in which search, or DEAD
    via = np.empty(n_vacancies, np.int64)  # the entry by which the search came to the vacancy
    queue = np.empty(n_vacancies, np.int64)
    rescued = 0
    for person in range(len(lists.n_held)):
        if lists.n_held[person] == 0 and rescue(lists, person, seen, via, queue):
            rescued += 1
    return rescued


@compiled
def rescue(lists: Lists, person: int, seen: Longs, via: Longs, queue: Longs) -> bool:
    """One search, breadth first over vacancies.

    What a failed search saw is closed in itself: nobody in there has two lines or a way out, and nobody ever will. So
    it is dead to all later searches.
    """
    size = spread_from(lists, person, person, seen, via, queue, NONE)
    at = 0
    while at < size:
        vacancy = queue[at]
        at += 1
        showing = find_spare(lists, vacancy)
        if showing >= 0:
            shift(lists, person, vacancy, showing, via)
            return True
        for other in range(lists.first[vacancy], lists.first[vacancy + 1]):
            mover = lists.person[lists.taken_by[other]]
            size = spread_from(lists, mover, person, seen, via, queue, size)
    for at in range(size):
        seen[queue[at]] = DEAD
    return False


@compiled
def spread_from(lists: Lists, person: int, search: int, seen: Longs, via: Longs, queue: Longs, size: int) -> int:
    """Put every vacancy of the person's row that is new to this search on the queue; returns its new size."""
    for entry in range(lists.start[person], lists.start[person + 1]):
        vacancy = lists.vacancy[entry]
        if seen[vacancy] != search and seen[vacancy] != DEAD and not lists.held[entry]:
            seen[vacancy] = search
            via[vacancy] = entry
            queue[size] = vacancy
            size += 1
    return size


@compiled
def find_spare(lists: Lists, vacancy: int) -> int:
    """A showing that can be had: an untaken one, else that of whoever has more lines and loses least; -1 if none."""
    chosen = -1
    for showing in range(lists.first[vacancy], lists.first[vacancy + 1]):
        entry = lists.taken_by[showing]
        if entry < 0:
            return int(showing)
        if lists.n_held[lists.person[entry]] > 1 and (
            chosen < 0 or lists.score[entry] < lists.score[lists.taken_by[chosen]]
        ):
            chosen = showing
    return int(chosen)


@compiled
def shift(lists: Lists, person: int, vacancy: int, showing: int, via: Longs) -> None:
    """Along the chain that ends at ``showing``: everybody takes the next vacancy, ``person`` the first."""
    before = lists.taken_by[showing]
    if before >= 0:
        lists.held[before] = False
        lists.n_held[lists.person[before]] -= 1
    while True:
        entry = via[vacancy]
        lists.taken_by[showing] = entry
        lists.held[entry] = True
        mover = lists.person[entry]
        if mover == person:
            lists.n_held[person] += 1
            return
        for own in range(lists.start[mover], lists.start[mover + 1]):
            if lists.held[own] and own != entry:  # her only line: whoever has two is where a chain ends
                lists.held[own] = False
                vacancy = lists.vacancy[own]
                for other in range(lists.first[vacancy], lists.first[vacancy + 1]):
                    if lists.taken_by[other] == own:
                        showing = other
                        break
                break


@compiled
def fill_all(lists: Lists, k: int) -> int:
    """Every empty line for which a showing is left, best score first; returns how many were filled."""
    filled = 0
    for person in range(len(lists.n_held)):
        for entry in range(lists.start[person], lists.start[person + 1]):
            if lists.n_held[person] >= k:
                break
            if lists.held[entry]:
                continue
            vacancy = lists.vacancy[entry]
            for showing in range(lists.first[vacancy], lists.first[vacancy + 1]):
                if lists.taken_by[showing] < 0:
                    lists.taken_by[showing] = entry
                    lists.held[entry] = True
                    lists.n_held[person] += 1
                    filled += 1
                    break
    return filled
