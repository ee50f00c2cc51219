"""What a jobseeker does about appointments on the own page: books one, moves it, cancels it, and has it back.

Nobody has more than a few ahead, nor changes them all day long: a place that one person holds is one that another
looks for in vain.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.refusals import Refusal
from sunward.employment.access.appointments import APPOINTMENT_SUBJECT, get_appointment
from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.appointment_writing import (
    BOOKED,
    CANCELLED,
    MOVED,
    RESTORED,
    refuse_old,
    write_booking,
    write_cancelling,
    write_move,
    write_restoring,
)
from sunward.employment.actions.own_page import lock_own_case
from sunward.employment.enums import AppointmentState
from sunward.employment.models import Appointment
from sunward.employment.rules import OWN_APPOINTMENTS_AHEAD, OWN_CHANGES_A_WEEK
from sunward.ledger.models import Fact


@transaction.atomic
def book_own(
    *, token: str, shown: str, key: UUID, slot: UUID, topic: str, on: date, now: datetime
) -> Appointment:  # fmt: skip
    """`key` is the form's own: sent twice, it is one appointment."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    known = Appointment.objects.filter(case=case, uid=key).select_related("slot__point", "slot__adviser").first()
    if known is not None:
        return known
    _refuse_many(case, now=now)
    _refuse_restless(case, now=now)
    return write_booking(case, key=key, slot=slot, topic=topic, actor=own_actor(on=on), on=on, now=now)


@transaction.atomic
def move_own(
    *, token: str, shown: str, appointment_id: UUID, version: int, slot: UUID, on: date, now: datetime
) -> Appointment:
    """The old time is free for others at once; without a place at the new one, nothing is changed."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    row = get_appointment(case, appointment_id)
    if row.slot.uid != slot:
        _refuse_begun(row, now=now)
        _refuse_restless(case, now=now)
    return write_move(row, case=case, version=version, slot=slot, actor=own_actor(on=on), on=on, now=now)


@transaction.atomic
def cancel_own(
    *, token: str, shown: str, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:  # fmt: skip
    """At any time before it begins, however often: a place given back helps somebody."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    row = get_appointment(case, appointment_id)
    if row.state == AppointmentState.BOOKED:
        _refuse_begun(row, now=now)
    return write_cancelling(row, case=case, version=version, actor=own_actor(on=on), on=on, now=now)


@transaction.atomic
def restore_own(
    *, token: str, shown: str, appointment_id: UUID, version: int, on: date, now: datetime
) -> Appointment:  # fmt: skip
    """Undo of what was cancelled, as long as the place is free. What came of an appointment is the office's to say."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    row = get_appointment(case, appointment_id)
    if row.state != AppointmentState.CANCELLED:
        return row
    refuse_old(row, version)
    _refuse_many(case, now=now)
    _refuse_restless(case, now=now)
    return write_restoring(row, case=case, actor=own_actor(on=on), on=on, now=now)


def _refuse_many(case: Case, *, now: datetime) -> None:
    """Whoever booked them: the office's count too."""
    ahead = Appointment.objects.filter(case=case, state=AppointmentState.BOOKED, slot__starts_at__gt=now)
    if ahead.count() >= OWN_APPOINTMENTS_AHEAD:
        raise Refusal(
            "employment.own_appointments_enough",
            _("You have %(count)d appointments ahead. Move or cancel one of them first, or call us.")
            % {"count": OWN_APPOINTMENTS_AHEAD},
        )


def _refuse_restless(case: Case, *, now: datetime) -> None:
    """Facts are never edited, so booking and cancelling in turn does not begin the count anew."""
    changed = Fact.objects.filter(
        subject_kind=APPOINTMENT_SUBJECT, subject_id__in=Appointment.objects.filter(case=case).values("pk"),
        kind__in=(BOOKED, MOVED, CANCELLED, RESTORED), actor_id=0, is_withdrawal=False,
        recorded_at__gt=now - timedelta(days=7),
    )  # fmt: skip
    if changed.count() >= OWN_CHANGES_A_WEEK:
        raise Refusal(
            "employment.own_changes_enough",
            _("You have changed your appointments often this week. Please call us, we find a time together."),
        )


def _refuse_begun(row: Appointment, *, now: datetime) -> None:
    if row.slot.starts_at <= now:
        raise Refusal("employment.own_appointment_begun", _("This time has begun already. Please call us."))
