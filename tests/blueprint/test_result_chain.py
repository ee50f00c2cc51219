"""Every sequence of steps that there can be, against what the rules say of a sequence as a whole."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.blueprint.enums import ResultStepKind as K
from sunward.blueprint.pipeline.chain import (
    PROOFS,
    STAGES,
    WITH_ENTERPRISE,
    ResultRow,
    Way,
    next_stages,
    read_way,
    why_not,
    why_not_replace,
    why_not_take_back,
)

TODAY = date(2026, 11, 25)
FIRST = date(2026, 1, 5)


def step(kind: K, number: int = 0, **changed: object) -> ResultRow:
    """With its proof and its enterprise, and no words."""
    said: dict[str, object] = {"happened_on": FIRST + timedelta(days=number)}
    if kind in STAGES:
        said |= {"proof_kind": PROOFS[kind][0], "proof": "沪科测2026-18"}
    if kind in WITH_ENTERPRISE:
        said["enterprise_id"] = 7
    if kind == K.DEAD_END:
        said |= {"reason": "cost"}
    return ResultRow(id=number, kind=kind, **said | changed)


def walk(kinds, texts) -> list[ResultRow] | None:
    """All of it, if each step may follow the one before."""
    rows: list[ResultRow] = []
    for number, (kind, text) in enumerate(zip(kinds, texts, strict=True), 1):
        row = step(kind, number, text=text)
        if why_not(read_way(rows), row, on=TODAY):
            return None
        rows.append(row)
    return rows


def is_right(kinds, texts) -> bool:
    """What the rules say of the whole: not how it is reached."""
    if kinds and kinds[0] != K.FOUND:
        return False
    places = [STAGES.index(kind) for kind in kinds if kind in STAGES]
    if places != sorted(set(places)):
        return False
    worded = {place for place, text in enumerate(texts) if text}
    before = -1
    for place, kind in enumerate(kinds):
        after_end = place > 0 and kinds[place - 1] == K.DEAD_END
        if after_end != (kind == K.TAKEN_UP):
            return False
        if kind in STAGES:
            gap, before = STAGES.index(kind) - before, STAGES.index(kind)
            if gap > 1 and place not in worded:
                return False
        elif place not in worded:
            return False
    return True


@pytest.mark.parametrize("length", range(6))
def test_exactly_the_right_sequences_can_be_written_of_all_that_there_are(length):
    """Without a word anywhere, and with words everywhere: 37,449 sequences, each twice."""
    right = 0
    for kinds in product(K, repeat=length):
        for text in ("", "有据可查"):
            texts = [text] * length
            assert (walk(kinds, texts) is not None) == is_right(kinds, texts), kinds
            right += is_right(kinds, texts)
    assert right


@given(st.lists(st.tuples(st.sampled_from(list(K)), st.sampled_from(["", "说明"])), max_size=9))
def test_words_are_needed_where_they_are_needed_and_nowhere_else(steps):
    kinds, texts = [kind for kind, _text in steps], [text for _kind, text in steps]
    assert (walk(kinds, texts) is not None) == is_right(kinds, texts)


@given(st.lists(st.sampled_from(list(K)), max_size=12), st.data())
def test_whatever_is_written_corrected_and_taken_back_the_way_stays_right(kinds, data):
    """What is refused changes nothing; what is not leaves a sequence that could have been written at once."""
    rows: list[ResultRow] = []
    for kind in kinds:
        way, number = read_way(rows), len(rows) + 1
        act = data.draw(st.sampled_from(["write", "correct", "take back"]))
        if act == "write" or not way.rows:
            row = step(kind, number, text="说明")
            if not why_not(way, row, on=TODAY):
                rows.append(row)
            continue
        old = data.draw(st.sampled_from(way.rows))
        if act == "correct":
            row = step(old.kind, number, happened_on=old.happened_on, text="说明", corrects=old.id, correction="日期")
            if not why_not_replace(way, row, on=TODAY):
                rows.append(row)
        elif not why_not_take_back(way, old.id, why="误记"):
            rows.append(step(old.kind, number, corrects=old.id, is_withdrawal=True, correction="误记"))
        standing = read_way(rows)
        assert is_right([row.kind for row in standing.rows], [row.text for row in standing.rows])
        days = [row.happened_on for row in standing.rows]
        assert days == sorted(days)


def way_of(*kinds: K) -> Way:
    found = walk(kinds, ["说明"] * len(kinds))
    assert found is not None
    return read_way(found)


@pytest.mark.parametrize(
    ("code", "way", "given"),
    [
        ("future", way_of(K.FOUND), step(K.NEED_MATCHED, happened_on=TODAY + timedelta(days=1))),
        ("before", way_of(K.FOUND, K.NEED_MATCHED), step(K.CONCEPT_PROVED, happened_on=FIRST)),
        ("not_found", way_of(), step(K.NEED_MATCHED)),
        ("backwards", way_of(K.FOUND, K.CONCEPT_PROVED), step(K.NEED_MATCHED, 9, text="补记")),
        ("skips", way_of(K.FOUND), step(K.PILOTED, 9)),
        ("proof", way_of(K.FOUND), step(K.NEED_MATCHED, 9, proof="")),
        ("proof", way_of(K.FOUND), step(K.NEED_MATCHED, 9, proof_kind="order")),
        ("enterprise", way_of(K.FOUND), step(K.NEED_MATCHED, 9, enterprise_id=None)),
        ("other", way_of(K.FOUND, K.NEED_MATCHED, K.CONCEPT_PROVED), step(K.PILOTED, 9, enterprise_id=8)),
        ("ended", way_of(K.FOUND, K.DEAD_END), step(K.NEED_MATCHED, 9)),
        ("not_ended", way_of(K.FOUND), step(K.TAKEN_UP, 9, text="说明")),
        ("words", way_of(K.FOUND), step(K.DEAD_END, 9)),
        ("words", way_of(K.FOUND, K.DEAD_END), step(K.TAKEN_UP, 9)),
    ],
)
def test_each_refusal_says_what_is_wrong(code, way, given):
    assert why_not(way, given, on=TODAY) == code


def test_only_the_last_step_is_taken_back_and_a_correction_stays_in_its_place():
    way = way_of(K.FOUND, K.NEED_MATCHED, K.CONCEPT_PROVED)
    assert why_not_take_back(way, 2, why="误记") == "not_last"
    assert why_not_take_back(way, 3, why="") == "why"
    assert why_not_take_back(way, 99, why="误记") == "gone"
    new = step(K.NEED_MATCHED, 4, happened_on=FIRST + timedelta(days=2), corrects=2, correction="协议编号写错")
    assert why_not_replace(way, new, on=TODAY) == ""
    corrected = read_way([*way.rows, new])
    assert [row.id for row in corrected.rows] == [1, 4, 3]
    late = step(K.NEED_MATCHED, 5, corrects=4, correction="日期")
    assert why_not_replace(corrected, late, on=TODAY) == "after"
    assert why_not_replace(corrected, step(K.PILOTED, 5, corrects=4, correction="日期"), on=TODAY) == "kind"


def test_a_dead_end_keeps_the_step_where_it_stood_and_a_gap_is_told():
    way = way_of(K.FOUND, K.CONCEPT_PROVED, K.DEAD_END)
    assert (way.stage, way.end is not None, next_stages(way)) == (K.CONCEPT_PROVED, True, ())
    assert [stage for stage in STAGES if way.is_passed_over(stage)] == [K.NEED_MATCHED]
    again = way_of(K.FOUND, K.CONCEPT_PROVED, K.DEAD_END, K.TAKEN_UP)
    assert (again.end, next_stages(again)) == (None, (K.PILOTED, K.FIRST_PRODUCT, K.GROWS))
