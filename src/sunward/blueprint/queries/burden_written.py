"""Every form that a plan made somebody send in a month: of its lines, its milestones, its lessons and its meetings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import localdate, make_aware

from sunward.accounts.models import Unit
from sunward.blueprint.access import WORK_SUBJECT
from sunward.blueprint.burden.keystrokes import Filled
from sunward.blueprint.burden.written import Line, Written, once_each, write_up
from sunward.blueprint.enums import BurdenKind
from sunward.blueprint.models import (
    Checkpoint,
    DeliveryPlan,
    Lesson,
    MeetingProposal,
    Milestone,
    PaperLine,
    WorkItem,
    WorkStep,
)
from sunward.blueprint.queries.lights import Steps, read_steps
from sunward.blueprint.queries.plan_lines import REACHED
from sunward.figures.pins import Span, months
from sunward.ledger.models import Fact


def moments_of(month: Span) -> tuple[datetime, datetime]:
    """From the first moment of the district's own days to the last, for columns that hold one."""
    return make_aware(datetime.combine(month.first, time.min)), make_aware(datetime.combine(month.last, time.max))


def months_of(plan: DeliveryPlan, *, on: date) -> tuple[Span, ...]:
    """From the month of the plan's meeting to this one, the newest first."""
    begun = min(plan.meeting.met_on, localdate(plan.made_at), on)
    return tuple(reversed([*months(begun, on)]))


def read_month_steps(plan: DeliveryPlan, month: Span, *, unit: Unit | None = None) -> Steps:
    """All steps of the lines of which something was written in the month: what came before tells what was typed. Of one
    unit, the lines that it leads or for which it wrote."""
    there = WorkStep.objects.filter(item__plan=plan, recorded_at__range=moments_of(month))
    if unit is not None:
        there = there.filter(Q(unit=unit) | Q(item__lead=unit))
    return read_steps(list(there.values_list("item", flat=True).distinct()))


def read_written(plan: DeliveryPlan, items: Sequence[WorkItem], steps: Steps, month: Span) -> list[Written]:
    """What arrived by import or was computed is not in it."""
    told = (*_of_steps(plan, items, steps, month), *_of_milestones(plan, month), *_of_lessons(plan, month))
    return [*told, *_of_laying_out(plan, month), *_of_meetings(plan, month)]


def _of_steps(
    plan: DeliveryPlan, items: Sequence[WorkItem], steps: Steps, month: Span
) -> Iterator[Written]:  # fmt: skip
    forms = []
    for item in items:
        gauge = getattr(item, "gauge", None)
        line = Line(item.pk, plan.unit_id, item.lead_id, is_counted=bool(gauge and gauge.figure_code))
        days = {step.id: localdate(step.recorded_at) for step in steps[item.pk]}
        forms += list(write_up(line, steps[item.pk], days))
    return (one for one in once_each(forms) if month.first <= one.on <= month.last)


def read_reached(plan: DeliveryPlan, month: Span) -> Iterator[tuple[int, date, str]]:
    """Milestones of which it was written in the month that they were reached, whatever day was typed: line, day of
    writing, evidence. One whose moment no fact tells counts by its own day."""
    facts = Fact.objects.filter(kind=REACHED, subject_kind=WORK_SUBJECT, subject_id__in=plan.items.values("pk"))
    told = facts.values_list("subject_id", "attributes", "recorded_at")
    written = {(item_id, more.get("milestone")): localdate(at) for item_id, more, at in told}
    rows = Milestone.objects.filter(item__plan=plan, reached_on__isnull=False)
    for item_id, number, day, evidence in rows.values_list("item_id", "number", "reached_on", "evidence"):
        on = written.get((item_id, number), day)
        if on is not None and month.first <= on <= month.last:
            yield item_id, on, evidence


def _of_milestones(plan: DeliveryPlan, month: Span) -> Iterator[Written]:
    """Who keeps the plan writes down what shows it."""
    for item_id, on, evidence in read_reached(plan, month):
        yield Written(BurdenKind.EVIDENCE, plan.unit_id, on, Filled((evidence,)), item_id)


def _of_lessons(plan: DeliveryPlan, month: Span) -> Iterator[Written]:
    rows = Lesson.objects.filter(item__plan=plan, recorded_at__range=moments_of(month))
    names = ("item_id", "unit_id", "recorded_at", "thought", "happened", "kept", "learn_from")
    for item_id, unit_id, at, *texts in rows.values_list(*names):
        yield Written(BurdenKind.LESSONS, unit_id, localdate(at), Filled(tuple(texts)), item_id)


def _of_laying_out(plan: DeliveryPlan, month: Span) -> Iterator[Written]:
    """Milestones and points keep no moment of their own: as they stand now they count in the month of the plan."""
    on = localdate(plan.made_at)
    if not month.first <= on <= month.last:
        return
    laid: dict[int, list[tuple[str, str]]] = {}
    for item_id, text, day in Milestone.objects.filter(item__plan=plan).values_list("item_id", "text", "due_on"):
        laid.setdefault(item_id, []).append((text, f"{day:%Y%m%d}"))
    points = Checkpoint.objects.filter(item__plan=plan, is_fixed=False)
    for item_id, text, day, value in points.values_list("item_id", "assumption", "on", "value"):
        laid.setdefault(item_id, []).append((text, f"{day:%Y%m%d}{value.normalize():f}"))
    for item_id, rows in laid.items():
        filled = Filled(tuple(text for text, _value in rows), tuple(value for _text, value in rows))
        yield Written(BurdenKind.LAYING_OUT, plan.unit_id, on, filled, item_id)


def _of_meetings(plan: DeliveryPlan, month: Span) -> Iterator[Written]:
    """Of the meeting that made the plan, and of its stocktakes that made none: each line that a person confirmed, each
    proposal that was answered. What was read from a paper was typed by nobody."""
    mine = Q(meeting=plan.meeting_id) | Q(meeting__looks_at=plan, meeting__plan=None)
    lines = PaperLine.objects.filter(mine, confirmed_at__range=moments_of(month))
    for at, text, papers in lines.values_list("confirmed_at", "text", "meeting__papers"):
        yield Written(
            BurdenKind.MEETINGS, plan.unit_id, localdate(at), Filled(() if papers else (text,), (), 1)
        )  # fmt: skip
    answers = MeetingProposal.objects.filter(mine, answered_at__range=moments_of(month))
    for at, reason in answers.values_list("answered_at", "reason"):
        yield Written(BurdenKind.MEETINGS, plan.unit_id, localdate(at), Filled((reason,), (), 1))
