"""Agreement with solvers by other people on instances too large for brute force."""

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment

from sunward_match.pairing import pair, verify
from tests.sunward_match.instances import district


def serve_and_weigh(asked: dict) -> tuple[list[int], int]:
    """Children served by tier, highest first, and total fit, by OR-tools' minimum cost flow, tier by tier."""
    left, right, weight = (np.asarray(asked[name]) for name in ("left", "right", "weight"))
    tier, capacity = np.asarray(asked["tier"]), np.asarray(asked["capacity"])
    n_left, n_right = asked["n_left"], asked["n_right"]
    step = 4 * n_left * int(np.abs(weight).max())
    reward = (np.searchsorted(np.unique(tier), tier) + 1) * step
    source, sink = n_left + n_right, n_left + n_right + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(
        left, n_left + right, np.ones_like(left), -(weight + reward[left])
    )
    everybody = np.arange(n_left)
    ends = np.full(n_left, source)
    flow.add_arcs_with_capacity_and_unit_cost(ends, everybody, np.ones(n_left, int), np.zeros(n_left, int))
    flow.add_arcs_with_capacity_and_unit_cost(
        n_left + np.arange(n_right), np.full(n_right, sink), capacity, np.zeros(n_right, int)
    )
    flow.add_arc_with_capacity_and_unit_cost(source, sink, n_left, 0)
    flow.set_node_supply(source, n_left)
    flow.set_node_supply(sink, -n_left)
    assert flow.solve() == flow.OPTIMAL
    used = flow.flows(edges) > 0
    served = [int((tier[left[used]] == one).sum()) for one in np.unique(tier)[::-1]]
    return served, int(weight[used].sum())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("places", [0.4, 1.0, 1.2, 2.0])
def test_minimum_cost_flow_serves_the_same_and_fits_the_same(places: float, seed: int) -> None:
    asked = district(400, places=places, seed=seed)
    pairing = pair(**asked)
    verify(pairing, **asked)
    served = [count.served for count in pairing.certificate.served_by_tier]
    assert (served, pairing.certificate.fit_units) == serve_and_weigh(asked)


@pytest.mark.parametrize("seed", range(3))
def test_the_assignment_problem_has_the_same_value(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.integers(-1000, 1000, (120, 140))
    rows, columns = linear_sum_assignment(weight, maximize=True)
    left, right = np.indices(weight.shape).reshape(2, -1)
    pairing = pair(left, right, weight.ravel(), n_left=120, n_right=140)
    assert pairing.certificate.fit_units == weight[rows, columns].sum()
    assert pairing.certificate.gap == 0


def test_the_same_input_gives_the_same_answer_every_time() -> None:
    asked = district(800, places=0.9, seed=9)
    one, other = pair(**asked), pair(**asked)
    assert one.pairs.tolist() == other.pairs.tolist()
    assert one.right_price.tolist() == other.right_price.tolist()
