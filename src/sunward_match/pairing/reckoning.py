"""The pairing seen from every candidate: what forcing a pair would cost, and whom it would cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .kernel.bounds import find_largest_prices
from .kernel.scale import UNITS_PER_POINT, split_price
from .kernel.vectors import Floats, Longs
from .workings import Workings, pose


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Prices from both ends of the optimal range, and who serves whom.

    ``partner`` counts kept matches too; ``own_fit`` is what each child's own new match brings in units, 0 if none;
    ``most`` is the largest price of each mentor, ``least`` the smallest. Children served by mentor j are
    ``served[served_start[j]:served_start[j + 1]]``, the one with the weakest claim first.
    """

    workings: Workings
    step: int
    rank: Longs
    partner: Longs
    least: Longs
    most: Longs
    left_least: Longs
    left_most: Longs
    own_fit: Longs
    served: Longs
    served_start: Longs

    @classmethod
    def of(cls, workings: Workings) -> Reckoning:
        """One pass over all prices."""
        pairing = workings.pairing
        problem = pose(workings)
        n_left, n_right = problem.n_left, problem.n_right
        most = find_largest_prices(problem, pairing)
        partner = workings.kept.partner_of_all(n_left)
        partner[pairing.pairs[:, 0]] = pairing.pairs[:, 1]
        rise = np.zeros(n_left, np.int64)
        rise[pairing.pairs[:, 0]] = (most - pairing.right_price)[pairing.pairs[:, 1]]
        own_fit = np.zeros(n_left, np.int64)
        child, mentor = pairing.pairs.T
        own_worth = pairing.left_price[child] + pairing.right_price[mentor]
        own_fit[child] = own_worth - (problem.rank[child] + 1) * np.int64(problem.step)
        in_place = np.flatnonzero(partner >= 0)
        served = in_place[np.lexsort((pairing.left_price[in_place], partner[in_place]))]
        return cls(
            workings=workings,
            step=problem.step,
            rank=problem.rank,
            partner=partner,
            least=pairing.right_price,
            most=most,
            left_least=pairing.left_price - rise,
            left_most=pairing.left_price,
            own_fit=own_fit,
            served=served,
            served_start=np.searchsorted(partner[served], np.arange(n_right + 1)),
        )

    def cost_of(self, child: Longs, mentor: Longs, fit: Longs) -> Longs:
        """How much less the whole would be worth, at least, if each pair were forced; units, tier steps included.

        Exact for children who are not served. ``fit`` is what each pair would bring, in units.
        """
        worth = (self.rank[child] + 1) * np.int64(self.step) + fit
        one = self.left_most[child] + self.least[mentor] - worth
        other = self.left_least[child] + self.most[mentor] - worth
        return np.maximum(one, other)

    def split(self, cost: Longs) -> tuple[Longs, Floats]:
        """Costs in whole tier steps and points of fit."""
        steps, units = split_price(cost, self.step)
        points: Floats = units / UNITS_PER_POINT
        return steps, points

    def weakest_claim(self, mentor: int) -> int:
        """Of the children the mentor serves the one whose loss would cost least; -1 if she serves none."""
        start, stop = self.served_start[mentor], self.served_start[mentor + 1]
        return int(self.served[start]) if stop > start else -1
