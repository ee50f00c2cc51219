"""How a line of work is laid out: parts of those who join, milestones, what it waits for, the line of its number; and
who leads, which a decision alone can change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import (
    WORK_SUBJECT,
    get_kept_work,
    get_led_work,
    officers_to_name,
    units_to_charge,
    work_subject,
)
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.enums import Comparison, GaugeShape, StepKind
from sunward.blueprint.lights.wording import say_value
from sunward.blueprint.models import Checkpoint, Decision, Dependency, JointPart, LeadChange, Milestone, WorkItem
from sunward.blueprint.queries.expectations import expect
from sunward.blueprint.queries.lights import read_courses, read_gauge
from sunward.blueprint.queries.plan_lines import REACHED
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact

OFFICER_NAMED = "blueprint.officer_named"
LEAD_CHANGED = "blueprint.lead_changed"
PARTS_SET, MILESTONES_SET = "blueprint.parts_set", "blueprint.milestones_set"
NEEDS_SET, TRAJECTORY_SET = "blueprint.needs_set", "blueprint.trajectory_set"


@dataclass(frozen=True, slots=True)
class Part:
    unit_code: str
    text: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Point:
    on: date
    value: Decimal
    assumption: str = ""


@transaction.atomic
def change_lead(
    *, actor: Actor, item_id: UUID, version: int, unit_code: str, decision_id: UUID, reason: str, on: date,
    now: datetime,
) -> WorkItem:  # fmt: skip
    """By an approved decision of the same district, never an older one than the line's own meeting.

    The unit that led goes on as one that joins, unless the decision takes it out afterwards: nobody is lost in passing.
    """
    item = _item(actor, item_id, version)
    meeting = item.plan.meeting
    decision = Decision.objects.filter(uid=decision_id, meeting__unit_path=item.plan.unit_path).first()
    if decision is None or decision.decided_on < meeting.met_on or decision.decided_on > on:
        raise Refusal("blueprint.lead_decision", _("Name the approved decision by which another unit leads."))
    if decision.pk == item.decision_id:
        raise Refusal("blueprint.lead_same_decision", _("This decision gave the lead to the unit that has it."))
    if not reason.strip():
        raise Refusal("blueprint.lead_reason", _("Say why another unit leads."))
    refuse_numbers(reason)
    unit = units_to_charge(meeting).filter(code=unit_code).first()
    if unit is None or unit.pk == item.lead_id:
        raise Refusal("blueprint.lead_unit", _("Choose another unit of this district."))
    LeadChange.objects.create(
        item=item, from_unit=item.lead, to_unit=unit, decision=decision, reason=reason.strip(), changed_on=on,
        recorded_at=now, recorded_by_id=actor.user_id,
    )  # fmt: skip
    item.parts.filter(unit=unit).delete()
    JointPart.objects.create(item=item, unit=item.lead, unit_path=item.lead.path)
    item.lead, item.unit_path, item.officer, item.officer_written = unit, unit.path, None, ""
    _record_fact(item, LEAD_CHANGED, actor, on=on, now=now)
    return _saved(item, LEAD_CHANGED, actor, now, new_lead=unit.code, decision=decision.pk)


@transaction.atomic
def name_officer(
    *, actor: Actor, item_id: UUID, version: int, officer_id: int, on: date, now: datetime
) -> WorkItem:  # fmt: skip
    """Who answers for the line at the unit that leads; the unit itself may say so, too."""
    item = get_led_work(actor=actor, item_id=item_id)
    refuse_old_item(item, version)
    officer = officers_to_name(item, on=on).filter(pk=officer_id).first()
    if officer is None:
        raise Refusal("blueprint.officer", _("Choose somebody who holds a post in the unit that leads."))
    item.officer, item.officer_written = officer, ""
    return _saved(item, OFFICER_NAMED, actor, now, officer=officer.pk)


@transaction.atomic
def set_parts(*, actor: Actor, item_id: UUID, version: int, parts: Sequence[Part], now: datetime) -> WorkItem:
    """All who join, each once, with an own part and day within the line's own."""
    item = _item(actor, item_id, version)
    codes = [part.unit_code for part in parts]
    units = {unit.code: unit for unit in units_to_charge(item.plan.meeting).filter(code__in=codes)}
    if len(set(codes)) != len(codes) or set(codes) - set(units):
        raise Refusal("blueprint.part_unit", _("Choose each unit once, from this district."))
    if item.lead.code in units:
        raise Refusal("blueprint.part_of_lead", _("The unit that leads does not join as well."))
    due_on = _due_on(item)
    if due_on and any(part.due_on and part.due_on > due_on for part in parts):
        raise Refusal("blueprint.part_late", _("A part cannot end after the whole."))
    refuse_numbers(*(part.text for part in parts))
    item.parts.all().delete()
    JointPart.objects.bulk_create(
        JointPart(
            item=item, unit=units[part.unit_code], unit_path=units[part.unit_code].path, text=part.text.strip(),
            due_on=part.due_on,
        )
        for part in parts
    )  # fmt: skip
    return _saved(item, PARTS_SET, actor, now, parts=len(parts))


@transaction.atomic
def set_milestones(*, actor: Actor, item_id: UUID, version: int, steps: Sequence[Step], now: datetime) -> WorkItem:
    """Those that were reached stay; the others are laid out anew, in the order of their days."""
    item = _item(actor, item_id, version)
    if any(not step.text.strip() for step in steps):
        raise Refusal("blueprint.milestone_text", _("Say of each milestone what is to be there."))
    refuse_numbers(*(step.text for step in steps))
    due_on = _due_on(item)
    if due_on and any(step.due_on > due_on for step in steps):
        raise Refusal("blueprint.milestone_late", _("A milestone cannot lie after the deadline."))
    item.milestones.filter(reached_on=None).delete()
    taken = item.milestones.order_by("-number").values_list("number", flat=True).first() or 0
    ordered = sorted(steps, key=lambda step: step.due_on)
    Milestone.objects.bulk_create(
        Milestone(item=item, number=number, text=step.text.strip(), due_on=step.due_on)
        for number, step in enumerate(ordered, taken + 1)
    )
    return _saved(item, MILESTONES_SET, actor, now, milestones=len(steps))


@transaction.atomic
def reach_milestone(*, actor: Actor, item_id: UUID, number: int, evidence: str, on: date, now: datetime) -> Milestone:
    item = get_kept_work(actor=actor, item_id=item_id)
    row = item.milestones.select_for_update().filter(number=number).first()
    if row is None:
        raise Refusal("blueprint.milestone_not_there", _("There is no such milestone any more."))
    if row.reached_on is not None:
        return row
    if not evidence.strip():
        raise Refusal("blueprint.milestone_evidence", _("Say what shows it: a document, a link, a place to look at."))
    refuse_numbers(evidence)
    row.reached_on, row.evidence, row.reached_by_id = on, evidence.strip(), actor.user_id
    row.save()
    _record_fact(item, REACHED, actor, on=on, now=now, milestone=number)
    record_act(
        actor=actor, code=REACHED, now=now, subject=work_subject(item), unit_path=item.unit_path, milestone=number
    )
    return row


@transaction.atomic
def set_needs(*, actor: Actor, item_id: UUID, version: int, numbers: Sequence[int], now: datetime) -> WorkItem:
    """Which other lines of the plan have to be done before. The plan is locked, so that no two make a circle."""
    item = _item(actor, item_id, version)
    wanted = set(item.plan.items.filter(number__in=numbers).values_list("pk", flat=True))
    if len(wanted) != len(set(numbers)) or item.pk in wanted:
        raise Refusal("blueprint.needs_line", _("Choose other lines of this plan."))
    if item.pk in _reached_from(item, wanted):
        raise Refusal("blueprint.needs_circle", _("These lines would wait for each other in a circle."))
    item.dependencies.all().delete()
    Dependency.objects.bulk_create(Dependency(item=item, needs_id=pk) for pk in sorted(wanted))
    return _saved(item, NEEDS_SET, actor, now, needs=len(wanted))


def _reached_from(item: WorkItem, first: set[int]) -> set[int]:
    """All that has to be done before those, however far."""
    edges: dict[int, set[int]] = {}
    others = Dependency.objects.filter(item__plan=item.plan_id).exclude(item=item)
    for waits, needed in others.values_list("item", "needs"):
        edges.setdefault(waits, set()).add(needed)
    reached: set[int] = set()
    ahead = set(first)
    while ahead:
        reached |= ahead
        ahead = {needed for waits in ahead for needed in edges.get(waits, ())} - reached
    return reached


@transaction.atomic
def set_trajectory(
    *, actor: Actor, item_id: UUID, version: int, points: Sequence[Point], on: date, now: datetime
) -> WorkItem:  # fmt: skip
    """The start, the points between, the end; between two of them what is assumed is said.

    It ends by the deadline that was decided, whatever was granted since: more time moves no point, or what was missed
    would look as if it had been reached. From the day after the line was issued, what was expected until today stays:
    points until then can neither be changed nor put beside others, and what today's line asks for is fixed before later
    points change it.
    """
    item = _item(actor, item_id, version)
    ordered = sorted(points, key=lambda point: point.on)
    if len(ordered) == 1 or len({point.on for point in ordered}) != len(ordered):
        raise Refusal("blueprint.trajectory_days", _("A trajectory has a start and an end, on days of their own."))
    if item.target_number is None and ordered:
        raise Refusal("blueprint.trajectory_number", _("This line is measured by no number."))
    if ordered and ordered[-1].value != item.target_number:
        raise Refusal("blueprint.trajectory_end", _("The end of the trajectory is the number that was decided."))
    if item.due_on and ordered and ordered[-1].on > item.due_on:
        raise Refusal(
            "blueprint.trajectory_late",
            _("The trajectory ends by the deadline that was decided. More time that was granted moves no point of it."),
        )
    if any(not point.assumption.strip() for point in ordered[1:]):
        raise Refusal("blueprint.trajectory_assumption", _("Say of each point after the start what it assumes."))
    refuse_numbers(*(point.assumption for point in ordered))
    fixed = _fix_until_today(item, ordered, on=on)
    item.checkpoints.filter(is_fixed=False).delete()
    Checkpoint.objects.bulk_create(
        Checkpoint(item=item, on=point.on, value=point.value, assumption=point.assumption.strip()) for point in ordered
    )
    if fixed is not None:
        Checkpoint.objects.create(item=item, on=on, value=fixed, is_fixed=True)
    return _saved(item, TRAJECTORY_SET, actor, now, checkpoints=len(ordered))


def _fix_until_today(item: WorkItem, ordered: Sequence[Point], *, on: date) -> Decimal | None:
    """What was expected is history: redrawn, it would make a point that was missed one that was not. The number that
    today's line asks for, where other points are to follow; a line that grows asks for no less than that afterwards.

    On its day of issue nothing was held against the line yet.
    """
    issued_on = item.steps.filter(kind=StepKind.ISSUED).order_by("pk").values_list("happened_on", flat=True).first()
    if issued_on is None:
        return None
    until = on if issued_on < on else on - timedelta(days=1)
    before = list(item.checkpoints.filter(is_fixed=False).order_by("on").values_list("on", "value", "assumption"))
    after = [(point.on, point.value, point.assumption.strip()) for point in ordered]
    is_taken_out = bool(before) and not after and until == on
    if is_taken_out or [one for one in before if one[0] <= until] != [one for one in after if one[0] <= until]:
        raise Refusal(
            "blueprint.trajectory_past",
            _("What was expected until today stays as it was laid out. Set or change points that are still to come."),
        )
    if until < on or [one[:2] for one in before] == [one[:2] for one in after]:
        return None
    is_ceiling = item.target_comparison == Comparison.AT_MOST
    wanted = expect(item, on=on).quantize(Decimal("0.01"), ROUND_FLOOR if is_ceiling else ROUND_CEILING)
    grows = read_gauge(item).shape == GaugeShape.GROWING and not is_ceiling
    if grows and any(one[1] < wanted for one in after if one[0] > on and one not in before):
        raise Refusal(
            "blueprint.trajectory_falls",
            _("%(wanted)s was to be there by today: no later point asks for less.") % {"wanted": say_value(wanted)},
        )
    return None if item.checkpoints.filter(on=on).exists() else wanted


def _item(actor: Actor, item_id: UUID, version: int) -> WorkItem:
    item = get_kept_work(actor=actor, item_id=item_id)
    refuse_old_item(item, version)
    return item


def _due_on(item: WorkItem) -> date | None:
    """The deadline in force: an extension leaves room for what is still to be done."""
    return read_courses([item])[item.pk].due_on


def refuse_old_item(item: WorkItem, version: int) -> None:
    if item.version != version:
        raise Conflict("blueprint.work_changed", _("Somebody else has just changed this line. Look at it again."))


def _saved(item: WorkItem, code: str, actor: Actor, now: datetime, **detail: Any) -> WorkItem:
    item.version += 1
    item.save()
    record_act(actor=actor, code=code, now=now, subject=work_subject(item), unit_path=item.unit_path, **detail)
    return item


def _record_fact(item: WorkItem, kind: str, actor: Actor, *, on: date, now: datetime, **told: Any) -> None:
    record_fact(
        NewFact(
            kind=kind, subject_kind=WORK_SUBJECT, subject_id=item.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=item.lead_id, unit_path=item.unit_path, attributes=told,
        ),
        now=now,
    )  # fmt: skip
