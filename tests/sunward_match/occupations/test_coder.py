"""A title is coded by what is known of titles like it; what nobody can know is left open."""

import dataclasses
import time

import numpy as np
import pytest

from sunward_match.occupations import Candidate, Coder, InputError, Labelled, coder, read_labelled, read_occupations
from sunward_match.occupations import evidence as weighing
from sunward_match.occupations.coder import WEIGHTS, score
from sunward_match.occupations.evidence import KINDS, PENALTIES, RIDGE, Samples
from sunward_match.occupations.words import read_title

STRANGE = ["😀🎉", "12345", "zzqxj", "!!!", "ёжик"]


@pytest.fixture(scope="module")
def held() -> list[tuple[Labelled, list[Candidate]]]:
    """Every twelfth title, ranked by a coder that has not seen it."""
    samples = read_labelled()
    asked = samples[::12]
    known = {sample.title for sample in asked}
    unaware = Coder(read_occupations(), [one for one in samples if one.title not in known])
    return list(zip(asked, unaware.rank_many([one.title for one in asked]), strict=True))


def test_the_accuracy_on_titles_it_has_not_seen_stays_above_a_bound(
    held: list[tuple[Labelled, list[Candidate]]],
) -> None:
    ranks = [[each.code for each in found] for _, found in held]
    assert np.mean([codes[:1] == [one.code] for codes, (one, _) in zip(ranks, held, strict=True)]) > 0.58
    assert np.mean([one.code in codes for codes, (one, _) in zip(ranks, held, strict=True)]) > 0.81


def test_a_score_is_as_often_right_as_it_says(held: list[tuple[Labelled, list[Candidate]]]) -> None:
    said, right = np.array([(found[0].score, found[0].code == one.code) for one, found in held if found], float).T
    assert abs(said.mean() - right.mean()) < 0.07
    assert right[said > 0.8].mean() > right[said < 0.4].mean() + 0.3


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("诚聘Java开发工程师（杭州）双休", "2-02-10-03"),
        ("ＪＡＶＡ", "2-02-10-03"),
        ("铣工", "6-18-01-02"),
        ("保洁阿姨 包吃住 4500", "4-09-08-01"),
    ],
)
def test_a_plain_title_finds_its_occupation_among_the_first_five(title: str, code: str) -> None:
    assert code in {candidate.code for candidate in coder().rank(title)[:5]}


def test_every_name_of_the_classification_finds_itself() -> None:
    occupations = [one for one in read_occupations() if not one.code.endswith("-00")][::9]
    ranked = coder().rank_many([one.name for one in occupations])
    found = [one.code in {each.code for each in some} for some, one in zip(ranked, occupations, strict=True)]
    assert np.mean(found) > 0.95


def test_candidates_are_ordered_different_and_known() -> None:
    codes = {one.code: one.name for one in read_occupations()}
    for found in coder().rank_many([one.title for one in read_labelled()[::60]], k=40):
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        assert len({one.code for one in found}) == len(found) <= 40
        assert all(codes[one.code] == one.name for one in found)
        assert sum(scores) == pytest.approx(1)


def test_fewer_are_the_first_of_more() -> None:
    for k in (1, 2, 5):
        assert coder().rank("仓库管理员", k=k) == coder().rank("仓库管理员", k=40)[:k]
    assert len(coder().rank("仓库管理员", k=10**9)) <= 40


def test_many_are_ranked_like_one_whatever_stands_beside_them() -> None:
    titles = [one.title for one in read_labelled()[::35]]
    together = coder().rank_many(titles)
    for title, found in zip(titles, together, strict=True):
        alone = coder().rank(title)
        assert [one.code for one in alone] == [one.code for one in found]
        assert [one.score for one in alone] == pytest.approx([one.score for one in found])


def test_two_coders_of_the_same_samples_say_the_same() -> None:
    occupations = read_occupations()[::10]
    samples = [one for one in read_labelled() if one.code in {own.code for own in occupations}]
    one, other = Coder(occupations, samples), Coder(occupations, samples)
    titles = ["电焊工", "会计助理", "护士"]
    assert one.rank_many(titles) == other.rank_many(titles)


def test_ridge_is_what_its_definition_says_over_the_samples_that_share_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    occupations = [dataclasses.replace(one, definition="") for one in read_occupations()[100:160]]
    labelled = [one for one in read_labelled() if one.code in {own.code for own in occupations}][:60]
    monkeypatch.setattr(weighing, "CONSIDERED", 10**6)
    samples = Samples(occupations, labelled)
    texts = [one.title for one in labelled] + [one.aliases for one in occupations]
    owners = [one.code for one in labelled] + [one.code for one in occupations]
    rows = samples.vocabulary.rows([read_title(text) for text in texts]).toarray()
    query = samples.vocabulary.rows([read_title("机械研究员")]).toarray()
    penalties = np.array([PENALTIES["title"]] * len(labelled) + [PENALTIES["alias"]] * len(occupations))
    near = np.flatnonzero(rows @ query[0])
    shares = np.linalg.solve(rows[near] @ rows[near].T + np.diag(penalties[near]), rows[near] @ query[0])
    expected = dict.fromkeys(samples.codes, 0.0)
    for place, share in zip(near, shares, strict=True):
        expected[owners[place]] += share
    (found,) = samples.weigh(samples.vocabulary.rows([read_title("机械研究员")]))
    assert len(found.occupations) > 5
    for place, values in zip(found.occupations, found.values, strict=True):
        assert values[RIDGE] == pytest.approx(expected[samples.codes[place]], abs=1e-9)


def test_scores_are_probabilities_and_there_is_a_weight_for_each_kind() -> None:
    assert len(WEIGHTS) == len(KINDS)
    assert score(np.empty((0, len(KINDS)))).tolist() == []
    assert score(np.full((4, len(KINDS)), 900.0)).tolist() == [0.25] * 4


@pytest.mark.parametrize("title", STRANGE)
def test_what_says_nothing_gets_no_code(title: str) -> None:
    assert coder().rank(title) == []


@pytest.mark.parametrize("title", ["", " ", "\n\u3000"])
def test_a_blank_title_is_refused_alone_and_left_open_among_many(title: str) -> None:
    with pytest.raises(InputError) as refusal:
        coder().rank(title)
    assert refusal.value.codes == ("title_empty",)
    assert coder().rank_many([title, "铣工"])[0] == []
    assert coder().rank_many([]) == []


@pytest.mark.parametrize("k", [0, -1, 2.5, True, "5", None])
def test_a_senseless_number_of_candidates_is_refused(k: object) -> None:
    for ask in (lambda: coder().rank("铣工", k=k), lambda: coder().rank_many(["铣工"], k=k)):  # type: ignore[arg-type]
        with pytest.raises(InputError) as refusal:
            ask()
        assert refusal.value.codes == ("k_out_of_range",)


def test_what_is_not_text_is_refused_with_all_its_rows() -> None:
    with pytest.raises(InputError) as refusal:
        coder().rank_many(["铣工", None, 7], [None, None, b"x"])  # type: ignore[list-item]
    assert refusal.value.codes == ("title_not_text", "title_not_text", "description_not_text")
    assert [fault.data["row"] for fault in refusal.value.faults] == [1, 2, 2]
    with pytest.raises(InputError) as refusal:
        coder().rank_many(["铣工"], [])
    assert refusal.value.codes == ("descriptions_mismatch",)


def test_a_description_speaks_where_the_title_does_not() -> None:
    text = "使用铣床，铣削加工工件的平面、沟槽、螺旋面"
    assert coder().rank("", text) == coder().rank("😀", text)
    assert "6-18-01-02" in {one.code for one in coder().rank("😀", text)}
    assert coder().rank("铣工", "😀 12345") == coder().rank("铣工")


def test_the_description_of_other_work_does_not_overrule_a_plain_title() -> None:
    text = "负责学校教学工作，批改作业，与家长沟通，组织班级活动"
    for title in ("铣工", "Java开发工程师", "仓库管理员"):
        assert coder().rank(title, text)[0].code == coder().rank(title)[0].code


def test_an_endless_advert_is_coded_in_no_time() -> None:
    coder()
    began = time.process_time()
    assert coder().rank("铣工" * 30_000, "铣床加工" * 15_000)
    assert time.process_time() - began < 0.5


def test_the_coder_is_made_once() -> None:
    assert coder() is coder()


def test_a_candidate_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Candidate("6-18-01-02", "铣工", 0.5).score = 1.0  # type: ignore[misc]
