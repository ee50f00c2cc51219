"""A jobseeker's appointment: booked, moved, cancelled, and what came of it.

Whoever presses first gets the last place: the slot is locked, and the places are counted under the lock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core.refusals import Refusal
from sunward.employment.access.appointments import APPOINTMENT_SUBJECT, get_appointment
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.actions.appointment_writing import (
    CAME,
    MISSED,
    refuse_old,
    refuse_settled,
    settle,
    write_booking,
    write_cancelling,
    write_move,
    write_restoring,
)
from sunward.employment.actions.files import GuidanceDetails, record_guidance, record_service, withdraw_record
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment
from sunward.ledger.queries import standing_facts

# What a talk about something is written down as; career guidance has a form of its own.
SERVICE_OF_TOPIC: Mapping[str, ServiceKind] = {
    AppointmentTopic.POLICY: ServiceKind.POLICY_BRIEFING,
    AppointmentTopic.VACANCIES: ServiceKind.COUNSELLING,
    AppointmentTopic.TRAINING: ServiceKind.TRAINING_OFFER,
    AppointmentTopic.START_UP: ServiceKind.COUNSELLING,
    AppointmentTopic.OTHER: ServiceKind.COUNSELLING,
}


@transaction.atomic
def book_appointment(
    *, actor: Actor, case_id: UUID, key: UUID, slot: UUID, topic: str, on: date, now: datetime, note: str = ""
) -> Appointment:
    """`key` is the form's own: sent twice, it is one appointment."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    known = Appointment.objects.filter(case=case, uid=key).first()
    if known is not None:
        return known
    return write_booking(case, key=key, slot=slot, topic=topic, note=note, actor=actor, on=on, now=now)


@transaction.atomic
def move_appointment(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, slot: UUID, on: date, now: datetime
) -> Appointment:
    case, row = _get(actor, case_id, appointment_id)
    return write_move(row, case=case, version=version, slot=slot, actor=actor, on=on, now=now)


@transaction.atomic
def cancel_appointment(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:
    """The place is free for others at once; it can be taken back as long as nobody has it."""
    case, row = _get(actor, case_id, appointment_id)
    return write_cancelling(row, case=case, version=version, actor=actor, on=on, now=now)


@transaction.atomic
def note_missed(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:
    case, row = _get(actor, case_id, appointment_id)
    if row.state == AppointmentState.MISSED:
        return row
    _refuse_not_yet(row, version, now=now)
    return settle(row, AppointmentState.MISSED, MISSED, case=case, actor=actor, on=on, now=now)


@transaction.atomic
def note_came(
    *,
    actor: Actor,
    case_id: UUID,
    appointment_id: UUID,
    version: int,
    key: UUID,
    on: date,
    now: datetime,
    minutes: int = 0,
    note: str = "",
    guidance: GuidanceDetails | None = None,
    next_on: date | None = None,
) -> Appointment:
    """The person came: the service is written down with it, as its topic asks for; `guidance` if it is about that."""
    case, row = _get(actor, case_id, appointment_id)
    if row.state == AppointmentState.CAME:
        return row
    _refuse_not_yet(row, version, now=now)
    happened_on = localdate(row.slot.starts_at)
    if guidance is not None:
        record = record_guidance(
            actor=actor, case_id=case_id, key=key, happened_on=happened_on, minutes=minutes, note=note,
            guidance=guidance, next_on=next_on, on=on, now=now,
        )  # fmt: skip
    elif row.topic in SERVICE_OF_TOPIC:
        record = record_service(
            actor=actor, case_id=case_id, key=key, kind=SERVICE_OF_TOPIC[row.topic], happened_on=happened_on,
            outcome=ContactOutcome.MADE, minutes=minutes, note=note, on=on, now=now,
        )  # fmt: skip
    else:
        raise Refusal("employment.guidance_unsaid_here", _("Write down what the guidance talk found."))
    return settle(
        row, AppointmentState.CAME, CAME, case=case, actor=actor, on=on, now=now, record=record.pk
    )  # fmt: skip


@transaction.atomic
def restore_appointment(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:
    """Undo: it stands again as booked. If it was noted that the person came, the record of it is withdrawn."""
    case, row = _get(actor, case_id, appointment_id)
    if row.state == AppointmentState.BOOKED:
        return row
    refuse_old(row, version)
    if row.state == AppointmentState.CAME:
        _withdraw_service(row, case, actor=actor, on=on, now=now)
    return write_restoring(row, case=case, actor=actor, on=on, now=now)


def _withdraw_service(row: Appointment, case: Case, *, actor: Actor, on: date, now: datetime) -> None:
    told = standing_facts().filter(subject_kind=APPOINTMENT_SUBJECT, subject_id=row.pk, kind=CAME).first()
    written = int(told.attributes.get("record", 0)) if told is not None else 0
    record: ServiceRecord | None = case.service_records.standing().filter(pk=written).first()
    if record is not None:
        withdraw_record(
            actor=actor, case_id=case.uid, record_id=record.uid, on=on, now=now,
            reason=gettext("It was noted by mistake that the person came."),
        )  # fmt: skip


def _get(actor: Actor, case_id: UUID, appointment_id: UUID) -> tuple[Case, Appointment]:
    """The lock on the file holds its appointments as well."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    row = get_appointment(case, appointment_id)
    refuse_closed(case)
    return case, row


def _refuse_not_yet(row: Appointment, version: int, *, now: datetime) -> None:
    refuse_old(row, version)
    refuse_settled(row)
    if localdate(row.slot.starts_at) > localdate(now):
        raise Refusal(
            "employment.appointment_not_yet", _("The day has not come yet. Note it when the person was to come.")
        )
