"""Reminding a jobseeker the day before; each appointment once, and once more where it was moved."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.casework.enums import CaseState
from sunward.employment.actions.appointment_telling import ABOUT, say_when_and_where
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose


def list_to_remind(*, on: date) -> list[int]:
    """Those of tomorrow, the earliest first."""
    tomorrow = Appointment.objects.filter(
        state=AppointmentState.BOOKED, slot__starts_at__date=on + timedelta(days=1), case__state=CaseState.OPEN
    )
    return list(tomorrow.order_by("slot__starts_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def remind_of_appointment(*, appointment_pk: int, now: datetime) -> None:
    """Asked again under a lock: what was cancelled in this moment is not told."""
    standing = Appointment.objects.filter(pk=appointment_pk, state=AppointmentState.BOOKED)
    found = standing.select_for_update(of=("self",)).select_related("case", "slot__point")
    row = found.first()
    if row is None or row.slot.starts_at <= now:
        return
    with override(settings.LANGUAGE_CODE):
        write_personal(
            key=f"{ABOUT}:{row.pk}:{row.slot_id}", purpose=MessagePurpose.VISIT, reference=row.case.reference,
            body=_compose(row), unit_path=row.case.unit_path, now=now, person_id=row.case.person_id, about=ABOUT,
            about_id=row.pk,
        )  # fmt: skip


def _compose(row: Appointment) -> str:
    """One thing a line; the person is not named, and what was noted for the office stays there."""
    point = row.slot.point
    lines = [
        _("You have an appointment tomorrow."),
        "",
        *say_when_and_where(row.slot),
        _("What about: %(topic)s") % {"topic": AppointmentTopic(row.topic).label},
    ]
    if point.phone:
        lines += [
            "",
            _("You cannot come? Please call %(phone)s: somebody else may have the time.") % {"phone": point.phone},
        ]
    return "\n".join(lines)
