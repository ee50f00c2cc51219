"""What a plan's records cost to write: an estimate of forms, never of people."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sunward.blueprint.burden import keystrokes, reckoning
from sunward.blueprint.burden.keystrokes import Filled, changed, estimate
from sunward.blueprint.burden.reckoning import Looked, Relief, ReliefKind, reckon, reliefs_of, saved_by
from sunward.blueprint.burden.written import Line, Written, once_each, write_up
from sunward.blueprint.enums import BurdenKind, StepKind
from sunward.blueprint.following.steps import Step

B, K = BurdenKind, StepKind
KEEPER, LEAD, JOINT = 1, 2, 3
LINE = Line(item_id=7, keeper_id=KEEPER, lead_id=LEAD, is_counted=False)
DAY = date(2026, 11, 2)


def at(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def step(key: int, kind: StepKind, *, day: date = DAY, unit: int | None = LEAD, **more: object) -> Step:
    return Step(key, kind, more.pop("happened_on", day), at(day), unit_id=unit, **more)  # type: ignore[arg-type]


def written(*rows: Step, line: Line = LINE) -> list[Written]:
    return list(once_each(write_up(line, rows, {row.id: row.recorded_at.date() for row in rows})))


def test_a_press_costs_what_the_model_says_and_a_quick_typist_never_more_than_a_slow_one():
    press = estimate(Filled())
    assert press.likely == pytest.approx(3 * (1.35 + 1.10 + 0.20))
    assert press.low == press.high
    words = estimate(Filled(texts=("完成三个点位",), values=("3",), choices=1))
    assert words.low < words.likely < words.high


def test_a_hundred_chinese_signs_are_three_minutes_and_the_range_says_how_unsure_that_is():
    cost = estimate(Filled(texts=("好" * 100,)))
    assert cost.minutes == 3
    assert (cost.minutes_low, cost.minutes_high) == (1, 8)
    assert estimate(Filled(texts=("a" * 100,))).likely < cost.likely / 3


def test_every_sign_more_costs_more_and_what_stood_there_costs_nothing():
    assert estimate(Filled(texts=("已建成两个",))).likely < estimate(Filled(texts=("已建成两个点",))).likely
    assert changed("已建成两个点位", "已建成三个点位") == "三"
    assert changed("已建成", "已建成") == ""
    assert changed("", "新的") == "新的"
    assert changed("一一", "一一一") == "一"


def test_a_report_with_words_one_with_a_number_and_one_after_a_chase_are_told_apart():
    told = written(
        step(1, K.PROGRESS, number=Decimal(3)),
        step(2, K.PROGRESS, day=DAY + timedelta(1), text="场地已落实"),
        step(3, K.CHASED, day=DAY + timedelta(2), unit=KEEPER),
        step(4, K.PROGRESS, day=DAY + timedelta(3), number=Decimal(4)),
        step(5, K.PROGRESS, day=DAY + timedelta(4), number=Decimal(5)),
        step(6, K.CHASED, day=DAY + timedelta(5), unit=KEEPER),
        step(7, K.PROGRESS, day=DAY + timedelta(15), number=Decimal(6)),
    )
    kinds = [one.kind for one in sorted(told, key=lambda one: one.on)]
    assert kinds == [B.READINGS, B.REPORTS, B.CHASES, B.AFTER_CHASE, B.READINGS, B.CHASES, B.READINGS]


def test_what_was_handed_in_again_costs_what_was_changed_and_is_told_apart():
    told = written(
        step(1, K.CLAIMED, text="台账与照片在区档案室", number=Decimal(8)),
        step(2, K.RETURNED, unit=KEEPER, text="缺两处", about=1),
        step(3, K.CLAIMED, text="台账与照片在区档案馆", number=Decimal(10)),
    )
    assert [(one.kind, one.unit_id) for one in told] == [
        (B.COMPLETIONS, LEAD), (B.DECIDING, KEEPER), (B.AGAIN, LEAD),
    ]  # fmt: skip
    assert told[2].filled == Filled(("馆",), ("10",), 0)


@pytest.mark.parametrize(("number", "typed"), [(8, ()), (9, ("9",))])
def test_the_number_that_was_reported_last_stands_in_the_form_of_completion(number, typed):
    told = written(
        step(1, K.PROGRESS, number=Decimal(8)),
        step(2, K.PROGRESS, day=DAY + timedelta(1), number=Decimal(5), happened_on=DAY - timedelta(9)),
        step(3, K.CLAIMED, day=DAY + timedelta(2), text="见台账", number=Decimal(number)),
    )
    assert told[2].filled == Filled(("见台账",), typed, 0)


def test_what_was_reported_since_it_was_returned_stands_there_too():
    told = written(
        step(1, K.CLAIMED, text="见台账", number=Decimal(8)),
        step(2, K.RETURNED, unit=KEEPER, text="缺两处", about=1),
        step(3, K.PROGRESS, day=DAY + timedelta(1), number=Decimal(12)),
        step(4, K.CLAIMED, day=DAY + timedelta(2), text="见台账", number=Decimal(12)),
    )
    assert told[3].filled == Filled(("",), (), 0)


def test_what_the_platform_knew_was_typed_by_nobody():
    counted = Line(7, KEEPER, LEAD, is_counted=True)
    told = written(
        step(1, K.CLAIMED, text="见台账", number=Decimal(8)), step(2, K.NOTICED, unit=None),
        step(3, K.WENT_UP, unit=None, day=DAY), line=counted,
    )  # fmt: skip
    assert [one.filled for one in told] == [Filled(("见台账",), (), 0)]


def test_a_day_that_the_form_suggested_was_typed_by_nobody():
    suggested = step(1, K.OBSTACLE, text="缺场地")
    told = written(
        Step(**{**_columns(suggested), "day": DAY + timedelta(5)}),
        Step(**{**_columns(suggested), "id": 2, "day": DAY + timedelta(9)}),
        step(3, K.PROGRESS, text="晚报", happened_on=DAY - timedelta(2)),
    )
    assert [len(one.filled.values) for one in told] == [0, 1, 1]


def test_putting_right_costs_what_was_changed_and_taking_back_its_reason():
    told = written(
        step(1, K.PROGRESS, text="建成两个点位", number=Decimal(2)),
        step(2, K.PROGRESS, text="建成三个点位", number=Decimal(3), corrects=1),
        step(3, K.PROGRESS, text="写错了", corrects=2, is_withdrawal=True),
    )
    assert [one.kind for one in told] == [B.REPORTS, B.CORRECTIONS, B.CORRECTIONS]
    assert told[1].filled == Filled(("三",), ("3",), 0)
    assert told[2].filled.texts == ("写错了",)


def test_one_form_for_four_hundred_lines_is_one_form():
    rows = []
    for number in range(400):
        line = Line(number, KEEPER, LEAD, is_counted=False)
        text = "请今天报" if number == 9 else ""
        mine = [
            step(2 * number, K.ISSUED, unit=KEEPER), step(2 * number + 1, K.CHASED, unit=KEEPER, text=text),
        ]  # fmt: skip
        rows += list(write_up(line, mine, {row.id: DAY for row in mine}))
    told = list(once_each(rows))
    assert sorted(one.kind for one in told) == [B.CHASES, B.ISSUING]
    assert ("请今天报",) in [one.filled.texts for one in told]


def test_every_step_is_of_a_kind_or_is_the_systems_own():
    told = {kind: written(step(1, kind, text="字", day=DAY)) for kind in K}
    assert {kind for kind, found in told.items() if not found} == {K.NOTICED, K.WENT_UP}


def test_units_are_reckoned_apart_and_a_month_is_the_sum_of_its_forms():
    told = written(step(1, K.PROGRESS, text="甲"), step(2, K.PROGRESS, text="乙", unit=JOINT), step(3, K.ACKNOWLEDGED))
    found = reckon(told)
    assert set(found) == {LEAD, JOINT}
    assert found[LEAD].total.forms == 2
    whole = sum(one.cost.likely for _kind, one in found[LEAD].kinds)
    assert whole == pytest.approx(found[LEAD].total.cost.likely)
    assert found[LEAD].kinds[0][0] == B.REPORTS
    assert found[LEAD].items[0][0] == LINE.item_id


def test_a_budget_is_passed_only_by_more_than_it():
    found = reckon(written(step(1, K.PROGRESS, text="字" * 100)))[LEAD]
    assert found.is_over(3)
    assert not found.is_over(4)


def test_what_would_spare_it_is_said_of_the_line_that_costs_it():
    reports = [step(number, K.PROGRESS, day=DAY + timedelta(number), number=Decimal(number)) for number in range(1, 8)]
    burden = reckon(written(*reports))[LEAD]
    assert reliefs_of(burden, [Looked(7, 5, True, "场次")]) == (
        Relief(ReliefKind.READ_FROM_RECORDS, 7, 7, figure="场次"), Relief(ReliefKind.REPORT_LESS_OFTEN, 7, 7, looks=5),
    )  # fmt: skip
    assert reliefs_of(burden, [Looked(7, 6, True)]) == ()
    assert reliefs_of(burden, [Looked(8, 1, True, "场次")]) == ()


def test_a_chase_that_makes_somebody_report_says_that_it_is_looked_at_too_often():
    burden = reckon(written(step(1, K.CHASED, unit=KEEPER), step(2, K.PROGRESS, number=Decimal(1))))[LEAD]
    assert reliefs_of(burden, [Looked(7, 4, True)]) == (Relief(ReliefKind.LOOK_LESS_OFTEN, 7, 1),)
    assert reliefs_of(burden, [Looked(7, 1, False)]) == ()


def test_a_number_that_is_read_from_records_saves_the_form_in_which_it_would_be_typed():
    """Of the model: four presses, and a hand to the keyboard; then three keys."""
    assert saved_by(0).likely == 0
    assert saved_by(4).likely == pytest.approx(4 * (4 * 2.65 + 0.40 + 3 * 0.28))


def test_nothing_of_the_reckoning_knows_a_person_or_a_time_on_line():
    """国办函〔2026〕12号: neither online time nor an order of people. A field that names one is the first step."""
    shapes = [Written, Filled, reckoning.Burden, reckoning.Spent, reckoning.Relief, Line, keystrokes.Estimate]
    told = {one.name for shape in shapes for one in fields(shape)}
    assert not {name for name in told for word in ("by_id", "user", "officer", "person", "rank") if word in name}


def _columns(row: Step) -> dict[str, object]:
    return {one.name: getattr(row, one.name) for one in fields(Step)}
