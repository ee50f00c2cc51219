"""Whom an employment officer expects today, and of whom nobody has said whether they came."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.employment.enums import AppointmentTopic
from sunward.employment.queries.appointments import waiting_today

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.employment.models import Appointment


def list_appointments_today(actor: Actor, on: date) -> "QuerySet[Appointment]":
    return waiting_today(actor, on=on)


def tell_appointment(row: "Appointment", on: date) -> ToDo:
    """Of a day that has passed the day is told, of today the hour."""
    at = localtime(row.slot.starts_at)
    is_past = localdate(row.slot.starts_at) < on
    return ToDo(
        title=row.case.person.name,
        href=reverse("employment:jobseeker", args=[row.case.uid]),
        note=f"{AppointmentTopic(row.topic).label} · {row.slot.point.name}",
        word=date_format(at, "m-d H:i" if is_past else "H:i"),
        tone="warn" if is_past else "info",
        person=row.case.person.name,
    )
