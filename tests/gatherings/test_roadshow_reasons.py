"""What is said of a session without a day is true: the counts by their definition, the help by planning with it."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, given, settings

from sunward.gatherings.roadshow.choices import Chooser
from sunward.gatherings.roadshow.days import DayRule, days_of, month_of
from sunward.gatherings.roadshow.openings import Obstacle
from sunward.gatherings.roadshow.planning import count_places, plan
from sunward.gatherings.roadshow.reasons import Change, Lack, find_helps, find_shortages
from sunward.gatherings.roadshow.shapes import Busy, Proof, Request, Speaker, Stage, Times, Venue, Whose
from sunward.gatherings.roadshow_words import tell_proof
from tests.gatherings.roadshow_tiny import AM, MONTH, OCCUPATIONS, PM, best_by_trying, requests

SMALL = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@SMALL
@given(requests())
def test_where_a_session_is_missing_no_half_day_of_the_month_is_left_without_a_reason(request):
    found = plan(request).placements
    shortages = find_shortages(request, found)
    assert len(shortages) == request.asked - len(found)
    for one in shortages:
        open_ = [c for c in Chooser(request, found).walk(one.subdistrict) if month_of(c.day) == one.month and c.options]
        assert not open_, "the planner would have placed it there"
        assert sum(count.half_days for count in one.counts) == 2 * len(days_of(one.month))


@SMALL
@given(requests())
def test_each_help_is_what_trying_every_timetable_with_it_gives(request):
    placed = count_places(request)
    assume(placed < request.asked)
    helps = {(one.change, one.about): one.more for one in find_helps(request, placed)}
    for change, changed in (
        (Change.TWO_A_DAY, replace(request, two_a_day=True)),
        (Change.MORE_OCCUPATIONS, replace(request, one_a_month=False)),
        (Change.MOVE_PLANNED, replace(request, busy=())),
    ):
        (best,) = best_by_trying(changed, (Stage.PLACED,))
        assert helps.get((change, ""), 0) == -best - placed


def test_nothing_is_missing_and_nothing_would_help_where_all_have_a_day():
    request = ask()
    found = plan(request).placements
    assert find_shortages(request, found) == ()
    assert find_helps(request, len(found)) == ()


def test_an_occupation_that_nobody_teaches_is_named():
    (shortage,) = missing(ask(speakers=(Speaker("何", frozenset({"家政服务员"})),)))
    assert shortage.lacks[0] == Lack(OCCUPATIONS[0], venue_halves=44, speakers=())
    assert (Obstacle.NOBODY_TEACHES, 44) in [(count.obstacle, count.half_days) for count in shortage.counts]


def test_a_speaker_who_can_only_when_the_venue_is_closed_is_named():
    mornings = Times(frozenset((day, AM) for day in range(5)))
    afternoons = Times(frozenset((day, PM) for day in range(5)))
    request = ask(speakers=(Speaker("何", free=mornings),), venues=(Venue("h", "a", afternoons),))
    (shortage,) = missing(request)
    assert shortage.lacks[0] == Lack(OCCUPATIONS[0], venue_halves=22, speakers=("何",))
    helps = {(one.change, one.about) for one in find_helps(request, 0)}
    assert helps == {(Change.SPEAKER_FREER, "何"), (Change.NEW_SPEAKER, ""), (Change.VENUE_FREER, "a")}


def test_a_venue_that_is_open_on_holidays_only_is_told_by_the_holidays():
    """National Day 2022: 1 to 7 October."""
    week = frozenset(date(2022, 10, number) for number in range(1, 8))
    request = ask(months=("2022-10",), venues=(Venue("h", "a", Times(frozenset(), also_on=week)),))
    (shortage,) = missing(request)
    counts = {count.obstacle: count.half_days for count in shortage.counts}
    assert counts[Obstacle.HOLIDAY] == 14
    assert counts[Obstacle.MAKE_UP] == 4
    assert counts[Obstacle.VENUE_NOT_FREE] == 2 * 16
    assert find_helps(request, 0)[0].change == Change.VENUE_FREER


def test_make_up_days_help_exactly_where_somebody_is_free_on_them():
    saturday = Times(frozenset({(5, AM)}))
    request = ask(months=("2022-10",), speakers=(Speaker("何", free=saturday),))
    helps = {one.change: one.more for one in find_helps(request, 0)}
    assert helps[Change.MAKE_UP] == 1
    assert Change.MAKE_UP not in {one.change for one in find_helps(replace(request, day_rule=DayRule.WITH_MAKE_UP), 1)}


def test_what_is_planned_already_is_named():
    blocked = tuple(Busy(Whose.SUBDISTRICT, "a", day, note="秋季招聘会") for day in days_of(MONTH))
    request = ask(busy=blocked)
    (shortage,) = missing(request)
    assert [(c.obstacle, c.about) for c in shortage.counts if c.obstacle == Obstacle.BUSY] == [
        (Obstacle.BUSY, "秋季招聘会")
    ]
    assert find_helps(request, 0)[0].change == Change.MOVE_PLANNED


def missing(request):
    return find_shortages(request, plan(request).placements)


def ask(**said):
    usual = {
        "subdistricts": ("a",),
        "months": (MONTH,),
        "sessions": 1,
        "occupations": OCCUPATIONS,
        "speakers": (Speaker("x"),),
        "venues": (Venue("h", "a"),),
    }
    return Request(**usual | said)


def test_a_proof_is_told_with_its_gap_only_where_there_is_one_to_tell():
    proofs = [Proof(Stage.WEEKS, 266, bound, 1.0) for bound in (266, 264, 0)]
    proven, near, unknown = map(tell_proof, proofs)
    assert proven == "已证明：各周、各日不可能错得更开。"
    assert "1%" in near
    assert "%" not in unknown
