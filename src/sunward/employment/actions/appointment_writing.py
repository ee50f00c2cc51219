"""The rows of an appointment, whoever changes it: the place that is taken, the state, the facts, and who is told.

Within the caller's act, with the file locked: that lock holds its appointments as well.
"""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.appointments import APPOINTMENT_SUBJECT, bookable_slots
from sunward.employment.actions.appointment_telling import tell_cancelled, tell_closed, tell_moved, tell_restored
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment, AppointmentSlot

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


def write_booking(
    case: Case, *, key: UUID, slot: UUID, topic: str, actor: Actor, on: date, now: datetime, note: str = ""
) -> Appointment:
    if topic not in AppointmentTopic.values:
        raise Refusal("employment.appointment_topic", _("Choose what it is about."))
    row = Appointment.objects.create(
        uid=key, slot=take_place(case, slot, now=now), case=case, topic=topic, note=note.strip(), booked_at=now,
        booked_by_id=actor.user_id,
    )  # fmt: skip
    record(row, BOOKED, case=case, actor=actor, on=on, now=now, topic=topic)
    return row


def write_move(
    row: Appointment, *, case: Case, version: int, slot: UUID, actor: Actor, on: date, now: datetime
) -> Appointment:
    """To another time; chosen twice, it is moved once."""
    if row.slot.uid == slot and row.state == AppointmentState.BOOKED:
        return row
    refuse_old(row, version)
    refuse_settled(row)
    before = row.slot
    row.slot = take_place(case, slot, now=now, moved=row)
    save(row, "slot")
    record(row, MOVED, case=case, actor=actor, on=on, now=now)
    tell_moved(row, before, case=case, actor=actor, on=on, now=now)
    return row


def write_cancelling(
    row: Appointment, *, case: Case, version: int, actor: Actor, on: date, now: datetime
) -> Appointment:  # fmt: skip
    """The place is free for others at once."""
    if row.state == AppointmentState.CANCELLED:
        return row
    refuse_old(row, version)
    refuse_settled(row)
    settle(row, AppointmentState.CANCELLED, CANCELLED, case=case, actor=actor, on=on, now=now)
    tell_cancelled(row, case=case, actor=actor, on=on, now=now)
    return row


def cancel_ahead(case: Case, *, is_told: bool, actor: Actor, on: date, now: datetime) -> None:
    """The file is closed: others can have its places. Of days that have passed it stays as it was noted, or was not."""
    ahead = Appointment.objects.filter(case=case, state=AppointmentState.BOOKED, slot__starts_at__gt=now)
    for row in ahead.select_related("slot__point").order_by("pk"):
        settle(row, AppointmentState.CANCELLED, CANCELLED, case=case, actor=actor, on=on, now=now)
        tell_closed(row, is_told=is_told, case=case, actor=actor, now=now)


def write_restoring(row: Appointment, *, case: Case, actor: Actor, on: date, now: datetime) -> Appointment:
    """It stands again as booked; what was cancelled needs a place that is still free, and is told."""
    was_cancelled, version = row.state == AppointmentState.CANCELLED, row.version
    if was_cancelled:
        row.slot = take_place(case, row.slot.uid, now=now)
    withdraw_facts(subject=(APPOINTMENT_SUBJECT, row.pk), now=now, kinds=(CAME, MISSED, CANCELLED))
    row.state = AppointmentState.BOOKED
    save(row, "state")
    record(row, RESTORED, case=case, actor=actor, on=on, now=now)
    if was_cancelled:
        tell_restored(row, cancelled_as=version, case=case, actor=actor, on=on, now=now)
    return row


def take_place(case: Case, slot_id: UUID, *, now: datetime, moved: Appointment | None = None) -> AppointmentSlot:
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
            "employment.appointment_at_once", _("There is an appointment at that time already. Choose another time.")
        )
    return slot


def settle(
    row: Appointment, state: AppointmentState, code: str, *, case: Case, actor: Actor, on: date, now: datetime,
    **detail: int,
) -> Appointment:  # fmt: skip
    row.state = state
    save(row, "state")
    record(row, code, case=case, actor=actor, on=on, now=now, **detail)
    return row


def save(row: Appointment, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def record(
    row: Appointment, code: str, *, case: Case, actor: Actor, on: date, now: datetime, **detail: str | int
) -> None:
    record_case_act(
        case, actor=actor, code=code, on=on, now=now, subject=(APPOINTMENT_SUBJECT, row.pk), attributes=dict(detail)
    )


def refuse_old(row: Appointment, version: int) -> None:
    if version != row.version:
        raise Conflict(
            "employment.appointment_changed", _("Somebody else has just changed this appointment. Look at it again.")
        )


def refuse_settled(row: Appointment) -> None:
    if row.state != AppointmentState.BOOKED:
        raise Conflict("employment.appointment_settled", _("This appointment is settled already. Look at it again."))
