"""A jobseeker's appointments as the own page shows them: those ahead, and those just cancelled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment
from sunward.employment.queries.points import say_advisers

SHOWN = 6


@dataclass(frozen=True, slots=True)
class OwnAppointment:
    uid: UUID
    version: int
    starts_at: datetime
    ends_at: datetime
    topic: Text
    point: str
    address: str
    phone: str
    adviser: str
    is_booked: bool


def list_own_appointments(case: Case, *, now: datetime) -> tuple[OwnAppointment, ...]:
    """The next first; what was noted for the office stays there. One query."""
    found = Appointment.objects.filter(
        case=case, state__in=(AppointmentState.BOOKED, AppointmentState.CANCELLED), slot__starts_at__gt=now
    )
    rows = (
        found.select_related("slot__point", "slot__adviser", "slot__mentor")
        .defer("note")
        .order_by("slot__starts_at", "pk")
    )
    told = [to_own(row) for row in rows]
    return tuple(sorted(told, key=lambda row: not row.is_booked)[:SHOWN])


def to_own(row: Appointment) -> OwnAppointment:
    slot = row.slot
    return OwnAppointment(
        uid=row.uid, version=row.version, starts_at=slot.starts_at, ends_at=slot.ends_at,
        topic=AppointmentTopic(row.topic).label, point=slot.point.name, address=slot.point.address,
        phone=slot.point.phone, adviser=say_advisers(slot), is_booked=row.state == AppointmentState.BOOKED,
    )  # fmt: skip
