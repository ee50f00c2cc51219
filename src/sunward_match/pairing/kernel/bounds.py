"""The other end of the range of optimal prices: what the loss of a place would cost."""

from __future__ import annotations

from .compilation import compiled
from .problem import Problem
from .rows import transpose
from .search import raise_prices
from .solver import Pairing
from .standing import Standing, open_scratch, open_standing, seat_child
from .vectors import Longs


def find_largest_prices(problem: Problem, pairing: Pairing) -> Longs:
    """The largest optimal price of every mentor, in units; int64 (n_right,).

    ``right_price`` of a pairing is what one more place would add; this is what one place fewer would cost. A mentor
    without places loses nothing; her entry is beyond every reward.
    """
    standing = open_standing(
        problem.edges, transpose(problem.edges, problem.n_right), problem.reward, problem.capacity.copy()
    )
    standing.price[:] = pairing.right_price
    standing.level[:] = problem.reward - pairing.left_price
    seat_all(standing, pairing.pairs)
    reach = (len(problem.tiers) + 1) * problem.step
    raise_prices(standing, open_scratch(problem.n_right), reach)
    return standing.price


@compiled
def seat_all(standing: Standing, pairs: Longs) -> None:
    """Seat every child of ``pairs`` at her mentor."""
    for position in range(len(pairs)):
        seat_child(standing, pairs[position, 0], pairs[position, 1])
