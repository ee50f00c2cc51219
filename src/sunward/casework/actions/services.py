"""Service records, and with them the day of the last successful contact."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.enums import ContactOutcome, GoalState, ServiceKind
from sunward.casework.models import Case, Goal, ServiceRecord
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import NotThere, Refusal

RECORD_SUBJECT = "service_record"
LONGEST_MINUTES = 24 * 60


@transaction.atomic
def record_service(
    *,
    actor: Actor,
    case_id: UUID,
    kind: ServiceKind,
    happened_on: date,
    outcome: ContactOutcome,
    on: date,
    now: datetime,
    minutes: int = 0,
    topics: Sequence[str] = (),
    note: str = "",
    goal_id: UUID | None = None,
) -> ServiceRecord:
    """A contact or service by casework people, for a goal of the care plan if one is named."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    goal = case.goals.filter(uid=goal_id, state=GoalState.OPEN).first() if goal_id else None
    if goal_id and goal is None:
        raise NotThere("casework.goal_not_open", _("This goal is not open any more. Choose another, or none."))
    return write_service(
        actor=actor, case=case, kind=kind, happened_on=happened_on, outcome=outcome, on=on, now=now, minutes=minutes,
        topics=topics, note=note, goal=goal,
    )  # fmt: skip


@transaction.atomic
def write_service(
    *,
    actor: Actor,
    case: Case,
    kind: ServiceKind,
    happened_on: date,
    outcome: ContactOutcome,
    on: date,
    now: datetime,
    minutes: int = 0,
    topics: Sequence[str] = (),
    note: str = "",
    uid: UUID | None = None,
    goal: Goal | None = None,
) -> ServiceRecord:
    """The same for whoever came through another gate, as a mentor does through her match. Locks the file itself.

    `uid` is chosen by a caller who must be able to recognise the same record sent twice.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_closed(case)
    if happened_on > on:
        raise Refusal("casework.day_in_future", _("The day has not come yet. Record it when it has happened."))
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise Refusal("casework.minutes_impossible", _("A day has 1440 minutes at most."))
    record = ServiceRecord.objects.create(
        uid=uid or uuid4(), case=case, kind=kind, happened_on=happened_on, outcome=outcome, minutes=minutes,
        topics=list(topics), note=note, by_id=actor.user_id or None, recorded_at=now, unit_path=case.unit_path,
        goal=goal,
    )  # fmt: skip
    write_last_contact(case)
    record_case_act(
        case, actor=actor, code=_code(record), on=happened_on, now=now, subject=(RECORD_SUBJECT, record.pk),
        attributes={"kind": str(kind), "minutes": minutes},
    )  # fmt: skip
    return record


@transaction.atomic
def withdraw_service(*, actor: Actor, case_id: UUID, record_id: UUID, reason: str, on: date, now: datetime) -> None:
    """Take back a record made in error. The row stays, struck out; its fact is withdrawn."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    strike_service(actor=actor, case=case, record_id=record_id, reason=reason, on=on, now=now)


def strike_service(*, actor: Actor, case: Case, record_id: UUID, reason: str, on: date, now: datetime) -> None:
    """The same for whoever came through another gate; the file is locked by the caller."""
    record = case.service_records.standing().filter(uid=record_id).first()
    if record is None:
        raise NotThere("casework.record_not_there", _("There is no such record, or it was withdrawn already."))
    if not reason.strip():
        raise Refusal("casework.reason_missing", _("Write down why."))
    record.withdrawn_at, record.withdrawn_by_id, record.withdraw_reason = now, actor.user_id, reason.strip()[:200]
    record.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdraw_reason"])
    write_last_contact(case)
    withdraw_facts(subject=(RECORD_SUBJECT, record.pk), now=now)
    record_case_act(
        case, actor=actor, code="casework.service_withdrawn", on=on, now=now, attributes={"record": record.pk}
    )


def write_last_contact(case: Case) -> None:
    """Bring the column back to its definition: the latest day of a standing, successful contact."""
    latest = case.service_records.made().aggregate(day=Max("happened_on"))["day"]
    if latest != case.last_contact_on:
        case.last_contact_on = latest
        case.save(update_fields=["last_contact_on"])


def _code(record: ServiceRecord) -> str:
    return "casework.contact_made" if record.outcome == ContactOutcome.MADE else "casework.contact_attempted"
