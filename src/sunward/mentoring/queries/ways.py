"""Who is on her way to a home, as she and as the staff see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from sunward.accounts.access import Actor
from sunward.casework.timeline import names_of
from sunward.mentoring.access import own_matches, visible_ways
from sunward.mentoring.models import SafeReturn
from sunward.mentoring.ways import GRACE, LAST_RUNG, rung_due


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A way out that has not ended, for her own button. `child` is empty where her match no longer lets her read."""

    uid: UUID
    match_id: UUID
    child: str
    set_out_at: datetime
    expected_back_at: datetime


def list_own_ways(actor: Actor) -> tuple[OpenWay, ...]:
    """One query. Whatever has become of the match meanwhile, she can still say that she is back."""
    found = SafeReturn.objects.filter(by_id=actor.user_id, back_at=None, closed_at=None)
    found = found.annotate(is_hers=Exists(own_matches(actor).filter(pk=OuterRef("match"))))
    return tuple(_way(row) for row in found.select_related("match__case__person").order_by("expected_back_at", "pk"))


def find_own_way(actor: Actor, *, match_id: UUID) -> OpenWay | None:
    return next((way for way in list_own_ways(actor) if way.match_id == match_id), None)


def _way(row: Any) -> OpenWay:
    child = row.match.case.person.name if row.is_hers else ""
    return OpenWay(row.uid, row.match.uid, child, row.set_out_at, row.expected_back_at)


@dataclass(frozen=True, slots=True)
class WayFile:
    """A way out as the staff see it: whom to call and what has been said."""

    uid: UUID
    mentor: str
    mentor_id: UUID
    child: str
    case_id: UUID
    committee: str
    set_out_at: datetime
    expected_back_at: datetime
    is_open: bool
    is_late: bool
    back_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    words: str


def read_way_file(way: SafeReturn, *, now: datetime) -> WayFile:
    """`way` comes through the gate. One query at most."""
    match, is_open = way.match, way.back_at is None and way.closed_at is None
    return WayFile(
        uid=way.uid,
        mentor=match.mentor.person.name,
        mentor_id=match.mentor.uid,
        child=match.case.person.name,
        case_id=match.case.uid,
        committee=match.case.unit.name,
        set_out_at=way.set_out_at,
        expected_back_at=way.expected_back_at,
        is_open=is_open,
        is_late=is_open and now > way.expected_back_at,
        back_at=way.back_at,
        closed_at=way.closed_at,
        closed_by=names_of([way.closed_by_id]).get(way.closed_by_id, "") if way.closed_by_id else "",
        words=way.words,
    )


def list_not_back(actor: Actor) -> "QuerySet[SafeReturn]":
    """Whose grace is over, as the clock has told; the longest first."""
    found = visible_ways(actor).filter(rung__gt=0, back_at=None, closed_at=None)
    return found.select_related("match__mentor__person", "match__case__unit").order_by("expected_back_at", "pk")


def list_due_ways(*, now: datetime) -> tuple[int, ...]:
    """Of which somebody has to be told by now."""
    late = SafeReturn.objects.filter(back_at=None, closed_at=None, expected_back_at__lte=now - GRACE)
    rows = late.filter(rung__lt=LAST_RUNG).order_by("expected_back_at", "pk")
    return tuple(way.pk for way in rows if rung_due(way.expected_back_at, now=now) > way.rung)
