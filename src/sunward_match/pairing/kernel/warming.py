"""Everything compiled before anybody waits for it."""

from __future__ import annotations

import numpy as np

from .bounds import find_largest_prices
from .live import LivePairing
from .problem import state_problem
from .solver import read_pairing, solve


def warm_up() -> None:
    """Compile the kernels, or load them from the cache, by solving toys that need all of them.

    About 15 seconds the first time on a machine and one second in every later process. For the start of a worker or the
    build of an image; without it the first run pays.
    """
    left, right, weight = np.array([2, 1, 0, 0]), np.array([0, 0, 0, 1]), np.array([3, 1, 2, 1])
    problem = state_problem(left, right, weight, n_left=3, n_right=2, capacity=[1, 0], tier=[0, 1, 0])
    pairing = read_pairing(problem, solve(problem))
    find_largest_prices(problem, pairing)
    live = LivePairing(left, right, weight, n_left=3, n_right=2)
    live.add_child([0, 1], [5, 4])
    live.add_mentor([0, 1], [2, 2])
    live.close_place(0)
    live.open_place(0)
    live.remove_child(0)
    live.read()
