"""The front door: an edge list in, a pairing with prices and a certificate out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .certificate import Certificate, certify
from .compilation import compiled
from .crowding import ROOMY, find_crowding
from .problem import Problem, state_problem
from .rows import transpose
from .scale import split_price
from .search import fill_place, insert_child, lower_prices, raise_prices
from .standing import Scratch, Standing, open_scratch, open_standing
from .vectors import Floats, Ints, Longs


@dataclass(frozen=True, slots=True)
class Pairing:
    """A proven best pairing.

    ``pairs`` is int64 (k, 2), (left, right), ascending by left. ``left_price[i]`` is what child i brings to the whole
    and ``right_price[j]`` what one more place at mentor j would add to it, both in units and including tier steps;
    ``right_steps`` and ``right_fit`` take the latter apart.
    """

    pairs: Longs
    left_price: Longs
    right_price: Longs
    certificate: Certificate

    @property
    def partner(self) -> Ints:
        """Each child's mentor, or -1; int32 (n_left,)."""
        partner = np.full(len(self.left_price), -1, np.int32)
        partner[self.pairs[:, 0]] = self.pairs[:, 1]
        return partner

    @property
    def left_steps(self) -> Longs:
        """What each child brings to the whole, in tier steps; r + 1 if her being served takes nothing from anyone."""
        return split_price(self.left_price, self.certificate.step)[0]

    @property
    def right_steps(self) -> Longs:
        """One more place at each mentor, in tier steps: r + 1 for one more child of the r-th tier served."""
        return split_price(self.right_price, self.certificate.step)[0]

    @property
    def right_fit(self) -> Floats:
        """One more place at each mentor, the change of total fit that goes with ``right_steps``, in points."""
        fit: Floats = split_price(self.right_price, self.certificate.step)[1] / self.certificate.units_per_point
        return fit


def pair(
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    n_left: int,
    n_right: int,
    capacity: npt.ArrayLike | None = None,
    tier: npt.ArrayLike | None = None,
) -> Pairing:
    """Match every child to at most one mentor, within capacity, as well as can be.

    Objectives, strictly in this order: only the edges given exist; serve the most children of the highest tier, then
    of the next, and so on (which also serves the most in all); then maximise the sum of weights.

    Args:
        left, right: integer (m,): edge k joins child ``left[k]`` and mentor ``right[k]``. Of duplicates the best
            weight is kept.
        weight: (m,): floats in points, rounded to a millionth, or integers taken as exact units. May be negative;
            a child is served even at a negative weight.
        capacity: whole (n_right,): places per mentor, 0 allowed; default 1 each.
        tier: whole (n_left,): the greater, the sooner served; only the order counts. Default: all equal.

    Ties between equally good pairings are settled by position: the same arrays give the same pairs, whatever the order
    of the edges; children and mentors in another order may give another pairing of exactly the same worth.

    Raises:
        InputError: listing every fault of the input.
    """
    problem = state_problem(left, right, weight, n_left=n_left, n_right=n_right, capacity=capacity, tier=tier)
    return read_pairing(problem, solve(problem))


def solve(problem: Problem) -> Standing:
    """An optimal standing of the problem with smallest prices.

    Works from the scarce side, region by region. Where a tier crowds the places (``crowding.py``), the children of
    higher tiers, who are sure of one, are inserted, prices are raised out of everybody's reach, and the places that
    are left are filled; where there is room for all, everybody is inserted. Any order would be right, this one is
    fast: neither primitive ever has to search a crowd for the least loss.
    """
    by_mentor = transpose(problem.edges, problem.n_right)
    standing = open_standing(problem.edges, by_mentor, problem.reward, problem.capacity.copy())
    scratch = open_scratch(problem.n_right)
    order = np.argsort(-problem.rank, kind="stable")
    crowding = find_crowding(problem.edges, problem.rank, order, problem.capacity)
    by_child, is_sure = crowding.child[order], problem.rank[order] > crowding.child[order]
    layers = np.unique(crowding.mentor[crowding.mentor != ROOMY])[::-1]
    for layer in layers:
        insert_children(standing, scratch, order[(by_child == layer) & is_sure])
        crowded = crowding.mentor == layer
        standing.capacity[crowded] = standing.taken[crowded]
        raise_prices(standing, scratch, int(layer + 1) * problem.step + problem.step // 2)
    insert_children(standing, scratch, order[by_child == ROOMY])
    if len(layers):
        # Whoever the estimate took for crowded out and is not; the others cannot afford any place and stay out.
        insert_children(standing, scratch, order[(by_child != ROOMY) & ~is_sure])
        fill_places(standing, scratch, problem.capacity)
        lower_prices(standing, scratch)
    return standing


@compiled
def insert_children(standing: Standing, scratch: Scratch, order: Longs) -> None:
    """Bring in children one by one, in the order given."""
    for child in order:
        insert_child(standing, scratch, child)


@compiled
def fill_places(standing: Standing, scratch: Scratch, places: Longs) -> None:
    """Open the closed places one after the other, up to ``places`` per mentor; every price must be out of reach."""
    for mentor in range(len(places)):
        while standing.capacity[mentor] < places[mentor]:
            standing.capacity[mentor] += 1
            fill_place(standing, scratch, mentor)
            if standing.price[mentor] == 0:
                standing.capacity[mentor] = places[mentor]


def read_pairing(problem: Problem, standing: Standing) -> Pairing:
    """The result in the terms of the caller, certified."""
    served = np.flatnonzero(standing.seat >= 0)
    pairs = np.stack([served, standing.seat[served].astype(np.int64)], axis=1)
    left_price = problem.reward - standing.level
    right_price = standing.price.copy()
    return Pairing(pairs, left_price, right_price, certify(problem, pairs, left_price, right_price))
