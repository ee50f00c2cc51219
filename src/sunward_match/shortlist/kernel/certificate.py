"""What the lists are worth, and what no lists under the same caps could exceed."""

from __future__ import annotations

import numpy as np

from ...pairing.kernel.compilation import compiled
from ...pairing.kernel.vectors import Floats, Ints, Longs
from .auction import Lists
from .problem import Problem


def settle_price(problem: Problem, asked: Floats, lift: float, bonus: float) -> Floats:
    """What a place on a list of each vacancy costs in score, from the prices of the auction; float64 (n_vacancies,).

    A full line is worth ``lift`` in the auction, and an untaken showing asks less than that: so a price remains only
    where the cap binds. No bid is beyond the best score offered for a vacancy and ``bonus``, the price of closed ones.
    """
    best = np.zeros(problem.n_vacancies)
    np.maximum.at(best, problem.vacancy, problem.score)
    price: Floats = np.minimum(np.maximum(asked - lift, 0.0), best + bonus)
    return price


def bound_value(problem: Problem, price: Floats, bonus: float, served: int) -> float:
    """An upper bound on the score of any lists that serve as many: all places paid, and the best k each at the prices.

    Weak duality: take any lists within the caps. Their score and a bonus for everybody served is what people gain over
    the prices, at most their best choice, plus what is paid, at most cap times price each. Then take the bonuses off.
    """
    gains = add_gains(problem.start, problem.vacancy, problem.score, price, problem.k, bonus)
    return float(problem.cap @ price) + gains - bonus * served


@compiled
def add_gains(start: Longs, vacancy: Ints, score: Floats, price: Floats, k: int, bonus: float) -> float:
    """What everybody gains by her best choice of at most ``k`` at these prices, with a bonus for having any."""
    total = 0.0
    best = np.empty(k, np.float64)
    for person in range(len(start) - 1):
        found = 0
        first = -np.inf
        for entry in range(start[person], start[person + 1]):
            margin = score[entry] - price[vacancy[entry]]
            first = max(first, margin)
            if margin <= 0 or (found == k and margin <= best[k - 1]):
                continue
            at = found if found < k else k - 1
            while at > 0 and best[at - 1] < margin:
                best[at] = best[at - 1]
                at -= 1
            best[at] = margin
            found = min(found + 1, k)
        gain = first + bonus if found == 0 else bonus + best[:found].sum()
        total += max(gain, 0.0)
    return total


def sum_held(lists: Lists) -> float:
    """The score of all lines."""
    return float(lists.score[lists.held].sum())
