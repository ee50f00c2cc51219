"""What anybody can reckon from published numbers: shares no line with suppression, only the form of equations.

For each number that was not published the lowest and the highest whole number with which all equations still hold and
no number is negative. Whoever attacks knows everything that was ever printed, and which number is which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from sunward.figures.disclosure.system import Equation, Key

Interval = tuple[int, int | None]
# A rounded number is published as the span in which it lies.
Published = Mapping[Key, int | tuple[int, int]]
SURE = 1e-6  # of a solver's number that is a whole one
GLANCES = 30  # tables that are looked at for many numbers at once


class ContradictionError(ValueError):
    """The published numbers contradict each other."""


def attack(
    published: Published,
    equations: Iterable[Equation],
    *,
    asked: Iterable[Key] | None = None,
    enough: Mapping[Key, tuple[int, int]] | None = None,
) -> dict[Key, Interval]:
    """By the key of what is unknown; a highest of None is without bound.

    Where tables are found in which a number is as low as the first of `enough` and as high as the second, no closer
    look is taken: what is told then lies within the true bounds. All others are told exactly.
    """
    groups = _groups(published, list(equations))
    group_of = {key: place for place, (keys, _equations) in enumerate(groups) for key in keys}
    found: dict[Key, Interval] = {}
    wanted: dict[int, list[Key]] = {}
    for key in group_of if asked is None else asked:
        if key in published and isinstance(published[key], int):
            continue
        if key in group_of:
            wanted.setdefault(group_of[key], []).append(key)
        else:
            found[key] = (0, None)
    for place, keys in wanted.items():
        unknown = _Unknown.of(*groups[place], published)
        found |= unknown.bounds(keys, enough or {})
    return found


def _groups(published: Published, equations: list[Equation]) -> list[tuple[list[Key], list[Equation]]]:
    """Unknown numbers that share equations, and those equations."""
    leader: dict[Key, Key] = {}

    def find(key: Key) -> Key:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    unknown = [[key for key, _f in equation.terms if not isinstance(published.get(key), int)] for equation in equations]
    for keys in unknown:
        for key in keys:
            leader[find(key)] = find(keys[0])
    groups: dict[Key, tuple[list[Key], list[Equation]]] = {}
    for key in list(leader):
        groups.setdefault(find(key), ([], []))[0].append(key)
    for equation, keys in zip(equations, unknown, strict=True):
        if keys:
            groups[find(keys[0])][1].append(equation)
    return list(groups.values())


@dataclass(slots=True)
class _Unknown:
    """Numbers that hang together; the lowest and the highest of each in the tables that were found so far."""

    column: dict[Key, int]
    left: csr_array
    right: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    lowest: NDArray[np.float64] = field(init=False)
    highest: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self.lowest, self.highest = np.full(len(self.least), inf), np.full(len(self.least), -inf)

    @classmethod
    def of(cls, keys: list[Key], equations: list[Equation], published: Published) -> "_Unknown":
        column = {key: place for place, key in enumerate(keys)}
        entries, right = [], np.zeros(len(equations))
        for row, equation in enumerate(equations):
            for key, factor in equation.terms:
                if key in column:
                    entries.append((factor, row, column[key]))
                else:
                    right[row] -= factor * published[key]
        factors, rows, columns = zip(*entries, strict=True)
        left = csr_array((np.array(factors, dtype=float), (rows, columns)), shape=(len(equations), len(keys)))
        spans = [published.get(key, (0, inf)) for key in keys]
        least, most = np.array(spans, dtype=float).T
        return cls(column, left, right, np.maximum(least, 0), most)

    def bounds(self, asked: list[Key], enough: Mapping[Key, tuple[int, int]]) -> dict[Key, Interval]:
        self._glance(asked, enough)
        found: dict[Key, Interval] = {}
        for key in asked:
            place = self.column[key]
            low, high = enough.get(key, (-1, inf))
            lowest: float | None = self.lowest[place]
            highest: float | None = self.highest[place]
            if not self.lowest[place] <= low:
                lowest = self._farthest(place, 1)
            if lowest is None:  # the lowest is bounded by zero: none means that no table fits
                raise ContradictionError("The published numbers contradict each other.")
            if not self.highest[place] >= high:
                highest = self._farthest(place, -1)
            found[key] = (round(lowest), None if highest is None else round(highest))
        return found

    def _glance(self, asked: list[Key], enough: Mapping[Key, tuple[int, int]]) -> None:
        """Tables in which many of the numbers are far out at once; each that is whole tells of all its numbers."""
        held = [(self.column[key], *enough[key]) for key in asked if key in enough]
        chance = np.random.default_rng(len(held))
        for sign in (1, -1):
            for _glance in range(GLANCES):
                left = [(at, low, high) for at, low, high in held if not self._is_far(at, low, high, sign)]
                if len(left) < 2:
                    break
                cost, most = np.zeros(len(self.least)), self.most.copy()
                for at, _low, high in left:
                    cost[at] = sign * (0.5 + chance.random())
                    most[at] = min(most[at], high) if sign < 0 else most[at]
                self._solve(cost, most, whole=False)

    def _is_far(self, at: int, low: int, high: int, sign: int) -> bool:
        return bool(self.lowest[at] <= low if sign > 0 else self.highest[at] >= high)

    def _farthest(self, place: int, sign: int) -> float | None:
        cost = np.zeros(len(self.least))
        cost[place] = sign
        table = self._solve(cost, self.most, whole=False)
        if table is None:
            table = self._solve(cost, self.most, whole=True)
        return None if table is None else float(table[place])

    def _solve(
        self, cost: NDArray[np.float64], most: NDArray[np.float64], *, whole: bool
    ) -> NDArray[np.float64] | None:
        """The best table, remembered if it is one of whole numbers; None if there is none, or none that is whole."""
        result = milp(
            cost, constraints=LinearConstraint(self.left, self.right, self.right), bounds=(self.least, most),
            integrality=np.full(len(cost), int(whole)),
        )  # fmt: skip
        if result.x is None:
            return None
        table: NDArray[np.float64] = np.rint(result.x)
        is_whole = np.abs(result.x - table).max() < SURE and not np.any(self.left @ table != self.right)
        if not is_whole or np.any(table < self.least) or np.any(table > most):
            if whole:
                raise ArithmeticError("The solver's whole numbers do not fulfil the equations.")
            return None
        self.lowest, self.highest = np.minimum(self.lowest, table), np.maximum(self.highest, table)
        return table
