"""The lights of lines as they are kept: reported, counted by the platform, or shown by evidence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sunward.accounts.enums import Role
from sunward.blueprint.enums import Confidence, GaugeShape, LightColour, StepKind
from sunward.blueprint.lights.light import Why
from sunward.blueprint.models import Checkpoint, DeliveryPlan, Gauge, Milestone, WorkItem, WorkStep
from sunward.blueprint.queries.lights import compute_lights, read_lights
from sunward.figures.declared import indicators, readers
from sunward.figures.definition import Count
from sunward.figures.enums import CountingUnit, Protection
from sunward.ledger.actions import NewFact, record_many
from tests.blueprint.meetings import HR, approved_plan, item_of, make_keeper, make_units, unit_of
from tests.factories import NOW, TODAY, actor_of, make_officer
from tests.figures.published.builders import OCTOBER, told

pytestmark = pytest.mark.django_db
C = LightColour
MONDAY = date(2026, 11, 2)  # the day of the meeting
SUNDAYS = [MONDAY + timedelta(days=6 + 7 * week) for week in range(30)]


@pytest.fixture
def keeper():
    make_units()
    return make_keeper()


@pytest.fixture
def plan(keeper, tmp_path) -> DeliveryPlan:
    return approved_plan(keeper, tmp_path)


def step(item: WorkItem, kind: StepKind, on: date, **more: object) -> WorkStep:
    return WorkStep.objects.create(item=item, kind=kind, unit=item.lead, happened_on=on, recorded_at=NOW, **more)


def light_of(actor, item: WorkItem, *, on: date):
    return read_lights(actor, WorkItem.objects.filter(pk=item.pk), on=on)[item.pk]


def test_reports_make_the_light_of_a_line_with_a_number_and_an_unreported_week_is_grey(keeper, plan):
    item = item_of(plan)
    step(item, StepKind.PROGRESS, SUNDAYS[0], number=2)
    step(item, StepKind.PROGRESS, SUNDAYS[1], number=3)
    found = light_of(keeper, item, on=SUNDAYS[1] + timedelta(1))
    assert (found.colour, found.reached, found.asks_number) == (C.GREEN, 3, True)
    grey = light_of(keeper, item, on=SUNDAYS[2] + timedelta(1))
    assert (grey.colour, grey.light.why) == (C.GREY, Why.UNREPORTED)


def test_a_report_that_was_corrected_counts_as_it_was_corrected_and_one_taken_back_not_at_all(keeper, plan):
    item = item_of(plan)
    wrong = step(item, StepKind.PROGRESS, SUNDAYS[0], number=30)
    right = step(item, StepKind.PROGRESS, SUNDAYS[0], number=3, corrects=wrong)
    assert light_of(keeper, item, on=SUNDAYS[0]).reached == 3
    step(item, StepKind.PROGRESS, SUNDAYS[0], corrects=right, is_withdrawal=True)
    assert light_of(keeper, item, on=SUNDAYS[0]).light.why == Why.UNREPORTED


def test_what_a_person_thinks_stands_beside_the_light_and_changes_nothing(keeper, plan):
    item = item_of(plan)
    before = light_of(keeper, item, on=SUNDAYS[5])
    step(item, StepKind.CONFIDENCE, SUNDAYS[4], level=Confidence.SURE, text="场地已落实")
    after = light_of(keeper, item, on=SUNDAYS[5])
    assert after.light == before.light
    assert (after.confidence, after.confidence_said) == (Confidence.SURE, "场地已落实")


def test_a_line_without_a_number_is_judged_by_its_milestones(keeper, plan):
    item = item_of(plan)
    WorkItem.objects.filter(pk=item.pk).update(target_number=None)
    assert light_of(keeper, item, on=TODAY).light.why == Why.NO_STEPS
    Milestone.objects.create(item=item, number=1, text="选址", due_on=TODAY - timedelta(3))
    assert light_of(keeper, item, on=TODAY).colour == C.RED
    Milestone.objects.update(reached_on=TODAY, evidence="批复")
    assert light_of(keeper, item, on=TODAY).colour == C.CAUGHT_UP


def test_a_line_that_waits_for_a_late_one_is_to_be_watched(keeper, plan):
    item, other = item_of(plan, 1), item_of(plan, 2)
    WorkItem.objects.update(target_number=None)
    WorkItem.objects.filter(pk=other.pk).update(due_on=TODAY - timedelta(1))
    Milestone.objects.create(item=item, number=1, text="选址", due_on=TODAY, reached_on=TODAY, evidence="批复")
    item.dependencies.create(needs=other)
    assert light_of(keeper, item, on=TODAY).light.why == Why.WAITS_FOR_OTHER
    claim = step(other, StepKind.CLAIMED, TODAY, text="办结报告")
    step(other, StepKind.ACCEPTED, TODAY, about=claim)
    assert light_of(keeper, item, on=TODAY).colour == C.GREEN


def test_planned_days_make_the_light_of_what_is_rare(keeper, plan):
    item = item_of(plan)
    Gauge.objects.create(item=item, shape=GaugeShape.CALENDAR, starts_on=MONDAY, set_at=NOW)
    Milestone.objects.create(item=item, number=1, text="第一场", due_on=SUNDAYS[0])
    assert light_of(keeper, item, on=SUNDAYS[0]).colour == C.AMBER
    assert light_of(keeper, item, on=SUNDAYS[3]).colour == C.RED


def a_count(protection: Protection) -> tuple[str, Count]:
    for one in indicators().values():
        measure = one.newest.measure
        is_of_facts = isinstance(measure, Count) and measure.unit in (CountingUnit.FACT, CountingUnit.PERSON)
        if one.protection == protection and is_of_facts:
            return one.code, measure
    raise AssertionError("no such figure is declared")


def let_happen(count: Count, days: list[date], *, path: str) -> None:
    record_many(
        [
            NewFact(
                kind=count.facts.kinds[0], subject_kind="x", subject_id=at, happened_on=day, unit_id=None,
                unit_path=path, person_id=at, attributes={key: values[0] for key, values in count.facts.where},
            )
            for at, day in enumerate(days, 1)
        ],
        now=NOW,
    )  # fmt: skip


def test_a_figure_that_the_platform_counts_is_asked_of_nobody_and_an_empty_week_is_zero(keeper, plan):
    item = item_of(plan)
    code, count = a_count(Protection.OPEN)
    Gauge.objects.create(item=item, shape=GaugeShape.GROWING, figure_code=code, starts_on=MONDAY, set_at=NOW)
    let_happen(count, [SUNDAYS[0]] * 3, path="/310110/310110012/")
    let_happen(count, [SUNDAYS[0]] * 5, path="/310109/")
    let_happen(count, [MONDAY - timedelta(1)] * 5, path="/310110/")
    on_sunday = light_of(keeper, item, on=SUNDAYS[0])
    assert (on_sunday.reached, on_sunday.colour, on_sunday.asks_number) == (3, C.GREEN, False)
    later = light_of(keeper, item, on=SUNDAYS[12])
    assert (later.reached, later.colour) == (3, C.RED)


def test_a_number_of_persons_is_told_to_nobody_who_may_not_read_the_figure_and_the_colour_is_the_same(keeper, plan):
    item = item_of(plan)
    code, _count = a_count(Protection.PERSONS)
    Gauge.objects.create(item=item, shape=GaugeShape.GROWING, figure_code=code, starts_on=OCTOBER.first, set_at=NOW)
    step(item, StepKind.ISSUED, MONDAY, day=TODAY)
    told(code, plan.unit, 7)
    both = make_officer(readers()[indicators()[code].programme][0], plan.unit)
    reader, leader = actor_of(both), actor_of(make_officer(Role.LEADER, plan.unit))
    seen = light_of(reader, item, on=TODAY)
    with translation.override("en"):
        for stranger in (keeper, leader):
            found = light_of(stranger, item, on=TODAY)
            assert (found.reached, found.is_withheld, found.light.told) == (None, True, ())
            assert "7" not in found.said
            assert found.colour == seen.colour
        assert "published of whole months" in seen.said
    assert seen.reached == 7


def test_the_lights_of_four_hundred_lines_take_as_many_queries_as_those_of_three(keeper, plan):
    code, _count = a_count(Protection.OPEN)
    for item in plan.items.all():
        Gauge.objects.create(item=item, shape=GaugeShape.GROWING, figure_code=code, starts_on=MONDAY, set_at=NOW)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(read_lights(keeper, plan.items.all(), on=TODAY)) == 3
    first = item_of(plan)
    WorkItem.objects.bulk_create(
        WorkItem(
            plan=plan, goal=first.goal, question=first.question, number=number, text="工作", lead=unit_of(HR),
            unit_path=unit_of(HR).path, due_on=first.due_on, target_number=Decimal(12), made_at=NOW,
        )
        for number in range(10, 407)
    )  # fmt: skip
    added = plan.items.filter(number__gte=10)
    Gauge.objects.bulk_create(
        Gauge(item=item, shape=GaugeShape.GROWING, figure_code=code, starts_on=MONDAY, set_at=NOW) for item in added
    )
    Checkpoint.objects.bulk_create(Checkpoint(item=item, on=MONDAY, value=0) for item in added)
    WorkStep.objects.bulk_create(
        WorkStep(item=item, kind=StepKind.ISSUED, day=TODAY, happened_on=TODAY, recorded_at=NOW)
        for item in added
        for _time in range(5)
    )
    with CaptureQueriesContext(connection) as many:
        assert len(read_lights(keeper, plan.items.all(), on=TODAY)) == 400
    assert len(many) == len(few) == 7  # of six, and one of the figure


def test_the_nightly_record_sees_the_same_lights_as_the_pages(keeper, plan):
    pages = read_lights(keeper, plan.items.all(), on=TODAY)
    assert compute_lights(plan.items.all(), on=TODAY) == {key: found.light for key, found in pages.items()}
