"""What a line taught, and how it is measured."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import get_kept_work, work_subject
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.actions.steps import lock_lines
from sunward.blueprint.enums import GaugeShape, Lifecycle, Rhythm, Side, StepKind
from sunward.blueprint.following.gates import Followed, open_followed
from sunward.blueprint.lights.light import period_ends
from sunward.blueprint.models import Gauge, Lesson, WorkItem
from sunward.blueprint.queries.figure_totals import measure_of
from sunward.blueprint.queries.lights import Measuring, is_protected, may_measure, read_gauge
from sunward.blueprint.queries.published_totals import is_of_persons
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.figures.definition import Count, Measure, Standing

YEAR = timedelta(days=366)
LEARNED, GAUGE_SET = "blueprint.lesson_written", "blueprint.gauge_set"


@dataclass(frozen=True, slots=True)
class LessonDetails:
    thought: str
    happened: str
    kept: str
    learn_from: str = ""


@dataclass(frozen=True, slots=True)
class GaugeDetails:
    shape: GaugeShape
    figure_code: str
    rhythm: Rhythm
    starts_on: date


@transaction.atomic
def write_lesson(
    *, actor: Actor, item_id: UUID, details: LessonDetails, on: date, now: datetime, key: UUID | None = None
) -> Lesson:  # fmt: skip
    """By whoever had a part in it, half-way or at the end: once a lesson is written it stays. `key` is the form's own:
    sent twice, it is one lesson."""
    followed = open_followed(actor=actor, item_id=item_id)
    refuse_learner(followed)
    lock_lines([followed.item.pk])
    known = followed.item.lessons.filter(uid=key, recorded_by_id=actor.user_id).first() if key else None
    if known is not None:
        return known
    if not all(text.strip() for text in (details.thought, details.happened, details.kept)):
        raise Refusal("blueprint.lesson_text", _("Say what was thought, what happened, and what is worth keeping."))
    refuse_numbers(details.thought, details.happened, details.kept, details.learn_from)
    item = followed.item
    unit = item.lead if Side.LEAD in followed.sides else next(iter(followed.joint_units), item.plan.unit)
    row = Lesson.objects.create(
        item=item, unit=unit, thought=details.thought.strip(), happened=details.happened.strip(),
        kept=details.kept.strip(), learn_from=details.learn_from.strip(), happened_on=on, recorded_at=now,
        recorded_by_id=actor.user_id, **({"uid": key} if key else {}),
    )  # fmt: skip
    record_act(actor=actor, code=LEARNED, now=now, subject=work_subject(item), unit_path=item.unit_path, lesson=row.pk)
    return row


def refuse_learner(followed: Followed) -> None:
    if not followed.sides & {Side.LEAD, Side.JOINT, Side.KEEPER, Side.HEAD}:
        raise NotThere("blueprint.work_not_there", _("There is no such line of work, or it is not yours to see."))
    if followed.course.lifecycle == Lifecycle.DRAFT:
        raise Refusal("blueprint.lesson_early", _("Nothing has happened yet that could be learned from."))


@transaction.atomic
def set_gauge(*, actor: Actor, item_id: UUID, version: int, details: GaugeDetails, on: date, now: datetime) -> Gauge:
    """By who keeps the plan, until the line has been judged by it."""
    item = get_kept_work(actor=actor, item_id=item_id)
    if item.version != version:
        raise Conflict("blueprint.work_changed", _("Somebody else has just changed this line. Look at it again."))
    _refuse_gauge(item, details, on=on)
    gauge, _made = Gauge.objects.update_or_create(
        item=item,
        defaults={
            "shape": details.shape, "figure_code": details.figure_code, "rhythm": details.rhythm,
            "starts_on": details.starts_on, "set_at": now, "set_by_id": actor.user_id,
        },
    )  # fmt: skip
    item.version += 1
    item.save(update_fields=["version"])
    record_act(
        actor=actor, code=GAUGE_SET, now=now, subject=work_subject(item), unit_path=item.unit_path,
        shape=str(details.shape), figure=details.figure_code,
    )  # fmt: skip
    return gauge


def _refuse_gauge(item: WorkItem, details: GaugeDetails, *, on: date) -> None:
    _refuse_begun(item, details, on=on)
    has_number = details.shape in (GaugeShape.GROWING, GaugeShape.RATIO)
    if has_number and item.target_number is None:
        raise Refusal("blueprint.gauge_number", _("No number was decided for this line."))
    if details.shape == GaugeShape.GROWING and item.due_on is None:
        raise Refusal("blueprint.gauge_no_end", _("A number without a deadline is not held against a line."))
    if not details.figure_code:
        return
    measure = measure_of(details.figure_code, on=on)
    if measure is None:
        raise Refusal("blueprint.gauge_figure", _("There is no such figure."))
    if not may_measure(item, details.figure_code):
        raise Refusal(
            "blueprint.gauge_hidden",
            _("This figure tells of few people or of children: it measures no line. The unit that leads reports it."),
        )
    if details.shape == GaugeShape.CALENDAR and is_of_persons(details.figure_code):
        raise Refusal(
            "blueprint.gauge_only_months",
            _("Of persons whole months are published: single days cannot be held against them."),
        )
    if not _fits(details.shape, measure):
        raise Refusal("blueprint.gauge_figure_shape", _("This figure is of another kind than the way it is judged."))


def _refuse_begun(item: WorkItem, details: GaugeDetails, *, on: date) -> None:
    """What was handed in or judged stays measured as it was, and the beginning lies where the line does."""
    handed_in = item.steps.filter(kind__in=(StepKind.CLAIMED, StepKind.ACCEPTED))
    if handed_in.filter(kind=StepKind.ACCEPTED).exists():
        raise Refusal("blueprint.closed_stays", _("This line is closed: what was accepted stays as it was accepted."))
    old = read_gauge(item)
    if is_protected(old) and details.figure_code != old.figure_code and handed_in.exists():
        raise Refusal("blueprint.gauge_counted", _("What was handed in was counted by this figure: the figure stays."))
    if _was_judged(item, old, on=on) and old != Measuring(
        details.shape, details.rhythm, details.starts_on, details.figure_code
    ):
        raise Refusal(
            "blueprint.gauge_judged",
            _("This line has been judged by its measure since it was issued: it stays. Another needs a new decision."),
        )
    met_on, ends_on = item.plan.meeting.met_on, item.due_on or item.review_on
    if not met_on - YEAR <= details.starts_on or (ends_on is not None and details.starts_on >= ends_on):
        raise Refusal("blueprint.gauge_begin", _("It is counted from a day before the deadline, a year back at most."))


def _was_judged(item: WorkItem, gauge: Measuring, *, on: date) -> bool:
    """A week or month has ended since the line was issued: measured otherwise, what was missed in it would be gone."""
    issued_on = item.steps.filter(kind=StepKind.ISSUED).order_by("pk").values_list("happened_on", flat=True).first()
    ends = period_ends(gauge.starts_on, gauge.rhythm, until=on - timedelta(days=1))
    return issued_on is not None and any(end >= issued_on for end in ends)


def _fits(shape: GaugeShape, measure: Measure) -> bool:
    match shape:
        case GaugeShape.GROWING:
            return isinstance(measure, Count | Standing)
        case GaugeShape.RATIO:
            return not isinstance(measure, Count | Standing)
        case GaugeShape.CALENDAR:
            return isinstance(measure, Count)
        case _:
            return False
