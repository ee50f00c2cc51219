"""``verify`` must find every way in which an answer can be wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sunward_match.pairing import Pairing, TierCount, VerificationError, find_faults, pair, verify
from tests.sunward_match.instances import Instance, instances, lawful

# Child 0 and 1 compete for mentor 0, child 2 has mentor 1, mentor 2 stays free.
ASKED = {
    "left": [0, 1, 2, 2],
    "right": [0, 0, 1, 2],
    "weight": [5, 3, 4, 1],
    "n_left": 3,
    "n_right": 3,
    "capacity": [1, 1, 1],
    "tier": [0, 0, 1],
}


def right() -> Pairing:
    return pair(**ASKED)


def codes(pairing: Pairing) -> set[str]:
    return {fault.code for fault in find_faults(pairing, **ASKED)}


def changed(values: np.ndarray, at: int, value: int) -> np.ndarray:
    copy = values.copy()
    copy[at] = value
    return copy


def test_a_right_answer_passes() -> None:
    assert right().pairs.tolist() == [[0, 0], [2, 1]]
    verify(right(), **ASKED)


def test_a_refusal_lists_what_is_wrong() -> None:
    with pytest.raises(VerificationError) as refusal:
        verify(replace(right(), pairs=np.array([[0, 2], [1, 1]])), **ASKED)
    assert refusal.value.codes == ("pair_forbidden",)
    assert "2 pairs" in str(refusal.value)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([[0, 0, 0]], "pairs_malformed"),
        ([[0, 9]], "pair_unknown"),
        ([[-1, 0]], "pair_unknown"),
        ([[0, 1]], "pair_forbidden"),
        ([[2, 1], [2, 2]], "child_paired_twice"),
        ([[0, 0], [1, 0]], "capacity_exceeded"),
    ],
)
def test_pairs_that_may_not_be_are_found(pairs: list[list[int]], code: str) -> None:
    assert code in codes(replace(right(), pairs=np.array(pairs)))


@pytest.mark.parametrize("pairs", [[[0, 0]], [[1, 0], [2, 1]], [[0, 0], [2, 2]], []])
def test_a_worse_pairing_is_found_even_if_its_certificate_says_otherwise(pairs: list[list[int]]) -> None:
    worse = replace(right(), pairs=np.array(pairs, np.int64).reshape(-1, 2))
    fit = sum(
        dict(zip(zip(ASKED["left"], ASKED["right"], strict=True), ASKED["weight"], strict=True))[tuple(p)]
        for p in pairs
    )
    steps = sum(ASKED["tier"][child] + 1 for child, _ in pairs)
    certificate = right().certificate
    primal = fit + steps * certificate.step
    assert "not_optimal" in codes(replace(worse, certificate=replace(certificate, primal=primal, fit_units=fit)))


def test_prices_of_the_wrong_length_are_found() -> None:
    assert codes(replace(right(), left_price=np.zeros(2, np.int64))) == {"prices_malformed"}


def test_a_negative_price_is_found() -> None:
    assert "price_negative" in codes(replace(right(), left_price=changed(right().left_price, 1, -1)))


def test_a_price_that_does_not_cover_an_edge_is_found() -> None:
    pairing = right()
    low = changed(pairing.right_price, 0, int(pairing.right_price[0]) - 1)
    assert "price_too_low" in codes(replace(pairing, right_price=low))


def test_a_price_that_is_too_high_is_found() -> None:
    pairing = right()
    unserved = replace(pairing, left_price=changed(pairing.left_price, 1, 1))
    free = replace(pairing, right_price=changed(pairing.right_price, 2, 1))
    taken = replace(pairing, left_price=changed(pairing.left_price, 0, int(pairing.left_price[0]) + 1))
    assert {"unserved_child_priced", "not_optimal"} <= codes(unserved)
    assert {"free_place_priced", "not_optimal"} <= codes(free)
    assert {"pair_not_tight", "not_optimal"} <= codes(taken)


def test_a_step_too_small_to_put_tiers_first_is_found() -> None:
    certificate = right().certificate
    assert "step_too_small" in codes(replace(right(), certificate=replace(certificate, step=10)))


@pytest.mark.parametrize("name", ["primal", "dual", "fit_units"])
def test_a_certificate_that_states_other_values_is_found(name: str) -> None:
    certificate = right().certificate
    false = replace(certificate, **{name: getattr(certificate, name) + 1})
    assert codes(replace(right(), certificate=false)) == {"certificate_wrong"}


@pytest.mark.parametrize(
    "counts",
    [
        (TierCount(1, 1, 1), TierCount(0, 2, 2)),
        (TierCount(1, 1, 1), TierCount(0, 3, 1)),
        (TierCount(1, 1, 1),),
        (TierCount(1, 1, 1), TierCount(1, 1, 1)),
    ],
)
def test_tiers_counted_wrongly_are_found(counts: tuple[TierCount, ...]) -> None:
    false = replace(right().certificate, served_by_tier=counts)
    assert codes(replace(right(), certificate=false)) == {"tier_count_wrong"}


@lawful
@given(instances(6, 5), st.data())
def test_taking_any_pair_away_is_found(instance: Instance, data: st.DataObject) -> None:
    pairing = instance.solve()
    assume(len(pairing.pairs))
    gone = data.draw(st.integers(0, len(pairing.pairs) - 1))
    fewer = replace(pairing, pairs=np.delete(pairing.pairs, gone, axis=0))
    assert find_faults(fewer, **instance.arguments)
