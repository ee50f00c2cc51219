"""Counting alone foretells where one more place would serve one more child, and of which tier."""

import numpy as np
import pytest
from hypothesis import given

from sunward_match.pairing import Pairing, pair
from sunward_match.pairing.kernel.crowding import Crowding, find_crowding
from sunward_match.pairing.kernel.problem import state_problem
from tests.sunward_match.instances import Instance, district, instances, lawful


def count(asked: dict) -> Crowding:
    problem = state_problem(**asked)
    order = np.argsort(-problem.rank, kind="stable")
    return find_crowding(problem.edges, problem.rank, order, problem.capacity)


def check(crowding: Crowding, pairing: Pairing, rank: np.ndarray) -> None:
    assert (crowding.mentor + 1).tolist() == pairing.right_steps.tolist()
    child, mentor = pairing.pairs.T
    assert (rank[child] >= crowding.mentor[mentor]).all(), "a crowded place goes to the crowding tier or a higher one"
    unserved = np.setdiff1d(np.arange(len(rank)), child)
    assert (crowding.child[unserved] == rank[unserved]).all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("places", [0.3, 0.8, 1.2])
def test_a_mentor_is_crowded_by_the_tier_that_one_more_place_would_serve(places: float, seed: int) -> None:
    asked = district(300, places=places, seed=seed)
    check(count(asked), pair(**asked), np.unique(asked["tier"], return_inverse=True)[1])


@lawful
@given(instances(9, 6))
def test_and_so_in_every_small_case(instance: Instance) -> None:
    rank = np.unique(np.array(instance.tier, np.int64), return_inverse=True)[1]
    check(count(instance.arguments), instance.solve(), rank)
