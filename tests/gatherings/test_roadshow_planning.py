"""The planner, held against trying every timetable on tiny instances, and against the rules by their definition."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sunward.gatherings.roadshow.choices import Chooser
from sunward.gatherings.roadshow.days import DayKind, DayRule, kind_of_day, years_without_holidays
from sunward.gatherings.roadshow.measures import measure
from sunward.gatherings.roadshow.planning import count_places, plan
from sunward.gatherings.roadshow.shapes import Busy, Placement, Request, Speaker, Stage, Times, Venue, Whose
from sunward.gatherings.roadshow.verification import ImpossibleRequest, Rule, find_faults, verify
from sunward.web.demo import roadshow as autumn
from tests.gatherings.roadshow_tiny import (
    AM,
    DAYS,
    MONTH,
    OCCUPATIONS,
    PM,
    best_by_trying,
    every_session,
    on,
    requests,
)

PROVEN = (Stage.PLACED, Stage.EVEN, Stage.WEEKS)
SMALL = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def autumn_plan():
    """The roadshow of 2022, planned once for the tests below."""
    request = autumn.ask()
    return request, plan(request, seconds=60)


@SMALL
@given(requests())
def test_the_plan_is_as_good_as_trying_every_timetable(request):
    found = plan(request)
    verify(request, found.placements)
    assert found.is_proven
    assert tuple(measure(stage, request, found.placements) for stage in PROVEN) == best_by_trying(request, PROVEN)


@SMALL
@given(requests())
def test_what_is_proven_of_a_stage_is_what_the_sessions_show(request):
    found = plan(request)
    for proof in found.proofs:
        assert proof.value == measure(proof.stage, request, found.placements)
        assert proof.bound <= proof.value


@SMALL
@given(requests(), st.data())
def test_fixed_sessions_stay_whatever_the_rules_say(request, data):
    fixed = data.draw(st.lists(st.sampled_from(every_session(request)), max_size=2, unique=True))
    asked = replace(request, fixed=tuple(fixed))
    try:
        found = plan(asked)
    except ImpossibleRequest as impossible:
        assert len(fixed) == 2
        one, other = impossible.clashes[0]
        assert (one.day, one.half) == (other.day, other.half)
        assert one.venue == other.venue or one.speaker == other.speaker
        return
    assert set(fixed) <= set(found.placements)
    verify(asked, found.placements)


@SMALL
@given(requests())
def test_one_more_speaker_never_means_fewer_sessions(request):
    more = replace(request, speakers=(*request.speakers, Speaker("z", free=on(*[(day, AM) for day in DAYS]))))
    assert count_places(more) >= count_places(request)


@SMALL
@given(requests(), st.data())
def test_planning_anew_changes_as_little_as_can_be(request, data):
    """Nothing has changed: nothing moves. One speaker is gone: as many stay as in the best timetable by trying."""
    first = plan(request)
    again = plan(replace(request, before=first.placements))
    assert set(again.placements) == set(first.placements)
    assume(len(request.speakers) > 1)
    gone = data.draw(st.sampled_from(request.speakers))
    left = tuple(one for one in request.speakers if one != gone)
    asked = replace(request, speakers=left, before=first.placements)
    stages = (Stage.PLACED, Stage.KEPT)
    found = plan(asked)
    assert tuple(measure(stage, asked, found.placements) for stage in stages) == best_by_trying(asked, stages)


@SMALL
@given(requests())
def test_a_half_day_is_offered_exactly_if_the_session_there_breaks_no_rule(request):
    found = plan(request).placements
    assume(found)
    one, others = found[0], found[1:]
    asked = replace(request, quota={}, sessions=len(found))
    for choice in Chooser(asked, others).walk(one.subdistrict):
        possible = {
            session
            for session in every_session(asked)
            if (session.subdistrict, session.day, session.half) == (one.subdistrict, choice.day, choice.half)
            and not find_faults(asked, (*others, session))
        }
        assert set(choice.options) == possible
        assert (choice.obstacle is None) == bool(possible)


def test_the_autumn_of_2022_is_planned_whole_and_even(autumn_plan):
    request, found = autumn_plan
    verify(request, found.placements)
    assert len(found.placements) == autumn.SESSIONS
    by_proof = {proof.stage: proof for proof in found.proofs}
    assert by_proof[Stage.PLACED].is_proven
    assert by_proof[Stage.EVEN].is_proven
    assert sorted(Counter(one.subdistrict for one in found.placements).values()) == [4, 4, 4, 4, 4, 5, 5]
    assert sorted(Counter(one.month for one in found.placements).values()) == [7, 7, 8, 8]
    assert len({(one.subdistrict, one.month) for one in found.placements}) == 28, "everywhere in every month"
    assert max(Counter(one.speaker for one in found.placements).values()) <= 5


def test_no_session_of_the_autumn_is_on_a_holiday_or_a_make_up_saturday(autumn_plan):
    """National Day 2022 was from 1 to 7 October; people worked on Saturday 8 and Sunday 9 for it."""
    _request, found = autumn_plan
    days = {one.day for one in found.placements}
    assert not days & {date(2022, 9, 12), *(date(2022, 10, number) for number in range(1, 10))}
    assert all(day.weekday() < 5 for day in days)


def test_make_up_saturdays_are_used_only_if_they_are_allowed():
    saturday = date(2022, 10, 8)
    request = ask(months=("2022-10",), sessions=1, speakers=(Speaker("x", free=only(saturday)),))
    assert not plan(request).placements
    allowed = replace(request, day_rule=DayRule.WITH_MAKE_UP)
    assert [one.day for one in plan(allowed).placements] == [saturday]


def test_a_plain_saturday_needs_weekends_to_be_allowed_and_a_holiday_never_is():
    saturday, holiday = date(2022, 10, 15), date(2022, 10, 3)
    for day, rule, number in (
        (saturday, DayRule.WITH_MAKE_UP, 0),
        (saturday, DayRule.WITH_WEEKENDS, 1),
        (holiday, DayRule.WITH_WEEKENDS, 0),
    ):
        request = ask(months=("2022-10",), sessions=1, speakers=(Speaker("x", free=only(day)),), day_rule=rule)
        assert len(plan(request).placements) == number


def test_in_a_year_that_is_not_announced_only_weekends_and_fixed_holidays_are_known():
    assert years_without_holidays(("2026-12", "2031-05")) == (2031,)
    days = {day: kind_of_day(day) for day in (date(2031, 5, 1), date(2031, 5, 3), date(2031, 5, 5), date(2026, 5, 5))}
    assert list(days.values()) == [DayKind.HOLIDAY, DayKind.WEEKEND, DayKind.WORKDAY, DayKind.HOLIDAY]


def test_what_is_planned_already_blocks_the_unit_the_venue_and_the_speaker():
    for whose, key in ((Whose.SUBDISTRICT, "a"), (Whose.VENUE, "h1"), (Whose.SPEAKER, "x")):
        request = ask(sessions=1, busy=(Busy(whose, key, DAYS[0], AM),), speakers=(Speaker("x", free=only(DAYS[0])),))
        assert [one.half for one in plan(request).placements] == [PM]


def test_sessions_are_not_planned_before_the_day_of_today():
    request = ask(sessions=3, not_before=date(2022, 11, 28))
    assert min(one.day for one in plan(request).placements) >= date(2022, 11, 28)


def test_the_same_request_gives_the_same_plan():
    request = replace(autumn.ask(), months=autumn.MONTHS[:1], sessions=7)
    assert plan(request).placements == plan(request).placements


def test_the_check_finds_what_is_broken():
    """Else every test above that verifies could not fail."""
    request = ask(sessions=2, speakers=(Speaker("x", frozenset(OCCUPATIONS[:1]), per_month=1),))
    good = Placement("a", DAYS[0], AM, "h1", "x", OCCUPATIONS[0])
    assert not find_faults(request, (good,))
    for broken, rule in (
        (replace(good, day=date(2022, 11, 5)), Rule.DAY_ALLOWED),
        (replace(good, day=date(2022, 12, 1)), Rule.DAY_ALLOWED),
        (replace(good, venue="h9"), Rule.VENUE_FREE),
        (replace(good, speaker="y"), Rule.SPEAKER_FREE),
        (replace(good, occupation=OCCUPATIONS[1]), Rule.SPEAKER_TEACHES),
        (replace(good, occupation="飞行员"), Rule.OCCUPATION_IS_ON),
    ):
        assert rule in [found for found, _ in find_faults(request, (broken,))]
    both = (good, replace(good, half=PM))
    assert {rule for rule, _ in find_faults(request, both)} == {Rule.ONE_A_DAY, Rule.SPEAKER_PER_MONTH}
    assert Rule.SPEAKER_ONCE in [rule for rule, _ in find_faults(request, (good, replace(good, venue="h2")))]
    assert Rule.NUMBER in [rule for rule, _ in find_faults(replace(request, sessions=0), (good,))]
    assert Rule.FIXED_KEPT in [rule for rule, _ in find_faults(replace(request, fixed=(good,)), ())]


def ask(**said):
    """One sub-district with one venue and one speaker, both free always."""
    usual = {
        "subdistricts": ("a",),
        "months": (MONTH,),
        "sessions": 1,
        "occupations": OCCUPATIONS,
        "speakers": (Speaker("x"),),
        "venues": (Venue("h1", "a"),),
    }
    return Request(**usual | said)


def only(day: date) -> Times:
    return Times(frozenset(), also_on=frozenset({day}))
