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
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.appointments import APPOINTMENT_SUBJECT, bookable_slots, get_appointment
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.actions.files import GuidanceDetails, record_guidance, record_service, withdraw_record
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment, AppointmentSlot
from sunward.ledger.queries import standing_facts

BOOKED, MOVED, CANCELLED = (
    "employment.appointment_booked",
    "employment.appointment_moved",
    "employment.appointment_cancelled",
)
CAME, MISSED, RESTORED = (
    "employment.appointment_came",
    "employment.appointment_missed",
    "employment.appointment_restored",
)
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
    if topic not in AppointmentTopic.values:
        raise Refusal("employment.appointment_topic", _("Choose what it is about."))
    chosen = _take_place(case, slot, now=now)
    row = Appointment.objects.create(
        uid=key, slot=chosen, case=case, topic=topic, note=note.strip(), booked_at=now, booked_by_id=actor.user_id
    )
    _record(row, BOOKED, case=case, actor=actor, on=on, now=now, topic=topic)
    return row


@transaction.atomic
def move_appointment(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, slot: UUID, on: date, now: datetime
) -> Appointment:
    case, row = _get(actor, case_id, appointment_id)
    if row.slot.uid == slot and row.state == AppointmentState.BOOKED:
        return row
    _refuse_old(row, version)
    _refuse_settled(row)
    row.slot = _take_place(case, slot, now=now, moved=row)
    _save(row, "slot")
    _record(row, MOVED, case=case, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def cancel_appointment(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:
    """The place is free for others at once; it can be taken back as long as nobody has it."""
    case, row = _get(actor, case_id, appointment_id)
    if row.state == AppointmentState.CANCELLED:
        return row
    _refuse_old(row, version)
    _refuse_settled(row)
    return _settle(row, AppointmentState.CANCELLED, CANCELLED, case=case, actor=actor, on=on, now=now)


@transaction.atomic
def note_missed(
    *, actor: Actor, case_id: UUID, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:
    case, row = _get(actor, case_id, appointment_id)
    if row.state == AppointmentState.MISSED:
        return row
    _refuse_not_yet(row, version, now=now)
    return _settle(row, AppointmentState.MISSED, MISSED, case=case, actor=actor, on=on, now=now)


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
    return _settle(
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
    _refuse_old(row, version)
    if row.state == AppointmentState.CANCELLED:
        row.slot = _take_place(case, row.slot.uid, now=now)
    if row.state == AppointmentState.CAME:
        _withdraw_service(row, case, actor=actor, on=on, now=now)
    withdraw_facts(subject=(APPOINTMENT_SUBJECT, row.pk), now=now, kinds=(CAME, MISSED, CANCELLED))
    row.state = AppointmentState.BOOKED
    _save(row, "state")
    _record(row, RESTORED, case=case, actor=actor, on=on, now=now)
    return row


def _take_place(case: Case, slot_id: UUID, *, now: datetime, moved: Appointment | None = None) -> AppointmentSlot:
    """The slot, locked, with a place for one more."""
    slot = bookable_slots(case, now=now).select_for_update(of=("self",)).filter(uid=slot_id).first()
    if slot is None:
        raise Refusal("employment.slot_not_offered", _("This time is not offered any more. Choose another one."))
    standing = Appointment.objects.exclude(state=AppointmentState.CANCELLED)
    if standing.filter(slot=slot).count() >= slot.places:
        raise Refusal(
            "employment.slot_taken", _("Somebody else has just taken the last place of this time. Choose another one.")
        )
    own = standing.filter(case=case, slot__starts_at__lt=slot.ends_at, slot__ends_at__gt=slot.starts_at)
    if own.exclude(pk=moved.pk if moved is not None else 0).exists():
        raise Refusal(
            "employment.appointment_at_once",
            _("This person has an appointment at that time already. Choose another time."),
        )
    return slot


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


def _settle(
    row: Appointment, state: AppointmentState, code: str, *, case: Case, actor: Actor, on: date, now: datetime,
    **detail: int,
) -> Appointment:  # fmt: skip
    row.state = state
    _save(row, "state")
    _record(row, code, case=case, actor=actor, on=on, now=now, **detail)
    return row


def _save(row: Appointment, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _record(
    row: Appointment, code: str, *, case: Case, actor: Actor, on: date, now: datetime, **detail: str | int
) -> None:
    record_case_act(
        case, actor=actor, code=code, on=on, now=now, subject=(APPOINTMENT_SUBJECT, row.pk), attributes=dict(detail)
    )


def _refuse_old(row: Appointment, version: int) -> None:
    if version != row.version:
        raise Conflict(
            "employment.appointment_changed", _("Somebody else has just changed this appointment. Look at it again.")
        )


def _refuse_settled(row: Appointment) -> None:
    if row.state != AppointmentState.BOOKED:
        raise Conflict(
            "employment.appointment_settled", _("This appointment is settled already. Look at the file again.")
        )


def _refuse_not_yet(row: Appointment, version: int, *, now: datetime) -> None:
    _refuse_old(row, version)
    _refuse_settled(row)
    if localdate(row.slot.starts_at) > localdate(now):
        raise Refusal(
            "employment.appointment_not_yet", _("The day has not come yet. Note it when the person was to come.")
        )
