"""A table of risk is held against its definition: all its sets of ticks, counted one by one."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from sunward.casework.enums import RiskLevel
from sunward.casework.risk_tables import Indicator, IndicatorGroup, Trigger, table_in_force, words_of
from sunward.core.refusals import Refusal
from sunward.mentoring.risk_tables import TABLES
from tests.casework.small_table import SMALL

NEW = replace(SMALL, version="new", valid_from=date(2026, 1, 1), triggers=(Trigger("now", "sofort"),))


@pytest.mark.parametrize(
    ("ticked", "score", "level"),
    [
        ((), 0, RiskLevel.LOW),
        (("two",), 2, RiskLevel.LOW),
        (("one", "two"), 3, RiskLevel.MEDIUM),
        (("four",), 4, RiskLevel.MEDIUM),
        (("one", "four"), 5, RiskLevel.HIGH),
        (("one", "two", "four"), 7, RiskLevel.HIGH),
    ],
)
def test_points_are_summed_and_a_level_begins_exactly_at_its_points(ticked, score, level):
    judged = SMALL.judge(indicators=ticked, triggers=())

    assert (judged.score, judged.level, judged.is_emergency) == (score, level, False)


def test_what_is_ticked_twice_counts_once():
    assert SMALL.judge(indicators=("two", "two"), triggers=()).score == 2


def test_one_trigger_is_high_and_an_emergency_whatever_the_points_say():
    judged = SMALL.judge(indicators=(), triggers=("now",))

    assert (judged.level, judged.is_emergency, judged.score) == (RiskLevel.HIGH, True, 0)


@pytest.mark.parametrize("ticks", [{"indicators": ("five",), "triggers": ()}, {"indicators": (), "triggers": ("one",)}])
def test_a_code_of_another_table_is_refused_and_never_ignored(ticks):
    with pytest.raises(Refusal, match="other_risk_table"):
        SMALL.judge(**ticks)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
def test_no_further_tick_ever_lowers_a_level_and_any_trigger_is_an_emergency(table):
    """Every set of up to four ticks of the table in use, against the definition written out again."""
    points = {one.code: one.points for group in table.groups for one in group.indicators}
    for size in range(5):
        for ticked in combinations(points, size):
            judged = table.judge(indicators=ticked, triggers=())
            total = 0
            for code in ticked:
                total += points[code]
            expected = 1 if total < table.medium_from else 2 if total < table.high_from else 3
            assert (judged.score, int(judged.level)) == (total, expected)
            if ticked:
                assert judged.level >= table.judge(indicators=ticked[1:], triggers=()).level
    for trigger in table.triggers:
        assert table.judge(indicators=(), triggers=(trigger.code,)).is_emergency


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
def test_the_table_in_use_has_the_three_groups_and_four_triggers_and_no_sign_is_high_alone(table):
    assert [group.code for group in table.groups] == ["guardianship", "body", "behaviour"]
    assert len(table.triggers) == 4
    assert max(one.points for one in table.indicators) < table.high_from


def test_the_latest_table_valid_on_the_day_is_in_force():
    days = [date(2023, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]

    assert [table_in_force((NEW, SMALL), on=day).version for day in days] == ["old", "old", "new"]


def test_an_old_tick_is_told_in_the_words_of_its_own_table():
    assert words_of((SMALL, NEW), version="old", codes=("now", "one")) == ("jetzt", "eins")
    assert words_of((SMALL, NEW), version="new", codes=("now",)) == ("sofort",)
    assert words_of((SMALL, NEW), version="long gone", codes=("now",)) == ("now",)


@pytest.mark.parametrize(
    "broken",
    [
        {"medium_from": 5},
        {"triggers": (Trigger("one", "again"),)},
        {"groups": (IndicatorGroup("a", "A", (Indicator("zero", "null", 0),)),)},
    ],
)
def test_a_table_that_cannot_be_right_is_refused_when_it_is_written_down(broken):
    with pytest.raises(ValueError, match="Risk table"):
        replace(SMALL, **broken)
