"""The laws of ``pair``: what must hold of every pairing, checked by definition."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sunward_match.pairing import InputError, Pairing, pair, validate, verify
from tests.sunward_match.instances import Instance, all_pairings, instances, lawful, rate, rate_pairing


@lawful
@given(instances())
def test_no_pairing_at_all_is_better(instance: Instance) -> None:
    best = max(rate(instance, pairs) for pairs in all_pairings(instance))
    assert rate_pairing(instance, instance.solve()) == best


@lawful
@given(instances())
def test_the_certificate_closes_and_counts_what_is_there(instance: Instance) -> None:
    certificate = instance.solve().certificate
    assert certificate.gap == 0
    assert certificate.is_optimal
    assert [(count.tier, count.children) for count in certificate.served_by_tier] == [
        (tier, instance.tier.count(tier)) for tier in sorted(set(instance.tier), reverse=True)
    ]


@lawful
@given(instances())
def test_only_edges_are_paired_and_nobody_beyond_capacity(instance: Instance) -> None:
    pairs = [tuple(pair) for pair in instance.solve().pairs.tolist()]
    assert set(pairs) <= set(instance.edges)
    assert len({child for child, _ in pairs}) == len(pairs)
    assert all([mentor for _, mentor in pairs].count(at) <= places for at, places in enumerate(instance.capacity))


@lawful
@given(instances(9, 6), st.data())
def test_a_right_price_is_what_one_more_place_adds(instance: Instance, data: st.DataObject) -> None:
    assume(instance.capacity)
    mentor = data.draw(st.integers(0, len(instance.capacity) - 1))
    before, after = instance.solve(), instance.with_place(mentor).solve()
    assert steps_and_fit(after, before) == (before.right_steps[mentor], before.right_fit[mentor])


@lawful
@given(instances(9, 6), st.data())
def test_a_left_price_is_what_the_child_brings(instance: Instance, data: st.DataObject) -> None:
    assume(instance.tier)
    child = data.draw(st.integers(0, len(instance.tier) - 1))
    before, without = instance.solve(), instance.without_child(child).solve()
    step = before.certificate.step
    steps, fit = steps_and_fit(before, without)
    assert before.left_price[child] == steps * step + fit
    assert before.left_steps[child] == steps


def steps_and_fit(better: Pairing, worse: Pairing) -> tuple[int, int]:
    """By how many tier steps and units of fit the first is worth more; both have the same tiers."""
    steps = [
        sum((rank + 1) * count.served for rank, count in enumerate(reversed(pairing.certificate.served_by_tier)))
        for pairing in (better, worse)
    ]
    return steps[0] - steps[1], better.certificate.fit_units - worse.certificate.fit_units


@lawful
@given(instances(9, 6), st.data())
def test_one_more_place_never_serves_fewer_of_the_higher_tiers(instance: Instance, data: st.DataObject) -> None:
    assume(instance.capacity)
    more = instance.with_place(data.draw(st.integers(0, len(instance.capacity) - 1)))
    served = [[count.served for count in one.solve().certificate.served_by_tier] for one in (instance, more)]
    assert served[1] >= served[0]
    assert sum(served[1]) >= sum(served[0])


@lawful
@given(instances(9, 6), st.randoms(use_true_random=False))
def test_renaming_people_changes_neither_worth_nor_who_counts(instance: Instance, random: object) -> None:
    children, mentors = list(range(len(instance.tier))), list(range(len(instance.capacity)))
    random.shuffle(children)
    random.shuffle(mentors)
    renamed = Instance(
        {(children[child], mentors[mentor]): weight for (child, mentor), weight in instance.edges.items()},
        tuple(instance.capacity[mentors.index(at)] for at in range(len(mentors))),
        tuple(instance.tier[children.index(at)] for at in range(len(children))),
    )
    one, other = instance.solve(), renamed.solve()
    assert one.certificate == other.certificate
    assert one.right_price.tolist() == [other.right_price[mentor] for mentor in mentors]


@lawful
@given(instances(9, 6), st.randoms(use_true_random=False))
def test_the_order_of_the_edges_changes_nothing(instance: Instance, random: object) -> None:
    edges = list(instance.edges.items())
    random.shuffle(edges)
    one, other = instance.solve(), Instance(dict(edges), instance.capacity, instance.tier).solve()
    assert one.pairs.tolist() == other.pairs.tolist()
    assert one.left_price.tolist() == other.left_price.tolist()
    assert one.right_price.tolist() == other.right_price.tolist()


@lawful
@given(instances(9, 6))
def test_only_the_order_of_tiers_counts(instance: Instance) -> None:
    stretched = Instance(instance.edges, instance.capacity, tuple(1000 * tier + 3 for tier in instance.tier))
    assert instance.solve().pairs.tolist() == stretched.solve().pairs.tolist()


def test_of_duplicate_edges_the_best_counts() -> None:
    pairing = pair([0, 0, 0], [0, 0, 0], [3, 8, 5], n_left=1, n_right=1)
    verify(pairing, [0, 0, 0], [0, 0, 0], [3, 8, 5], n_left=1, n_right=1)
    assert pairing.certificate.fit_units == 8


def test_floats_are_points_to_the_millionth() -> None:
    pairing = pair([0, 0], [0, 1], [0.25, 0.2500004], n_left=1, n_right=2)
    assert pairing.pairs.tolist() == [[0, 0]], "a difference below a millionth is a tie, settled by position"
    assert pairing.certificate.fit == 0.25


def test_a_child_is_served_even_at_a_negative_weight() -> None:
    assert pair([0], [0], [-5.0], n_left=1, n_right=1).pairs.tolist() == [[0, 0]]


def test_one_child_of_a_higher_tier_outweighs_any_fit() -> None:
    weight = [10.0, -10.0]
    assert pair([0, 1], [0, 0], weight, n_left=2, n_right=1, tier=[1, 2]).pairs.tolist() == [[1, 0]]


def test_two_children_outweigh_one_whatever_the_fit() -> None:
    pairing = pair([0, 0, 1], [0, 1, 0], [10.0, -10.0, -10.0], n_left=2, n_right=2)
    assert pairing.pairs.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(("n_left", "n_right"), [(0, 0), (3, 0), (0, 3), (3, 3)])
def test_without_edges_nobody_is_paired(n_left: int, n_right: int) -> None:
    pairing = pair([], [], [], n_left=n_left, n_right=n_right)
    verify(pairing, [], [], [], n_left=n_left, n_right=n_right)
    assert pairing.pairs.shape == (0, 2)


def test_capacity_beyond_64_bits_of_worth_is_no_matter() -> None:
    pairing = pair([0, 1], [0, 0], [1.0, 2.0], n_left=2, n_right=1, capacity=[2**62])
    assert pairing.certificate.served == 2


def test_every_fault_is_reported_at_once() -> None:
    faults = validate([0, 5], [0.5, 1], [1.0, np.nan, 2.0], n_left=2, n_right=-1, capacity=[[1]], tier=[1.5, 2.0])
    assert [fault.code for fault in faults] == [
        "size_out_of_range", "index_out_of_range", "not_whole", "weight_not_finite", "lengths_differ", "lengths_differ",
        "not_whole",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"left": [[0]]}, "not_a_column"),
        ({"left": [-1]}, "index_out_of_range"),
        ({"right": ["x"]}, "not_whole"),
        ({"weight": ["x"]}, "not_numeric"),
        ({"weight": [[1]]}, "not_a_column"),
        ({"weight": [np.inf]}, "weight_not_finite"),
        ({"weight": [1e12]}, "weight_out_of_range"),
        ({"weight": [2**63 - 1]}, "weight_out_of_range"),
        ({"capacity": [-1]}, "capacity_too_small"),
        ({"tier": [1, 2]}, "lengths_differ"),
    ],
)
def test_what_cannot_be_used_is_refused_by_code(change: dict[str, object], code: str) -> None:
    arguments = {"left": [0], "right": [0], "weight": [1.0], "n_left": 1, "n_right": 1, **change}
    with pytest.raises(InputError) as refusal:
        pair(**arguments)
    assert code in refusal.value.codes


def test_numbers_that_would_leave_64_bits_are_refused_rather_than_wrapped() -> None:
    with pytest.raises(InputError) as refusal:
        pair(np.arange(1000), np.arange(1000), np.full(1000, 10**15), n_left=1000, n_right=1000)
    assert refusal.value.codes == ("numbers_too_large",)
