"""Colours by their definition: small cases told by hand, laws by property, calendars against brute force."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from sunward.blueprint.enums import LightColour, Rhythm
from sunward.blueprint.lights.calendars import GRACE_DAYS, Calendar, light_calendar
from sunward.blueprint.lights.closing import Closed, light_closed
from sunward.blueprint.lights.deliverables import Deliverable, PlannedStep, light_deliverable
from sunward.blueprint.lights.growing import Growing, light_growing, missed_points
from sunward.blueprint.lights.light import Point, Reading, Why, expected, period_ends
from sunward.blueprint.lights.ratios import Ratio, light_ratio
from sunward.blueprint.lights.wording import SENTENCES, say

C = LightColour
START = date(2022, 1, 3)  # a Monday
WEEKS = 20
DUE = START + timedelta(days=7 * WEEKS - 1)


def sunday(week: int) -> date:
    """The last day of the n-th week, from 1."""
    return START + timedelta(days=7 * week - 1)


def growing(*totals: int | None, line: tuple[Point, ...] = (), target: int = 100, **more: object) -> Growing:
    told = tuple(
        Reading(sunday(week), None if total is None else Decimal(total)) for week, total in enumerate(totals, 1)
    )
    given = {"decided_on": DUE, "due_on": DUE} | more
    return Growing(START, Decimal(0), Decimal(target), line=line, totals=told, **given)


def colour(asked: Growing, *, days: int = 1) -> LightColour:
    return light_growing(asked, on=(asked.totals[-1].last if asked.totals else START) + timedelta(days=days)).colour


@pytest.mark.parametrize(
    ("totals", "expected_colour", "why"),
    [
        ((), C.GREY, Why.TOO_EARLY),
        ((5, 10, 15, 20), C.GREEN, Why.ON_COURSE),
        ((5, 10, 15, None), C.GREY, Why.UNREPORTED),
        ((0, 0, 0, 0), C.RED, Why.FALLS_SHORT),
        ((0, 0, 0, 6, 12, 19, 25), C.AMBER, Why.BEHIND_BUT_GAINING),
        ((30, 40, 41, 42, 43, 43, 43), C.AMBER, Why.SLOWING),
        ((5, 10, 12, 13, 14, 15, 16), C.RED, Why.FALLS_SHORT),
        ((50, 100), C.GREEN, Why.REACHED),
        ((50, 100, None), C.GREEN, Why.REACHED),
    ],
)
def test_a_count_is_judged_by_its_slope_and_by_its_distance_from_the_line(totals, expected_colour, why):
    asked = growing(*totals)
    found = light_growing(asked, on=(asked.totals[-1].last if totals else START) + timedelta(days=1))
    assert (found.colour, found.why) == (expected_colour, why)


def test_an_empty_week_is_zero_and_an_unreported_week_is_grey():
    assert colour(growing(5, 10, 15, 15)) == C.RED
    assert colour(growing(5, 10, 15, None)) == C.GREY


def test_a_point_of_the_line_that_was_missed_and_reached_later_is_caught_up_and_never_green():
    line = (Point(sunday(4), Decimal(20)),)
    assert colour(growing(5, 10, 15, 18, 30, 40, line=line)) == C.CAUGHT_UP
    assert colour(growing(5, 10, 15, 20, 30, 40, line=line)) == C.GREEN


def test_once_the_next_point_was_met_on_its_day_it_is_green_again_and_the_missed_one_stays_told():
    line = (Point(sunday(4), Decimal(20)), Point(sunday(6), Decimal(30)))
    again = growing(5, 10, 15, 18, 30, 40, line=line)
    assert colour(again) == C.GREEN
    assert missed_points(again) == [line[0]]


def test_a_number_reached_after_its_deadline_is_caught_up_even_where_the_deadline_was_extended():
    totals = [5 * week for week in range(1, WEEKS)] + [97]
    assert colour(growing(*totals)) == C.RED
    later = growing(*totals, 100, due_on=DUE + timedelta(days=28))
    assert light_growing(later, on=sunday(WEEKS + 2)).why == Why.REACHED_LATE
    still = growing(*totals, 98, due_on=DUE + timedelta(days=28))
    assert light_growing(still, on=sunday(WEEKS + 1)).colour == C.AMBER


def test_what_is_not_to_be_passed_is_red_when_it_is_and_amber_before():
    assert colour(growing(1, 2, 3, 4, target=100, is_ceiling=True)) == C.GREEN
    assert colour(growing(10, 20, 30, 40, target=100, is_ceiling=True)) == C.AMBER
    assert colour(growing(10, 20, 30, 101, target=100, is_ceiling=True)) == C.RED


def test_after_the_deadline_what_is_not_known_to_be_done_is_red_whether_anybody_reports_or_not():
    silent = growing(5, *[None] * (WEEKS - 1))
    assert light_growing(silent, on=DUE).colour == C.GREY
    assert light_growing(silent, on=DUE + timedelta(1)).why == Why.DEADLINE_PASSED
    assert light_growing(growing(*[None] * WEEKS), on=DUE + timedelta(1)).colour == C.RED


reports = some.lists(some.one_of(some.none(), some.integers(0, 15)), min_size=1, max_size=WEEKS + 4)
lines = some.lists(
    some.tuples(some.integers(1, WEEKS - 1), some.integers(0, 100)), max_size=3, unique_by=lambda p: p[0]
)


def reported(steps: list[int | None], line: list[tuple[int, int]], extension: int) -> Growing:
    """Each report says what was reached by then; a count that grows does not fall."""
    total, totals = 0, []
    for step in steps:
        total += step or 0
        totals.append(None if step is None else total)
    points = tuple(Point(sunday(week), Decimal(value)) for week, value in sorted(line))
    return growing(*totals, line=points, due_on=DUE + timedelta(days=extension))


@given(reports, lines, some.sampled_from([0, 21]), some.integers(0, 6), some.data())
@settings(max_examples=120)
def test_a_report_fewer_never_makes_a_colour_better(steps, line, extension, days, data):
    asked = reported(steps, line, extension)
    at = data.draw(some.integers(0, len(asked.totals) - 1))
    fewer = (*asked.totals[:at], Reading(asked.totals[at].last, None), *asked.totals[at + 1 :])
    on = asked.totals[-1].last + timedelta(days=days)
    assert light_growing(replace(asked, totals=fewer), on=on).rank <= light_growing(asked, on=on).rank


@given(reports, lines, some.sampled_from([0, 21]), some.integers(0, 6), some.data())
@settings(max_examples=120)
def test_a_record_fewer_never_makes_a_colour_better(steps, line, extension, days, data):
    """A record is part of every total from its week on."""
    asked = reported([step or 0 for step in steps], line, extension)
    at = data.draw(some.integers(0, len(steps) - 1))
    taken = data.draw(some.integers(0, steps[at] or 0))
    fewer = tuple(
        Reading(one.last, (one.value or Decimal(0)) - (taken if week >= at else 0))
        for week, one in enumerate(asked.totals)
    )
    on = asked.totals[-1].last + timedelta(days=days)
    assert light_growing(replace(asked, totals=fewer), on=on).rank <= light_growing(asked, on=on).rank


@given(reports, lines, some.integers(0, 6))
def test_a_green_count_reaches_its_number_at_the_pace_that_it_has(steps, line, days):
    """Green by its definition: on the line, and the steps of the last four weeks repeated to the deadline suffice."""
    asked = reported([step or 0 for step in steps], line, 0)
    found = light_growing(asked, on=asked.totals[-1].last + timedelta(days=days))
    if found.why != Why.ON_COURSE:
        return
    totals = [Decimal(0), *(one.value or Decimal(0) for one in asked.totals)]
    window = totals[-5:]
    pace = (window[-1] - window[0]) / (len(window) - 1)
    assert totals[-1] + pace * (WEEKS - len(steps)) >= asked.target
    assert totals[-1] >= expected(asked.way, asked.totals[-1].last)


def test_what_nobody_reported_on_the_day_of_a_point_counts_as_missed():
    line = (Point(sunday(4), Decimal(20)),)
    assert colour(growing(5, 10, 15, 20, 30, 40, line=line)) == C.GREEN
    assert colour(growing(5, 10, 15, None, 30, 40, line=line)) == C.CAUGHT_UP


def test_a_missing_report_at_the_beginning_of_the_slope_does_not_make_it_steeper():
    assert colour(growing(0, 0, 0, 0, 50, 51, 52, 52, 53)) == C.AMBER
    assert colour(growing(0, 0, 0, 0, None, 51, 52, 52, 53)) == C.AMBER
    assert colour(growing(0, 0, 0, 0, None, None, None, None, 53)) == C.AMBER


def test_a_run_behind_the_line_with_a_point_missing_is_still_a_run_that_was_caught_up():
    assert light_ratio(ratio(40, 41, None, 43, 44, 45, 55, 56, 55, 56, 55, 56)).colour == C.CAUGHT_UP


def ratio(*values: int | None, wanted: int = 50, **more: object) -> Ratio:
    points = tuple(
        Reading(sunday(week), None if value is None else Decimal(value)) for week, value in enumerate(values, 1)
    )
    return Ratio((Point(START, Decimal(wanted)),), points, **more)


@pytest.mark.parametrize(
    ("values", "expected_colour", "why"),
    [
        ((60, 60, 60), C.GREY, Why.FEW_POINTS),
        ((60, 60, None, 60, 60, 60), C.GREY, Why.UNREPORTED),
        ((None, 60, 55, 45, 60, 52, 61), C.GREEN, Why.NO_SIGNAL),
        ((55, 45, 60, 40, 58, 52), C.GREEN, Why.NO_SIGNAL),
        ((49, 48, 40, 49, 45, 46), C.RED, Why.SHIFT),
        ((49, 48, 40, 49, 45, 51), C.AMBER, Why.MOSTLY_BEHIND),
        ((49, 48, 40, 50, 45, 46), C.AMBER, Why.MOSTLY_BEHIND),
        ((60, 59, 58, 57, 56, 55), C.AMBER, Why.TREND),
        ((40, 60, 59, 58, 58, 57), C.GREEN, Why.NO_SIGNAL),
        ((40, 41, 42, 43, 44, 45, 55, 56, 55, 56, 55, 56), C.CAUGHT_UP, Why.BACK_ON_LINE),
        ((40, 41, 42, 43, 44, 45, 55, 56, 55, 56, 55, 56, 57), C.GREEN, Why.NO_SIGNAL),
    ],
)
def test_a_percentage_is_judged_by_runs_and_not_by_one_month_against_another(values, expected_colour, why):
    found = light_ratio(ratio(*values))
    assert (found.colour, found.why) == (expected_colour, why)


def test_where_less_is_better_the_same_rules_hold_upside_down():
    assert light_ratio(ratio(51, 52, 60, 51, 55, 54, is_ceiling=True)).colour == C.RED
    assert light_ratio(ratio(40, 41, 42, 43, 44, 45, is_ceiling=True)).why == Why.TREND


@given(
    some.lists(some.one_of(some.none(), some.integers(40, 60)), min_size=1, max_size=14), some.booleans(), some.data()
)
@settings(max_examples=120)
def test_a_point_fewer_never_makes_the_colour_of_a_percentage_better(values, is_ceiling, data):
    at = data.draw(some.integers(0, len(values) - 1))
    fewer = [*values[:at], None, *values[at + 1 :]]
    before, after = (light_ratio(ratio(*told, is_ceiling=is_ceiling)) for told in (values, fewer))
    assert after.rank <= before.rank


@given(some.lists(some.integers(40, 60), min_size=6, max_size=14))
def test_red_is_a_run_of_six_and_nothing_else(values):
    is_red = light_ratio(ratio(*values)).colour == C.RED
    assert is_red == all(value < 50 for value in values[-6:])


TODAY = date(2022, 6, 1)


def deliverable(*steps: tuple[int, int | None], due: int = 60, **more: object) -> Deliverable:
    """Steps as days from today: when due and when reached."""
    told = tuple(
        PlannedStep(f"步骤{at}", TODAY + timedelta(due_in), None if got is None else TODAY + timedelta(got))
        for at, (due_in, got) in enumerate(steps, 1)
    )
    return Deliverable(TODAY + timedelta(due), told, **more)


@pytest.mark.parametrize(
    ("asked", "expected_colour", "why"),
    [
        (deliverable(), C.GREY, Why.NO_STEPS),
        (deliverable((30, None)), C.GREY, Why.NO_STEPS),
        (deliverable((0, None), (30, -3)), C.GREEN, Why.STEPS_REACHED),
        (deliverable((-1, None)), C.RED, Why.STEP_LATE),
        (deliverable((-9, -5), (30, None)), C.CAUGHT_UP, Why.STEP_REACHED_LATE),
        (deliverable((-9, -5), (-3, -3)), C.GREEN, Why.STEPS_REACHED),
        (deliverable((-9, -9), due=14), C.AMBER, Why.DUE_SOON),
        (deliverable((-9, -9), due=14, is_claimed=True), C.GREEN, Why.STEPS_REACHED),
        (deliverable(due=3, is_claimed=True), C.AMBER, Why.HANDED_IN),
        (deliverable((-9, -9), due=-1, is_claimed=True), C.RED, Why.DEADLINE_PASSED),
        (deliverable((-9, -9), due=-1, is_claimed=True, is_in_time=True), C.AMBER, Why.HANDED_IN),
        (deliverable((-9, -9), is_waiting=True), C.AMBER, Why.WAITS_FOR_OTHER),
        (deliverable((-9, -9), due=-1, has_end=False), C.GREEN, Why.STEPS_REACHED),
    ],
)
def test_a_thing_to_be_delivered_is_judged_by_its_steps_and_the_days_left(asked, expected_colour, why):
    found = light_deliverable(asked, on=TODAY)
    assert (found.colour, found.why) == (expected_colour, why)


steps = some.lists(some.tuples(some.integers(-30, 30), some.one_of(some.none(), some.integers(-40, 0))), max_size=4)


@given(steps, some.integers(-3, 30), some.booleans(), some.booleans(), some.data())
@settings(max_examples=120)
def test_a_step_or_a_claim_fewer_never_makes_a_colour_better(planned, due, is_claimed, waits, data):
    asked = deliverable(*planned, due=due, is_claimed=is_claimed, is_waiting=waits)
    before = light_deliverable(asked, on=TODAY)
    assert light_deliverable(replace(asked, is_claimed=False), on=TODAY).rank <= before.rank
    assert light_deliverable(replace(asked, is_waiting=True), on=TODAY).rank <= before.rank
    if planned:
        at = data.draw(some.integers(0, len(planned) - 1))
        told = (*asked.steps[:at], replace(asked.steps[at], reached_on=None), *asked.steps[at + 1 :])
        assert light_deliverable(replace(asked, steps=told), on=TODAY).rank <= before.rank


def calendar(planned: list[int], held: list[int]) -> Calendar:
    return Calendar(tuple(TODAY + timedelta(day) for day in planned), tuple(TODAY + timedelta(day) for day in held))


@pytest.mark.parametrize(
    ("planned", "held", "expected_colour"),
    [
        ([10], [], C.GREY),
        ([-40, -10], [-41, -9], C.GREEN),
        ([-40, -10], [-41, -1], C.CAUGHT_UP),
        ([-40, -7], [-41], C.AMBER),
        ([-40, -8], [-41], C.RED),
        ([-40, -10], [-41, 3], C.RED),
    ],
)
def test_what_is_rare_is_held_against_the_days_that_were_planned(planned, held, expected_colour):
    assert light_calendar(calendar(planned, held), on=TODAY).colour == expected_colour


days = some.lists(some.integers(-40, 10), max_size=5)


@given(days, days)
@settings(max_examples=120)
def test_a_calendar_is_kept_where_each_planned_day_can_be_given_an_event_of_its_own(planned, held):
    """Brute force: try every way of giving planned days their events."""
    due, past = [day for day in planned if day <= 0], [day for day in held if day <= 0]
    found = light_calendar(calendar(planned, held), on=TODAY).colour
    if not due:
        assert found == C.GREY
        return
    pairings = [list(zip(due, chosen, strict=True)) for chosen in permutations(past, len(due))]
    latest = max(due)
    if not pairings:
        assert found in (C.RED, C.AMBER)
        return
    last_in_time = any(all(event <= latest + GRACE_DAYS for _day, event in pairing) for pairing in pairings)
    assert found == (C.GREEN if last_in_time else C.CAUGHT_UP)


@given(days, days, some.data())
@settings(max_examples=120)
def test_an_event_fewer_never_makes_the_colour_of_a_calendar_better(planned, held, data):
    if not held:
        return
    at = data.draw(some.integers(0, len(held) - 1))
    before, after = (
        light_calendar(calendar(planned, told), on=TODAY) for told in (held, [*held[:at], *held[at + 1 :]])
    )
    assert after.rank <= before.rank


def test_eight_of_ten_stay_eight_of_ten_when_a_line_is_closed():
    closed = Closed(TODAY, TODAY, Decimal(8), Decimal(10))
    assert (light_closed(closed).colour, light_closed(closed).why) == (C.RED, Why.CLOSED_SHORT)
    with translation.override("en"):
        assert "8 of 10" in say(light_closed(closed))
    assert light_closed(replace(closed, reached=None)).colour == C.RED
    assert light_closed(replace(closed, reached=Decimal(10))).colour == C.GREEN
    assert light_closed(replace(closed, reached=Decimal(10), decided_on=TODAY - timedelta(1))).colour == C.CAUGHT_UP
    assert light_closed(replace(closed, is_ceiling=True)).colour == C.GREEN
    assert light_closed(replace(closed, reached=Decimal(11), is_ceiling=True)).colour == C.RED


def test_periods_end_on_sundays_or_with_the_month_and_on_the_deadline_itself():
    week = period_ends(date(2022, 1, 5), Rhythm.WEEK, cuts=[date(2022, 1, 20)], until=date(2022, 1, 23))
    assert week == (date(2022, 1, 9), date(2022, 1, 16), date(2022, 1, 20), date(2022, 1, 23))
    month = period_ends(date(2022, 1, 5), Rhythm.MONTH, until=date(2022, 3, 30))
    assert month == (date(2022, 1, 31), date(2022, 2, 28))


def test_every_reason_has_a_sentence_in_both_languages():
    assert set(SENTENCES) == set(Why)
    for reason, sentence in SENTENCES.items():
        with translation.override("en"):
            english = str(sentence)
        with translation.override("zh-hans"):
            assert str(sentence) != english, reason
