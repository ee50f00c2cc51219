"""``verify`` finds whatever is wrong with lists, and ``shortlist`` refuses what it cannot use."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from sunward_match.shortlist import InputError, Shortlist, VerificationError, find_faults, shortlist, validate, verify

SCORES = csr_array(np.array([[3.0, 2.0, 1.0], [3.0, 0.5, 0.0], [2.0, 0.0, 0.0]]))  # a 0 here is not stored
ANSWER = shortlist(SCORES, k=2, cap=[1, 2, 1], evenness=0, unseen=0)


def forged(**changes: Any) -> Shortlist:
    """The right lists with something changed; the exposure follows the lists unless it is the thing."""
    if "indices" in changes:
        lines = changes["indices"] = np.array(changes["indices"])
        changes.setdefault("exposure", np.bincount(lines[(lines >= 0) & (lines < 3)], minlength=3))
    return replace(ANSWER, **changes)


def test_the_small_example_is_what_it_should_be() -> None:
    verify(SCORES, ANSWER, k=2, cap=[1, 2, 1])
    assert ANSWER.indices.tolist() == [[1, 2], [1, -1], [0, -1]]
    assert ANSWER.exposure.tolist() == [1, 2, 1]
    assert ANSWER.value == pytest.approx(5.5)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (forged(indices=[[1, 2, 0], [1, -1, -1], [0, -1, -1]]), "indices_malformed"),
        (forged(indices=[[1, 3], [1, -1], [0, -1]]), "vacancy_unknown"),
        (forged(indices=[[1, 2], [-1, 1], [0, -1]]), "line_after_end"),
        (forged(price=np.zeros(2)), "columns_malformed"),
        (forged(indices=[[1, -1], [1, -1], [0, 2]]), "line_forbidden"),
        (forged(indices=[[1, 1], [-1, -1], [0, -1]]), "line_repeated"),
        (forged(exposure=np.array([1, 1, 1])), "exposure_wrong"),
        (forged(indices=[[0, 1], [1, -1], [0, -1]]), "cap_exceeded"),
        (forged(value=5.6), "value_wrong"),
        (forged(indices=[[2, 1], [1, -1], [0, -1]]), "order_wrong"),
        (forged(price=np.array([-1.0, 0, 0])), "price_negative"),
        (forged(price=np.array([np.nan, 0, 0])), "price_negative"),
        (forged(bonus=-1.0), "price_negative"),
        (forged(bound=9.0), "bound_wrong"),
        (forged(indices=[[1, -1], [1, -1], [0, -1]], value=4.5), "line_left_empty"),
        (forged(indices=[[0, 1], [1, -1], [-1, -1]], value=5.5), "left_with_nothing"),
    ],
)
def test_whatever_is_wrong_with_lists_is_found(wrong: Shortlist, code: str) -> None:
    faults = find_faults(SCORES, wrong, k=2, cap=[1, 2, 1])
    assert code in {fault.code for fault in faults}
    with pytest.raises(VerificationError):
        verify(SCORES, wrong, k=2, cap=[1, 2, 1])


def damaged(value: float) -> csr_array:
    scores = SCORES.copy()
    scores.data[2] = value
    return scores


def repeated() -> csr_array:
    return csr_array((np.ones(2), np.array([1, 1]), np.array([0, 2])), shape=(1, 3))


def out_of_range() -> csr_array:
    scores = SCORES.copy()
    scores.indices[1] = 7
    return scores


@pytest.mark.parametrize(
    ("scores", "given", "code"),
    [
        (SCORES.toarray(), {}, "scores_not_csr"),
        (coo_array(SCORES), {}, "scores_not_csr"),
        (None, {}, "scores_not_csr"),
        (damaged(np.nan), {}, "score_not_finite"),
        (damaged(np.inf), {}, "score_not_finite"),
        (damaged(-0.1), {}, "score_negative"),
        (damaged(1e300), {}, "score_too_large"),
        (csr_array(SCORES, dtype=complex), {}, "score_not_numeric"),
        (repeated(), {}, "entry_repeated"),
        (out_of_range(), {}, "index_out_of_range"),
        (SCORES, {"k": 0}, "k_too_small"),
        (SCORES, {"k": -3}, "k_too_small"),
        (SCORES, {"k": 2.5}, "k_not_whole"),
        (SCORES, {"k": True}, "k_not_whole"),
        (SCORES, {"k": 10**12}, "k_too_large"),
        (SCORES, {"cap": -1}, "cap_negative"),
        (SCORES, {"cap": [1, -1, 2]}, "cap_negative"),
        (SCORES, {"cap": -np.inf}, "cap_negative"),
        (SCORES, {"cap": 1.5}, "cap_not_whole"),
        (SCORES, {"cap": np.nan}, "cap_not_whole"),
        (SCORES, {"cap": "many"}, "cap_not_whole"),
        (SCORES, {"cap": [1, 2]}, "lengths_differ"),
        (SCORES, {"evenness": -1}, "evenness_out_of_range"),
        (SCORES, {"unseen": float("nan")}, "unseen_out_of_range"),
        (SCORES, {"tolerance": 0}, "tolerance_out_of_range"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(scores: Any, given: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as refusal:
        shortlist(scores, **{"k": 2, "cap": 2, **given})
    assert code in refusal.value.codes


def test_all_faults_of_an_input_are_said_at_once() -> None:
    faults = validate(damaged(-1.0), k=0, cap=-1)
    assert {fault.code for fault in faults} == {"score_negative", "k_too_small", "cap_negative"}


def test_the_scores_handed_in_are_left_as_they_were() -> None:
    scores = csr_array((np.array([1.0, 2.0, 3.0]), np.array([2, 0, 1]), np.array([0, 3])), shape=(1, 3))
    answer = shortlist(scores, k=2, cap=1)
    verify(scores, answer, k=2, cap=1)
    assert (scores.data.tolist(), scores.indices.tolist()) == ([1.0, 2.0, 3.0], [2, 0, 1])
