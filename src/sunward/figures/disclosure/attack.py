"""What anybody can reckon from published numbers: shares no line with suppression, only the form of equations.

For each number that was not published the lowest and the highest whole number with which all equations still hold and
no number is negative. Whoever attacks knows everything that was ever printed, and which number is which.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import LinearConstraint, milp

from sunward.figures.disclosure.system import Equation, Key

Interval = tuple[int, int | None]
# A rounded number is published as the span in which it lies.
Published = Mapping[Key, int | tuple[int, int]]


class ContradictionError(ValueError):
    """The published numbers contradict each other."""


def attack(
    published: Published, equations: Iterable[Equation], *, asked: Iterable[Key] | None = None
) -> dict[Key, Interval]:
    """By the key of what is unknown; a highest of None is without bound."""
    groups = _groups(published, list(equations))
    group_of = {key: place for place, (keys, _equations) in enumerate(groups) for key in keys}
    found: dict[Key, Interval] = {}
    for key in group_of if asked is None else asked:
        if key in published and isinstance(published[key], int):
            continue
        if key not in group_of:
            found[key] = (0, None)
            continue
        keys, held = groups[group_of[key]]
        found[key] = _bounds(keys.index(key), keys, held, published)
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


def _bounds(asked: int, keys: list[Key], equations: list[Equation], published: Published) -> Interval:
    column = {key: place for place, key in enumerate(keys)}
    left, right = np.zeros((len(equations), len(keys))), np.zeros(len(equations))
    for row, equation in enumerate(equations):
        for key, factor in equation.terms:
            if key in column:
                left[row, column[key]] += factor
            else:
                right[row] -= factor * published[key]
    spans = [published.get(key, (0, np.inf)) for key in keys]
    lowest, highest = np.array(spans, dtype=float).T
    lowest = np.maximum(lowest, 0)
    reached: list[int | None] = []
    for sign in (1, -1):
        cost = np.zeros(len(keys))
        cost[asked] = sign
        result = milp(
            cost, constraints=LinearConstraint(left, right, right), bounds=(lowest, highest), integrality=1 + 0 * cost
        )
        reached.append(None if result.x is None else round(result.x[asked]))
    lowest_found, highest_found = reached
    if lowest_found is None:  # the lowest is bounded by zero: none means that no table fits
        raise ContradictionError("The published numbers contradict each other.")
    return lowest_found, highest_found
