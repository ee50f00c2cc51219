"""Appointments: those of a file, those of a day, and the times into which somebody can be booked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.furniture import Text, Tone
from sunward.employment.access.appointments import bookable_slots, visible_appointments
from sunward.employment.access.officers import officer_posts, posts_over
from sunward.employment.enums import AppointmentState, AppointmentTopic
from sunward.employment.models import Appointment, AppointmentSlot, ServicePoint
from sunward.employment.queries.points import FREE, say_advisers

OFFERED_AT_MOST, SHOWN_ON_FILE = 120, 6
# So long a day that has passed stays on the list of whoever has not said what came of it.
UNSETTLED_DAYS = 14
_TONES: dict[str, Tone] = {"booked": "info", "came": "good", "missed": "warn", "cancelled": "off"}


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    uid: UUID
    version: int
    case_uid: UUID
    name: str
    starts_at: datetime
    ends_at: datetime
    topic: Text
    point: str
    adviser: str
    note: str
    state: Text
    tone: Tone
    is_booked: bool
    is_cancelled: bool
    has_come: bool


def of_file(case: Case, *, now: datetime) -> tuple[AppointmentRow, ...]:
    """The next first, then those that have been. One query."""
    rows = sorted(
        _told(Appointment.objects.filter(case=case)), key=lambda row: (row.slot.starts_at <= now, row.slot.starts_at)
    )
    ahead = [row for row in rows if row.slot.starts_at > now]
    behind = [row for row in rows if row.slot.starts_at <= now][::-1]
    return tuple(to_row(row, now=now) for row in [*ahead, *behind][:SHOWN_ON_FILE])


def of_day(actor: Actor, day: date, *, mine: bool, now: datetime) -> tuple[AppointmentRow, ...]:
    """Of files that the actor keeps; among hers stand those of an adviser who has left, or nobody would expect them."""
    found = visible_appointments(actor).filter(slot__starts_at__date=day)
    if mine:
        adviser_is_here = officer_posts(on=localdate(now)).filter(user=OuterRef("slot__adviser"))
        found = found.filter(Q(slot__adviser_id=actor.user_id) | ~Exists(adviser_is_here))
    return tuple(to_row(row, now=now) for row in _told(found).order_by("slot__starts_at", "pk"))


def waiting_today(actor: Actor, *, on: date) -> QuerySet[Appointment]:
    """Whom the actor expects today, and of the last days those of whom nobody has said whether they came."""
    found = visible_appointments(actor).filter(
        slot__adviser_id=actor.user_id, state=AppointmentState.BOOKED, slot__starts_at__date__lte=on,
        slot__starts_at__date__gt=on - timedelta(days=UNSETTLED_DAYS),
    )  # fmt: skip
    return _told(found).order_by("slot__starts_at", "pk")


def slot_choices(case: Case, *, now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Free times by place: those of the file's own sub-district first. One query."""
    free = bookable_slots(case, now=now).annotate(free=FREE).filter(free__gt=0)
    rows = list(free.select_related("point", "adviser", "mentor").order_by("starts_at", "pk")[:OFFERED_AT_MOST])
    rows.sort(key=lambda slot: (not case.unit_path.startswith(slot.point.unit_path), slot.point.name, slot.point_id))
    return [
        (name, [(str(slot.uid), _say_slot(slot)) for slot in slots])
        for name, slots in groupby(rows, key=lambda slot: slot.point.name)
    ]


def has_free_slot(case: Case, *, now: datetime) -> bool:
    return bookable_slots(case, now=now).annotate(free=FREE).filter(free__gt=0).exists()


def adviser_choices(point: ServicePoint, *, on: date) -> list[tuple[str, str]]:
    """Who can have times at a place: the employment officers of its office and of those above."""
    posts = posts_over(point.unit_path, on=on).select_related("user", "unit").order_by("-unit__path", "user__name")
    found: dict[str, str] = {}
    for post in posts:
        found.setdefault(post.user.username, f"{post.user} · {post.unit.short_name}")
    return list(found.items())


def to_row(row: Appointment, *, now: datetime) -> AppointmentRow:
    slot = row.slot
    return AppointmentRow(
        uid=row.uid,
        version=row.version,
        case_uid=row.case.uid,
        name=row.case.person.name,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        topic=AppointmentTopic(row.topic).label,
        point=slot.point.name,
        adviser=say_advisers(slot),
        note=row.note,
        state=AppointmentState(row.state).label,
        tone=_TONES[row.state],
        is_booked=row.state == AppointmentState.BOOKED,
        is_cancelled=row.state == AppointmentState.CANCELLED,
        has_come=localdate(slot.starts_at) <= localdate(now),
    )


def _told(found: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return found.select_related("case__person", "slot__point", "slot__adviser", "slot__mentor")


def _say_slot(slot: AppointmentSlot) -> str:
    begins, ends = localtime(slot.starts_at), localtime(slot.ends_at)
    return f"{date_format(begins, 'Y-m-d l H:i')}–{date_format(ends, 'H:i')} · {say_advisers(slot)}"
