"""Where one more place would help most, read off the dual prices.

The smallest optimal price of a mentor is exactly what one more place with her adds to the optimum. For a mentor who
does not exist yet it is the most that any child she may have would gain over what that child brings now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .candidates import cross, is_within, number_neighbours
from .edges import Edges
from .geography import locate
from .kernel.vectors import Flags, Longs
from .proposal import Advice
from .reckoning import Reckoning
from .rules import Scope
from .table import Table


@dataclass(frozen=True, slots=True)
class Grouping:
    """A column of the mentors to group advice by. With ``bits`` the column is a mask and each name stands for a bit."""

    column: str
    bits: tuple[str, ...] = ()


def advise(reckoning: Reckoning, groupings: Sequence[Grouping]) -> tuple[Advice, ...]:
    """The most helpful place in every group where one would help at all, most helpful first."""
    work = reckoning.workings
    found = [
        state_advice(reckoning, grouping.column, value, work.mentors, reckoning.least, members)
        for grouping in groupings
        if grouping.column in work.mentors
        for value, members in split_groups(work.mentors, grouping)
    ]
    return rank(found)


def rank(found: Sequence[Advice]) -> tuple[Advice, ...]:
    """Only what helps; more steps first, then more points, then by name."""
    helpful = [one for one in found if one.steps > 0 or one.points > 0]
    return tuple(sorted(helpful, key=lambda one: (-one.steps, -one.points, one.column, one.value)))


def split_groups(mentors: Table, grouping: Grouping) -> Iterator[tuple[str, Flags]]:
    """Every group with its members."""
    column = mentors[grouping.column]
    if grouping.bits:
        for bit, name in enumerate(grouping.bits):
            yield name, (column.astype(np.int64) >> bit & 1).astype(bool)
        return
    for value in np.unique(column):
        yield str(value), column == value


def state_advice(reckoning: Reckoning, column: str, value: str, mentors: Table, price: Longs, members: Flags) -> Advice:
    """The best of the members; the first of several equally good ones."""
    at = np.flatnonzero(members)
    if not len(at):
        return Advice(column, value, "", 0, None, 0.0)
    best = int(at[np.argmax(price[at])])
    steps, points = reckoning.split(price[best : best + 1])
    tiers = np.unique(reckoning.workings.tier)
    tier = int(tiers[steps[0] - 1]) if 0 < steps[0] <= len(tiers) else None
    return Advice(column, value, mentors.ids[best], int(steps[0]), tier, float(points[0]))


def value_newcomers(reckoning: Reckoning, newcomers: Table, grouping: Grouping) -> tuple[Advice, ...]:
    """What each imagined mentor with one place would add, ranked; she needs the columns that mentors have.

    ``grouping`` names the column by which they are told apart, for example the unit she would live in.
    """
    price = price_newcomers(reckoning, newcomers)
    return rank([
        state_advice(reckoning, grouping.column, value, newcomers, price, members)
        for value, members in split_groups(newcomers, grouping)
    ])  # fmt: skip


def price_newcomers(reckoning: Reckoning, newcomers: Table) -> Longs:
    """The exact worth of each newcomer in units; int64 (n,)."""
    work, columns = reckoning.workings, reckoning.workings.policy.columns
    nobody = np.empty(0, np.int32)
    child_places, places, units = locate(work.children, newcomers, lon=columns.lon, lat=columns.lat, unit=columns.unit)
    people = Edges(work.children, newcomers, nobody, nobody, child_places, places)
    near = number_neighbours(units, work.adjacency)
    mentor_broken = work.appraiser.judge_side(newcomers, Scope.MENTOR)
    seekers = np.flatnonzero(work.seek)
    price = np.zeros(len(newcomers), np.int64)
    for mentor in range(len(newcomers)):
        edges = people.at(*cross(seekers, np.array([mentor])))
        edges = edges.where(is_within(edges, work.policy.reach, near))
        edges = edges.where(work.appraiser.judge(edges, work.child_broken, mentor_broken) == 0)
        worth = (reckoning.rank[edges.child] + 1) * np.int64(reckoning.step) + work.appraiser.weigh(edges)
        price[mentor] = max(0, int((worth - reckoning.left_most[edges.child]).max(initial=0)))
    return price
