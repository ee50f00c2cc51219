"""The laws of ``candidates``, by looking at every pair."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.filtered_market import settle
from sunward_match.shortlist import (
    InputError,
    Seekers,
    Vacancies,
    Weighing,
    candidates,
    explain_removal,
    filtering,
    shortlist,
    verify,
)
from tests.sunward_match.instances import lawful


def judge(seekers: Seekers, vacancies: Vacancies, weighing: Weighing) -> tuple[np.ndarray, np.ndarray]:
    """Every pair by definition: which rules it breaks (5, seekers, vacancies), and its score."""
    ask = {name: np.asarray(getattr(seekers, name)) for name in Seekers.__dataclass_fields__}
    offer = {name: np.asarray(getattr(vacancies, name)) for name in Vacancies.__dataclass_fields__}
    liking = np.full((len(ask["x_km"]), len(offer["x_km"])), np.nan)
    for seeker in range(len(liking)):
        for wish in range(ask["wish_start"][seeker], ask["wish_start"][seeker + 1]):
            liking[seeker, offer["occupation"] == ask["wishes"][wish]] = ask["liking"][wish]
    east, north = (offer[name][None] - ask[name][:, None] for name in ("x_km", "y_km"))
    away = np.hypot(east, north)
    broken = np.stack(
        [
            np.isnan(liking),
            away > ask["limit_km"][:, None],
            offer["pay"][None] < ask["pay_floor"][:, None],
            offer["education"][None] > ask["education"][:, None],
            (offer["shifts"][None] & ~ask["shifts"][:, None]) != 0,
        ]
    )
    near = np.nan_to_num(np.clip(1 - away / weighing.far_km, 0, 1))
    extra = np.nan_to_num(np.clip((offer["pay"][None] - ask["pay_floor"][:, None]) / weighing.pay_span, 0, 1))
    score = weighing.liking * np.nan_to_num(liking) + weighing.near * near + weighing.pay * extra
    return broken, score + weighing.merit * offer["merit"][None]


@lawful
@given(
    st.integers(1, 40), st.integers(1, 60), st.integers(1, 8), st.integers(1, 12), st.integers(0, 2**32),
    st.sampled_from([Weighing(), Weighing(liking=5, near=0), Weighing(merit=0, far_km=2, pay_span=100)]),
)  # fmt: skip
def test_the_best_permitted_vacancies_are_found_exactly(
    people: int, jobs: int, occupations: int, n: int, seed: int, weighing: Weighing
) -> None:
    seekers, vacancies = settle(people, jobs, occupations=occupations, seed=seed)
    broken, score = judge(seekers, vacancies, weighing)
    permitted = ~broken.any(axis=0)
    found = candidates(seekers, vacancies, n=n, weighing=weighing)
    for seeker in range(people):
        row = found.indices[seeker]
        shown = row[row >= 0]
        assert permitted[seeker, shown].all()
        assert len(set(shown.tolist())) == len(shown) == min(n, permitted[seeker].sum())
        best = np.sort(score[seeker, permitted[seeker]])[::-1][:n]
        assert found.scores[seeker, : len(shown)] == pytest.approx(best)
        assert score[seeker, shown] == pytest.approx(best)


@pytest.mark.parametrize("better", ["near", "pay", "merit"])
def test_what_is_less_wished_still_comes_first_if_anything_else_makes_up_for_it(better: str) -> None:
    seekers = Seekers([0, 2], [0, 1], [1.0, 0.9], [0.0], [0.0], [20.0], [3000.0], [0], [0])
    vacancies = Vacancies(
        [0, 1], [16.0, 0.0 if better == "near" else 16.0], [0.0, 0.0], [3000.0, 7000.0 if better == "pay" else 3000.0],
        [0, 0], [0, 0], [0.0, 1.0 if better == "merit" else 0.0],
    )  # fmt: skip
    weighing = Weighing(near=1.0 if better == "near" else 0.0)
    assert candidates(seekers, vacancies, n=1, weighing=weighing).indices.tolist() == [[1]]


def test_equal_vacancies_come_in_the_order_in_which_they_were_handed_in() -> None:
    seekers = Seekers([0, 1], [0], [1.0], [0.0], [0.0], [5.0], [0.0], [0], [0])
    same = np.zeros(7)
    vacancies = Vacancies(np.zeros(7, int), [3.0, -3, 3, -3, 3, -3, 3], same, same, same.astype(int), [0] * 7, same)
    assert candidates(seekers, vacancies, n=4).indices.tolist() == [[0, 1, 2, 3]]


def test_what_lies_exactly_at_a_limit_is_permitted() -> None:
    seekers = Seekers([0, 1], [0], [1.0], [0.0], [0.0], [5.0], [3000.0], [2], [0b11])
    vacancies = Vacancies([0, 0], [3.0, 3.0], [4.0, 4.001], [3000.0] * 2, [2, 2], [0b11] * 2, [0.0] * 2)
    assert candidates(seekers, vacancies, n=3).indices.tolist() == [[0, -1, -1]]


def test_what_is_not_known_forbids_nothing_and_earns_nothing() -> None:
    seekers = Seekers(
        [0, 1, 2], [0, 0], [0.5, 0.5], [0.0, np.nan], [0.0] * 2, [5.0] * 2, [3000.0] * 2, [1] * 2, [1] * 2
    )
    vacancies = Vacancies([0, 0], [np.nan, 50.0], [0.0, 0.0], [np.nan, 9000.0], [0] * 2, [0] * 2, [0.0] * 2)
    found = candidates(seekers, vacancies, n=2)
    assert found.indices.tolist() == [[0, -1], [1, 0]]
    assert found.scores[0, 0] == 0.5


def test_for_a_seeker_with_nothing_it_is_said_which_rule_removes_how_many_and_how_many_alone() -> None:
    seekers, vacancies = settle(60, 200, occupations=5, seed=4)
    broken, _ = judge(seekers, vacancies, Weighing())
    for seeker, funnel in enumerate(explain_removal(seekers, vacancies, range(60))):
        mine = broken[:, seeker]
        assert [one.removed for one in funnel.rules] == mine.sum(axis=1).tolist()
        assert [one.alone for one in funnel.rules] == (mine & (mine.sum(axis=0) == 1)).sum(axis=1).tolist()
        assert (funnel.vacancies, funnel.remaining) == (200, int((~mine.any(axis=0)).sum()))
    assert [one.rule for one in funnel.rules] == ["occupation", "distance", "pay", "education", "shifts"]


@pytest.mark.parametrize("part", [1, 7, 40, 41])
def test_whatever_parts_the_seekers_are_walked_in_the_answer_is_the_same(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seekers, vacancies = settle(40, 60, occupations=5, seed=3)
    whole = candidates(seekers, vacancies, n=6)
    monkeypatch.setattr(filtering, "PART", part)
    parts = candidates(seekers, vacancies, n=6)
    np.testing.assert_array_equal(parts.indices, whole.indices)
    np.testing.assert_array_equal(parts.scores, whole.scores)


def test_candidates_go_into_shortlists_as_they_are() -> None:
    seekers, vacancies = settle(400, 300, occupations=8)
    scores = candidates(seekers, vacancies, n=30).as_scores()
    answer = shortlist(scores, k=5, cap=9)
    verify(scores, answer, k=5, cap=9)
    assert answer.exposure.max() <= 9


SEEKERS, VACANCIES = settle(3, 4, occupations=2)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"limit_km": [1.0, 2.0]}, "lengths_differ"),
        ({"limit_km": [1.0, np.nan, 2.0]}, "value_missing"),
        ({"limit_km": [1.0, -1.0, 2.0]}, "value_negative"),
        ({"x_km": [np.inf, 0.0, 0.0]}, "value_out_of_range"),
        ({"education": [1.0, 2.0, 3.0]}, "column_not_numeric"),
        ({"wish_start": [0, 2, 1, 2], "wishes": [0, 1], "liking": [1.0, 1.0]}, "rows_malformed"),
        ({"wish_start": [0, 2, 2, 2], "wishes": [1, 1], "liking": [1.0, 1.0]}, "wish_repeated"),
        ({"wish_start": [0, 1, 1, 1], "wishes": [10**9], "liking": [1.0]}, "value_out_of_range"),
        ({"wish_start": [0, 1, 1, 1], "wishes": [1], "liking": [1.5]}, "value_out_of_range"),
    ],
)
def test_seekers_that_cannot_be_read_are_refused_by_name(change: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as refusal:
        candidates(replace(SEEKERS, **change), VACANCIES, n=2)
    assert code in refusal.value.codes


def test_other_things_that_make_no_sense_are_refused_by_name() -> None:
    with pytest.raises(InputError) as refusal:
        candidates(SEEKERS, replace(VACANCIES, merit=[0.1]), n=0, weighing=Weighing(near=-1, far_km=0))
    assert set(refusal.value.codes) == {"lengths_differ", "n_too_small", "weight_out_of_range"}
    with pytest.raises(InputError, match="seeker_unknown"):
        explain_removal(SEEKERS, VACANCIES, [3])


def test_without_people_or_vacancies_nothing_is_found() -> None:
    nobody = Seekers([0], np.empty(0, int), np.empty(0), *([np.empty(0)] * 4), *([np.empty(0, int)] * 2))
    nothing = Vacancies(np.empty(0, int), *([np.empty(0)] * 3), *([np.empty(0, int)] * 2), np.empty(0))
    assert candidates(nobody, VACANCIES, n=2).indices.shape == (0, 2)
    assert (candidates(SEEKERS, nothing, n=2).indices == -1).all()
    assert candidates(SEEKERS, nothing, n=2).as_scores().shape == (3, 0)
