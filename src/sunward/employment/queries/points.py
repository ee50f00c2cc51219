"""Leye Spaces as they are listed and shown: public facts, who advises there, and when the next time is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Text
from sunward.core.wording import join_words
from sunward.employment.access.points import current_advisers, current_mentors, keeps_point, point_units, visible_points
from sunward.employment.enums import AdviserTitle, AppointmentState
from sunward.employment.models import AppointmentSlot, ServicePoint, SpaceAdviser

# A page shows so many times to come; the rest stands under its day.
TIMES_SHOWN = 40
# So long who was ended by mistake can be taken back on the page.
ENDED_SHOWN_DAYS = 30
# How many may still come to a time.
FREE = F("places") - Count("appointments", filter=~Q(appointments__state=AppointmentState.CANCELLED))


@dataclass(frozen=True, slots=True)
class PointRow:
    uid: UUID
    name: str
    unit_name: str
    address: str
    phone: str
    hours: str
    is_open: bool
    next_free_at: datetime | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """`free`: how many may still come."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    adviser: str
    places: int
    free: int


@dataclass(frozen=True, slots=True)
class AdviserRow:
    """Who advises with a title; `is_over`: ended of late, and can be taken back."""

    uid: UUID
    version: int
    title: Text
    name: str
    knows: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class PointPage:
    row: PointRow
    version: int
    facts: tuple[Fact, ...]
    advisers: tuple[AdviserRow, ...]
    slots: tuple[SlotRow, ...]
    is_cut: bool
    may_change: bool


def list_points(actor: Actor, *, now: datetime) -> tuple[PointRow, ...]:
    """Those of the district, the actor's own sub-districts first, closed ones last. Two queries."""
    rows = list(visible_points(actor).select_related("unit").order_by("unit_path", "name"))
    free = _next_free([row.pk for row in rows], now=now)
    rows.sort(key=lambda row: (not row.is_open, not keeps_point(actor, row)))
    return tuple(_to_row(row, free.get(row.pk)) for row in rows)


def read_point(point: ServicePoint, actor: Actor, *, now: datetime) -> PointPage:
    """Two queries beside the row itself."""
    found = slots_to_come(now=now).filter(point=point).annotate(free=FREE)
    slots = list(found.order_by("starts_at", "pk")[: TIMES_SHOWN + 1])
    shown = slots[:TIMES_SHOWN]
    next_free = next((slot.starts_at for slot in slots if slot.free > 0), None)
    return PointPage(
        row=_to_row(point, next_free if point.is_open else None),
        version=point.version,
        facts=(
            Fact(_("Sub-district"), point.unit.name),
            Fact(_("Address"), point.address),
            Fact(_("Telephone"), point.phone),
            Fact(_("Opening hours"), point.hours),
            Fact(_("Who advises there"), join_words(dict.fromkeys(str(slot.adviser) for slot in slots))),
        ),
        advisers=_list_advisers(point, on=localdate(now), is_kept=keeps_point(actor, point)),
        slots=tuple(to_slot(slot) for slot in shown),
        is_cut=len(slots) > len(shown),
        may_change=keeps_point(actor, point),
    )


def slots_to_come(*, now: datetime) -> QuerySet[AppointmentSlot]:
    """Times that have not begun."""
    return AppointmentSlot.objects.filter(withdrawn_at=None, starts_at__gt=now).select_related(
        "adviser", "point", "mentor"
    )


def to_slot(slot: AppointmentSlot) -> SlotRow:
    """`slot` is annotated with how many are `free`."""
    free: int = slot.free  # type: ignore[attr-defined]
    return SlotRow(slot.uid, slot.starts_at, slot.ends_at, say_advisers(slot), slot.places, max(0, free))


def say_advisers(slot: AppointmentSlot) -> str:
    """The officer who advises, and the city mentor who sits in."""
    if slot.mentor is None:
        return str(slot.adviser)
    said = gettext("%(adviser)s, with city mentor %(mentor)s (%(knows)s)")
    return said % {"adviser": slot.adviser, "mentor": slot.mentor.name, "knows": slot.mentor.knows}


def mentor_choices(point: ServicePoint, *, on: date) -> list[tuple[str, str]]:
    return [(str(row.uid), f"{row.name} · {row.knows}") for row in current_mentors(point, on=on).order_by("name", "pk")]


def _list_advisers(point: ServicePoint, *, on: date, is_kept: bool) -> tuple[AdviserRow, ...]:
    """The chief first, whom it ended with last. One query."""
    found = current_advisers(point, on=on)
    if is_kept:
        found |= SpaceAdviser.objects.filter(point=point, until_on__gt=on - timedelta(days=ENDED_SHOWN_DAYS))
    rows = found.select_related("officer").order_by(F("until_on").desc(nulls_first=True), "title", "from_on", "pk")
    return tuple(
        AdviserRow(
            row.uid, row.version, AdviserTitle(row.title).label, str(row), row.knows,
            row.until_on is not None and row.until_on <= on,
        )
        for row in rows
    )  # fmt: skip


def point_unit_choices(actor: Actor) -> list[tuple[str, str]]:
    return list(point_units(actor).order_by("path").values_list("code", "name"))


def _next_free(points: Sequence[int], *, now: datetime) -> dict[int, datetime]:
    """The earliest of each: it is told last and stays."""
    found = slots_to_come(now=now).filter(point__in=points, point__is_open=True).annotate(free=FREE)
    return dict(found.filter(free__gt=0).order_by("-starts_at").values_list("point_id", "starts_at"))


def _to_row(point: ServicePoint, next_free_at: datetime | None) -> PointRow:
    return PointRow(
        point.uid, point.name, point.unit.short_name, point.address, point.phone, point.hours, point.is_open,
        next_free_at,
    )  # fmt: skip
