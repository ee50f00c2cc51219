"""The proof that goes with a pairing: a primal and a dual value that meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .compilation import compiled
from .problem import Problem
from .standing import Rows
from .vectors import Longs, exact_sum


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many ``children`` of one ``tier`` there are and how many of them are ``served``."""

    tier: int
    children: int
    served: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Exact integers in units. ``primal`` is the worth of the pairing, ``dual`` an upper bound on the worth of any.

    ``gap`` is dual - primal; 0 proves that no pairing is better. ``served_by_tier`` comes highest tier first. ``step``
    is the worth of one tier step and ``fit_units`` the sum of weights of the pairs.
    """

    primal: int
    dual: int
    fit_units: int
    step: int
    units_per_point: int
    served_by_tier: tuple[TierCount, ...]

    @property
    def gap(self) -> int:
        """How far the pairing might be from the best, in units; 0 is proof of optimality."""
        return self.dual - self.primal

    @property
    def is_optimal(self) -> bool:
        """Whether the bounds meet."""
        return self.gap == 0

    @property
    def served(self) -> int:
        """How many children are served, over all tiers."""
        return sum(count.served for count in self.served_by_tier)

    @property
    def fit(self) -> float:
        """Total fit in the points that were handed in."""
        return self.fit_units / self.units_per_point

    @property
    def mean_fit(self) -> float:
        """Fit per served child in points; 0 if nobody is served."""
        return self.fit / self.served if self.served else 0.0


def certify(problem: Problem, pairs: Longs, left_price: Longs, right_price: Longs) -> Certificate:
    """Sum up both sides in unbounded integers."""
    fit = exact_sum(look_up_weight(problem, pairs))
    steps = exact_sum(problem.rank[pairs[:, 0]] + 1)
    # capacity * price may leave 64 bits, so the sum runs once per distinct capacity.
    dual = exact_sum(left_price)
    for places in np.unique(problem.capacity):
        dual += int(places) * exact_sum(right_price[problem.capacity == places])
    return Certificate(
        primal=fit + steps * problem.step,
        dual=dual,
        fit_units=fit,
        step=problem.step,
        units_per_point=problem.units_per_point,
        served_by_tier=count_tiers(problem, pairs),
    )


def look_up_weight(problem: Problem, pairs: Longs) -> Longs:
    """The weight in units of every pair, each of which must be an edge; int64 (k,)."""
    return find_weights(problem.edges, pairs)


@compiled
def find_weights(rows: Rows, pairs: Longs) -> Longs:
    """Scan the row of each pair's child for the pair's mentor."""
    weight = np.zeros(len(pairs), np.int64)
    for position in range(len(pairs)):
        child = pairs[position, 0]
        for edge in range(rows.start[child], rows.stop[child]):
            if rows.other[edge] == pairs[position, 1]:
                weight[position] = rows.weight[edge]
    return weight


def count_tiers(problem: Problem, pairs: Longs) -> tuple[TierCount, ...]:
    """Children and served children per tier that has any, highest first."""
    n_tiers = len(problem.tiers)
    children = np.bincount(problem.rank[problem.rank >= 0], minlength=n_tiers)
    served = np.bincount(problem.rank[pairs[:, 0]], minlength=n_tiers)
    return tuple(
        TierCount(problem.tiers[rank], int(children[rank]), int(served[rank]))
        for rank in range(n_tiers - 1, -1, -1)
        if children[rank]
    )
