"""Whether whoever reckons remains in doubt: tables that differ from the true one only in what is hidden.

Each is found by a linear programme and is a witness: as long as the cells in which it differs stay hidden, nobody can
tell it from the true table. A witness holds whole numbers; where the programme finds others, it is solved over those.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from sunward.figures.disclosure.system import Key, System

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Doubt:
    """That the cell at `place` could be as low as its lowest, or (`is_up`) as high as its reach."""

    place: int
    is_up: bool


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Numbers that hang together, each at its place; without those that are known: these differ in no witness."""

    at: NDArray[np.int64]
    values: Numbers
    room: Numbers  # by how much each can be less
    reach: Numbers
    weights: NDArray[np.float64]
    is_proposed: Mask
    matrix: csc_array
    some: csc_array

    def doubts(self) -> Iterator[Doubt]:
        for place in np.flatnonzero(self.reach):
            if self.room[place]:
                yield Doubt(int(place), is_up=False)
            yield Doubt(int(place), is_up=True)

    def name(self, doubt: Doubt) -> tuple[int, bool]:
        """The same in every component in which the cell lies."""
        return int(self.at[doubt.place]), doubt.is_up

    def breaks(self, change: Numbers) -> bool:
        """Whether somewhere something happened to nobody."""
        after = self.values + change
        return bool(np.any((self.some < 0) @ (after > 0) & ~((self.some > 0) @ (after > 0))))

    def grants(self, doubt: Doubt, change: Numbers) -> bool:
        place = doubt.place
        if doubt.is_up:
            return bool(self.values[place] + change[place] >= self.reach[place])
        return bool(-change[place] >= self.room[place])


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A system in arrays, made once: whatever is taken to be known, the same cells keep their places."""

    keys: tuple[Key, ...]
    values: Numbers
    room: Numbers
    reach: Numbers
    weights: NDArray[np.float64]
    is_proposed: Mask
    matrix: csr_array
    some: csr_array
    days: tuple[date | None, ...]

    @classmethod
    def of(cls, system: System) -> "Net":
        cells = list(system.cells.values())
        place_of = {cell.key: place for place, cell in enumerate(cells)}
        entries = [
            (row, place_of[key], factor)
            for row, equation in enumerate(system.equations)
            for key, factor in equation.terms
        ]
        rows, places, factors = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        shape = (len(system.equations), len(cells))
        return cls(
            keys=tuple(place_of),
            values=np.array([cell.value for cell in cells], dtype=np.int64),
            room=np.array([cell.value - cell.lowest for cell in cells], dtype=np.int64),
            reach=np.array([cell.reach for cell in cells], dtype=np.int64),
            weights=np.array([cell.weight for cell in cells]),
            is_proposed=np.array([cell.is_proposed for cell in cells], dtype=bool),
            matrix=csr_array(coo_array((factors.astype(float), (rows, places)), shape=shape)),
            some=_some(system, place_of),
            days=tuple(cell.published_on for cell in cells),
        )

    def published_until(self, day: date | None) -> Mask:
        """What was known on the evening of that day; None: nothing at all."""
        return np.array([bool(day and told and told <= day) for told in self.days], dtype=bool)

    def components(self, known: Mask) -> Iterator[Component]:
        """Those in which something is protected."""
        places = np.flatnonzero(~known)
        matrix = self.matrix[:, places]
        rows, columns = matrix.nonzero()
        size, height = len(places), matrix.shape[0]
        graph = coo_array((np.ones(len(rows)), (rows + size, columns)), shape=(size + height,) * 2)
        label = connected_components(graph, directed=False)[1]
        order = np.argsort(label[:size], kind="stable")
        by_row = np.argsort(label[size:], kind="stable")
        row_labels = label[size:][by_row]
        for held in np.split(order, np.flatnonzero(np.diff(label[:size][order])) + 1):
            at = places[held]
            if not self.reach[at].any():
                continue
            first, last = np.searchsorted(row_labels, [label[held[0]], label[held[0]] + 1])
            yield Component(
                at=at,
                values=self.values[at],
                room=self.room[at],
                reach=self.reach[at],
                weights=self.weights[at],
                is_proposed=self.is_proposed[at],
                matrix=csc_array(matrix[np.sort(by_row[first:last])][:, held]),
                some=self._some_of(at),
            )

    def _some_of(self, at: NDArray[np.int64]) -> csc_array:
        """Pairs of which both are here: numbers of which one is known need no rule."""
        rows = csc_array(self.some)[:, at]
        return csc_array(csr_array(rows)[np.flatnonzero(abs(rows).sign().sum(axis=1) == 2)])


def _some(system: System, place_of: Mapping[Key, int]) -> csr_array:
    """A row for each pair: of the larger minus one, of the smaller as many as there are here of the larger to each.

    Everybody may hold it for possible that one person came more often. Tables in which nobody does are enough to leave
    a doubt.
    """
    entries = []
    for row, (larger, smaller) in enumerate(system.some):
        many, often = system.cells[smaller].value, system.cells[larger].value
        entries += [(row, place_of[larger], -1), (row, place_of[smaller], -(-often // many) if many else 1)]
    rows, places, factors = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    return csr_array(coo_array((factors.astype(float), (rows, places)), shape=(len(system.some), len(place_of))))


def witnesses(
    component: Component, hidden: Mask, doubts: Iterable[Doubt], *, is_all_or_nothing: bool = False
) -> dict[Doubt, Numbers]:
    """For each doubt that the hidden cells leave open, how a table differs that nobody can rule out.

    Who needs them all is told sooner that one is missing: at the first.
    """
    found: dict[Doubt, Numbers] = {}
    for is_up in (False, True):
        wanted = [doubt for doubt in doubts if doubt.is_up == is_up]
        while wanted:
            change = _change(component, hidden, wanted)
            found |= {doubt: change for doubt in wanted if component.grants(doubt, change)}
            left = [doubt for doubt in wanted if doubt not in found]
            if len(left) == len(wanted):
                break
            wanted = left
        # What all together did not find one may find alone.
        for doubt in wanted:
            if doubt not in found:
                change = _change(component, hidden, [doubt])
                found |= {other: change for other in wanted if component.grants(other, change)}
            if is_all_or_nothing and doubt not in found:
                return {}
    return found


def _change(component: Component, hidden: Mask, doubts: list[Doubt]) -> Numbers:
    """The change of hidden cells that lets as many of the doubts be as far as possible."""
    places = np.flatnonzero(hidden)
    at = np.searchsorted(places, [doubt.place for doubt in doubts])
    matrix, values = component.matrix[:, places], component.values[places]
    cost, highest = np.zeros(len(places)), np.full(len(places), np.inf)
    if doubts[0].is_up:
        # No farther than the reach, so that one cell does not rise for all; alone it may have to be passed over.
        times = 2 if len(doubts) == 1 else 1
        cost[at] = -1
        highest[at] = times * component.reach[places[at]] - values[at]
    else:
        cost[at] = 1
    constraints = [LinearConstraint(matrix, 0, 0)] if matrix.shape[0] else []
    bounds = Bounds(-component.room[places], highest)
    change = np.zeros(len(hidden), dtype=np.int64)
    change[places] = solve_whole(cost, constraints, bounds)
    if component.breaks(change):  # mostly it does not, and is found sooner without
        some = LinearConstraint(component.some[:, places], -component.some @ component.values, np.inf)
        change[places] = solve_whole(cost, [*constraints, some], bounds)
    return change


def solve_whole(cost: NDArray[np.float64], constraints: list[LinearConstraint], bounds: Bounds) -> Numbers:
    """The best whole numbers; over the reals first, which mostly are whole already. There is always one: no change."""
    for integrality in (0, 1):
        result = milp(cost, constraints=constraints, bounds=bounds, integrality=np.full(len(cost), integrality))
        if result.x is None:
            raise ArithmeticError(result.message)
        rounded: Numbers = np.rint(result.x).astype(np.int64)
        if np.abs(result.x - rounded).max(initial=0) < SLACK and _holds(rounded, constraints):
            return rounded
    raise ArithmeticError("The solver's whole numbers do not fulfil the equations.")


def _holds(found: Numbers, constraints: list[LinearConstraint]) -> bool:
    for constraint in constraints:
        reached = constraint.A @ found
        if np.any(reached < constraint.lb) or np.any(reached > constraint.ub):
            return False
    return True
