"""A meeting is approved: what was decided is frozen, and its lines become the work of a plan."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.blueprint.access import get_kept_meeting, meeting_subject, units_to_charge
from sunward.blueprint.actions.meetings import refuse_approved, refuse_day_of_stocktake, refuse_old
from sunward.blueprint.enums import LineState, MeetingState
from sunward.blueprint.models import Decision, DeliveryPlan, JointPart, Meeting, PaperLine, PlanGoal, WorkItem
from sunward.blueprint.queries.stocktake import freeze_agenda, read_agenda
from sunward.blueprint.recording import record_approval
from sunward.core.refusals import Refusal

APPROVED = "blueprint.meeting_approved"


@transaction.atomic
def approve_meeting(*, actor: Actor, meeting_id: UUID, version: int, on: date, now: datetime) -> DeliveryPlan:
    """All lines become work at once, or none does. Of a stocktake the agenda is kept as those saw it who met; one at
    which nothing was decided makes no plan and gives the one that it looked at."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    refuse_old(meeting, version)
    lines = list(meeting.lines.select_related("lead").order_by("-is_decision", "number"))
    confirmed = [line for line in lines if line.state == LineState.CONFIRMED]
    _refuse_unready(meeting, lines, confirmed, on=on)
    if meeting.looks_at is not None:
        DeliveryPlan.objects.select_for_update().get(pk=meeting.looks_at.pk)
        refuse_day_of_stocktake(meeting.looks_at, meeting.met_on)
        seen = min(now, make_aware(datetime.combine(meeting.met_on, time.max)))
        agenda = read_agenda(actor, meeting.looks_at, on=meeting.met_on, known_until=seen)
        freeze_agenda(agenda, meeting, actor=actor, now=now)
    meeting.state, meeting.approved_on, meeting.approved_at = MeetingState.APPROVED, on, now
    meeting.approved_by_id = actor.user_id
    meeting.version += 1
    meeting.save()
    decisions = _decide(meeting, confirmed, actor, now)
    plan = _plan_of(meeting, confirmed, actor, now)
    items = _begin_work(plan, confirmed, decisions, now) if confirmed else []
    record_approval(meeting, items, actor=actor, on=on, now=now)
    record_act(
        actor=actor, code=APPROVED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        decisions=len(decisions), work_lines=len(items),
    )  # fmt: skip
    return plan


def _plan_of(meeting: Meeting, confirmed: list[PaperLine], actor: Actor, now: datetime) -> DeliveryPlan:
    if meeting.looks_at is not None and not confirmed:
        return meeting.looks_at
    return DeliveryPlan.objects.create(
        meeting=meeting, unit=meeting.unit, unit_path=meeting.unit_path, title=meeting.title, made_at=now,
        made_by_id=actor.user_id,
    )  # fmt: skip


def _refuse_unready(meeting: Meeting, lines: list[PaperLine], confirmed: list[PaperLine], *, on: date) -> None:
    if any(line.state == LineState.OPEN for line in lines):
        raise Refusal("blueprint.lines_open", _("Lines are still to be looked at: confirm them or leave them out."))
    is_stocktake_alone = meeting.looks_at is not None and not confirmed
    if not is_stocktake_alone and not any(line.is_decision for line in confirmed):
        raise Refusal("blueprint.nothing_decided", _("Confirm at least one decision of the meeting."))
    if on < meeting.met_on:
        raise Refusal("blueprint.approved_too_early", _("A meeting is not approved before it has taken place."))
    codes = {code for line in confirmed for code in line.joint_codes} | {_lead(line).code for line in confirmed}
    if codes - set(units_to_charge(meeting).filter(code__in=codes).values_list("code", flat=True)):
        raise Refusal("blueprint.unit_gone", _("A unit of one of the lines is no more. Take that line up again."))


def _lead(line: PaperLine) -> Unit:
    assert line.lead is not None, "the database holds it"
    return line.lead


def _decide(meeting: Meeting, lines: list[PaperLine], actor: Actor, now: datetime) -> dict[int, Decision]:
    """By the line that it comes of."""
    decided = [line for line in lines if line.is_decision]
    Decision.objects.bulk_create(
        Decision(
            meeting=meeting, number=line.number, topic=line.goal[:120], text=line.text, decided_on=meeting.met_on,
            instead_of_id=line.instead_of_id,
            recorded_at=now, recorded_by_id=actor.user_id,
        )
        for line in decided
    )  # fmt: skip
    by_number = {decision.number: decision for decision in meeting.decisions.all()}
    return {line.pk: by_number[line.number] for line in decided}


def _begin_work(
    plan: DeliveryPlan, lines: list[PaperLine], decisions: dict[int, Decision], now: datetime
) -> list[WorkItem]:
    goals = _goals(plan, lines)
    WorkItem.objects.bulk_create(
        WorkItem(
            plan=plan, goal=goals[line.section, line.goal], question_id=line.question_id or 0,
            decision=decisions.get(line.pk), number=number, text=line.text, lead=line.lead,
            unit_path=_lead(line).path, officer_written=line.officer_written, due_on=line.due_on,
            review_on=line.review_on, target_text=line.target_text, target_number=line.target_number,
            target_unit=line.target_unit, target_comparison=line.target_comparison, made_at=now,
        )
        for number, line in enumerate(lines, 1)
    )  # fmt: skip
    items = list(plan.items.order_by("number"))
    units = {unit.code: unit for unit in units_to_charge(plan.meeting)}
    JointPart.objects.bulk_create(
        JointPart(item=item, unit=units[code], unit_path=units[code].path)
        for item, line in zip(items, lines, strict=True)
        for code in line.joint_codes
    )
    return items


def _goals(plan: DeliveryPlan, lines: list[PaperLine]) -> dict[tuple[str, str], PlanGoal]:
    named = list(dict.fromkeys((line.section, line.goal) for line in lines))
    PlanGoal.objects.bulk_create(
        PlanGoal(plan=plan, number=number, section=section, text=text)
        for number, (section, text) in enumerate(named, 1)
    )
    return {(goal.section, goal.text): goal for goal in plan.goals.all()}
