"""Who may see an appointment: whoever keeps the jobseeker's file, and nobody else; not even where it takes place.

So a jobseeker is booked in only with somebody who keeps the file anyway.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Absence
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.access.officers import posts_over
from sunward.employment.models import Appointment, AppointmentSlot

APPOINTMENT_SUBJECT = "appointment"
BOOKED_AHEAD_DAYS = 60


def visible_appointments(actor: Actor) -> QuerySet[Appointment]:
    return Appointment.objects.filter(case__in=visible_jobseekers(actor))


def bookable_slots(case: Case, *, now: datetime) -> QuerySet[AppointmentSlot]:
    """Times to come at open places of the district, with advisers who keep this file and are there on that day.

    Full ones are among them: whether a place is left is asked once more under a lock.
    """
    district = f"/{case.unit_path.strip('/').split('/')[0]}/"
    advisers = posts_over(case.unit_path, on=localdate(now)).values("user_id")
    away = Absence.objects.filter(
        user=OuterRef("adviser"), from_on__lte=OuterRef("starts_at__date"), until_on__gt=OuterRef("starts_at__date")
    )
    found = AppointmentSlot.objects.filter(
        withdrawn_at=None, starts_at__gt=now, starts_at__lt=now + timedelta(days=BOOKED_AHEAD_DAYS),
        point__is_open=True, point__unit_path__startswith=district, adviser__in=advisers,
    )  # fmt: skip
    return found.exclude(Exists(away))


def get_appointment(case: Case, appointment_id: UUID) -> Appointment:
    """One of this file, which came through its own gate."""
    found = Appointment.objects.filter(case=case).select_related("slot__point", "slot__adviser")
    row = found.filter(uid=appointment_id).first()
    if row is None:
        raise NotThere("employment.appointment_not_there", _("There is no such appointment on this file."))
    return row
