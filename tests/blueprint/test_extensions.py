"""More time, and how a line is laid out within it: what was decided and what was missed stay."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

import pytest

from sunward.blueprint.actions.completing import accept_completion, claim_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.reporting import (
    report_progress,
)
from sunward.blueprint.actions.work import Part, Point, set_milestones, set_parts, set_trajectory
from sunward.blueprint.actions.work import Step as Milestone
from sunward.blueprint.enums import LightColour
from sunward.blueprint.models import WorkItem
from sunward.blueprint.queries.expectations import expect
from sunward.blueprint.queries.lights import compute_lights, read_lights
from sunward.core.refusals import Refusal
from tests.blueprint.following import Cast, act, course, refused, told, under_way
from tests.blueprint.meetings import CIVIL, approved_plan
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DUE = date(2027, 6, 30)


@pytest.fixture
def cast(tmp_path) -> Cast:
    return under_way(tmp_path)


def test_more_time_is_asked_for_before_the_deadline_and_the_date_that_was_decided_stays(cast):
    until = DUE + timedelta(31)
    assert refused(ask_extension, cast.lead, cast, text="迟", until=until, on=DUE + timedelta(1)) == "extension_late"
    assert refused(ask_extension, cast.lead, cast, text="迟", until=DUE) == "extension_day"
    row = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    assert refused(ask_extension, cast.lead, cast, text="再来", until=until) == "extension_waits"
    act(decide_extension, cast.keeper, cast, step_id=row.uid, until=until, text="同意")
    assert (course(cast).due_on, course(cast).decided_on) == (until, DUE)
    assert WorkItem.objects.get(pk=cast.item.pk).due_on == DUE
    with pytest.raises(Refusal):
        act(decide_extension, cast.keeper, cast, step_id=row.uid, until=None, text="改主意")


def test_milestones_and_parts_may_lie_within_an_extension_and_not_after_it(cast):
    until, after = date(2027, 8, 31), date(2027, 9, 1)
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=until, text="同意")
    lay_out = {"actor": cast.keeper, "item_id": cast.item.uid, "now": NOW}
    for version, (which, good, bad) in enumerate(
        (
            (set_milestones, {"steps": [Milestone("全部开放", until)]}, {"steps": [Milestone("全部开放", after)]}),
            (set_parts, {"parts": [Part(CIVIL, "选址", until)]}, {"parts": [Part(CIVIL, "选址", after)]}),
        ),
        WorkItem.objects.get(pk=cast.item.pk).version,
    ):
        with pytest.raises(Refusal):
            which(version=version, **lay_out, **bad)
        which(version=version, **lay_out, **good)


def lay_out_line(cast: Cast, *points: Point, on: date) -> None:
    version = WorkItem.objects.get(pk=cast.item.pk).version
    set_trajectory(actor=cast.keeper, item_id=cast.item.uid, version=version, points=points, on=on, now=NOW)


def laid_out(cast: Cast) -> list[tuple[date, int]]:
    return list(cast.item.checkpoints.filter(is_fixed=False).order_by("on").values_list("on", "value"))


def test_more_time_moves_no_point_of_the_trajectory(cast):
    start, half, end = Point(TODAY, 0), Point(date(2027, 3, 1), 6, "选址完成"), Point(DUE, 12, "每月两个")
    lay_out_line(cast, start, half, end, on=TODAY)
    until = date(2027, 8, 31)
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=until, text="同意")
    before = laid_out(cast)
    with pytest.raises(Refusal) as caught:
        lay_out_line(cast, start, half, Point(until, 12, "顺延"), on=TODAY)
    assert (caught.value.code, laid_out(cast)) == ("blueprint.trajectory_late", before)
    # What is still to come may be laid out anew, within the date that was decided.
    lay_out_line(cast, start, Point(date(2027, 4, 1), 5, "两月后选址"), end, on=TODAY)
    assert [value for _on, value in laid_out(cast)] == [0, 5, 12]


def test_points_whose_day_has_passed_stay_and_so_does_what_was_missed(cast):
    start, early, end = Point(TODAY, 0), Point(TODAY + timedelta(20), 5, "先开五个"), Point(DUE, 12, "每月两个")
    lay_out_line(cast, start, early, end, on=TODAY)
    on = TODAY + timedelta(30)
    report = told(7, on=on - timedelta(5))
    report_progress(actor=cast.lead, item_id=cast.item.uid, report=report, on=on, now=NOW)
    light = compute_lights([WorkItem.objects.get(pk=cast.item.pk)], on=on)[cast.item.pk]
    later = Point(TODAY + timedelta(90), 8, "再开三个")
    for points in (
        (start, end), (start, replace(early, value=1), end), (replace(start, assumption="改"), early, end), (),
        (start, early, Point(on - timedelta(1), 6, "补写"), end),
    ):  # fmt: skip
        with pytest.raises(Refusal) as caught:
            lay_out_line(cast, *points, on=on)
        assert caught.value.code == "blueprint.trajectory_past"
    lay_out_line(cast, start, early, later, end, on=on)
    assert [value for _on, value in laid_out(cast)] == [0, 5, 8, 12]
    assert compute_lights([WorkItem.objects.get(pk=cast.item.pk)], on=on)[cast.item.pk].why == light.why


def expected_on(cast: Cast, day: date) -> Decimal:
    return expect(WorkItem.objects.get(pk=cast.item.pk), on=day)


def test_a_line_that_was_issued_gets_no_point_in_the_past_though_none_was_laid_out_there(cast):
    on = TODAY + timedelta(100)
    for day in (on - timedelta(50), on):
        with pytest.raises(Refusal) as caught:
            lay_out_line(cast, Point(day, 1), Point(DUE, 12, "其余"), on=on)
        assert caught.value.code == "blueprint.trajectory_past"
    assert laid_out(cast) == []
    # On the day of issue nothing was held against it yet.
    with pytest.raises(Refusal):
        lay_out_line(cast, Point(TODAY - timedelta(1), 0), Point(DUE, 12, "其余"), on=TODAY)
    lay_out_line(cast, Point(TODAY, 0), Point(DUE, 12, "其余"), on=TODAY)


@pytest.mark.parametrize("unit", ["个", "%"])
def test_what_was_expected_until_today_stays_whatever_is_laid_out_for_later(cast, unit):
    WorkItem.objects.filter(pk=cast.item.pk).update(target_unit=unit)
    on, end = TODAY + timedelta(100), Point(DUE, 12, "其余")
    days = [TODAY - timedelta(20) + timedelta(12) * at for at in range(11)]
    bare = [expected_on(cast, day) for day in days]
    tomorrow = Point(on + timedelta(1), 11)
    lay_out_line(cast, tomorrow, end, on=on)
    assert [expected_on(cast, day) for day in days] == pytest.approx(bare, abs=Decimal("0.01"))
    lay_out_line(cast, tomorrow, Point(on + timedelta(9), 12, "再一个"), end, on=on + timedelta(5))
    assert [expected_on(cast, day) for day in days] == pytest.approx(bare, abs=Decimal("0.01"))
    assert expected_on(cast, on + timedelta(9)) == 12
    # Saved again as it stands, it keeps no day twice.
    before = laid_out(cast)
    lay_out_line(cast, tomorrow, Point(on + timedelta(9), 12, "再一个"), end, on=on + timedelta(5))
    assert laid_out(cast) == before


def test_a_point_for_tomorrow_repaints_no_light_of_today_and_asks_for_no_less_than_today(cast):
    start, end = Point(TODAY, 0), Point(DUE, 12, "其余")
    lay_out_line(cast, start, end, on=TODAY)
    on = TODAY + timedelta(100)
    for week in range(1, 14):
        day = TODAY + timedelta(7 * week)
        report_progress(actor=cast.lead, item_id=cast.item.uid, report=told(week // 4, on=day), on=day, now=NOW)

    def light():
        return compute_lights([WorkItem.objects.get(pk=cast.item.pk)], on=on)[cast.item.pk]

    before = light()
    with pytest.raises(Refusal) as caught:
        lay_out_line(cast, start, Point(on + timedelta(1), 1, "明天一个"), end, on=on)
    assert caught.value.code == "blueprint.trajectory_falls"
    least = expected_on(cast, on).quantize(Decimal("0.01"), ROUND_CEILING)
    assert str(least) in str(caught.value.sentence)
    lay_out_line(cast, start, Point(on + timedelta(1), least, "明天就做到"), end, on=on)
    assert (light().colour, light().why) == (before.colour, before.why)
    with pytest.raises(Refusal) as caught:
        lay_out_line(cast, on=on)
    assert caught.value.code == "blueprint.trajectory_past"


def test_what_was_missed_stays_missed_beside_what_is_kept_of_the_day_of_a_change(cast):
    start, early, end = Point(TODAY, 0), Point(TODAY + timedelta(20), 5, "先开五个"), Point(DUE, 12, "每月两个")
    lay_out_line(cast, start, early, end, on=TODAY)
    on = TODAY + timedelta(30)
    for days in range(26, 60, 7):
        day = TODAY + timedelta(days)
        report_progress(actor=cast.lead, item_id=cast.item.uid, report=told(7 + days // 20, on=day), on=day, now=NOW)
    lay_out_line(cast, start, early, Point(TODAY + timedelta(90), 8, "再开三个"), end, on=on)
    found = compute_lights([WorkItem.objects.get(pk=cast.item.pk)], on=TODAY + timedelta(50))[cast.item.pk]
    assert found.colour == LightColour.CAUGHT_UP


def test_before_a_plan_is_issued_its_trajectories_are_laid_out_freely(tmp_path, cast):
    cast = replace(cast, item=approved_plan(cast.keeper, tmp_path).items.get(number=1))
    lay_out_line(cast, Point(TODAY - timedelta(9), 0), Point(DUE, 12, "每月两个"), on=TODAY)
    lay_out_line(cast, Point(TODAY - timedelta(5), 1), Point(DUE, 12, "每月两个"), on=TODAY)
    assert [value for _on, value in laid_out(cast)] == [1, 12]


def test_a_line_done_within_its_extension_is_caught_up_and_late_by_the_date_that_was_decided(cast):
    row = act(ask_extension, cast.lead, cast, text="场地未定", until=DUE + timedelta(31))
    act(decide_extension, cast.keeper, cast, step_id=row.uid, until=DUE + timedelta(31), text="同意")
    on = DUE + timedelta(20)
    claim = act(claim_completion, cast.lead, cast, report=told(12, "验收单", on), on=on)
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="", on=on)
    found = read_lights(cast.keeper, WorkItem.objects.filter(pk=cast.item.pk), on=on)[cast.item.pk]
    assert (found.colour, course(cast).was_late()) == (LightColour.CAUGHT_UP, True)
