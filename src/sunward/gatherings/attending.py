"""Who came, as facts: one for each person who came at all, and one with the hours. Rewritten when it is corrected."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sunward.accounts.access import Actor
from sunward.gatherings.enums import Presence
from sunward.gatherings.models import Attendance, Gathering, Session
from sunward.gatherings.recording import ATTENDANCE_SUBJECT, head_fact, what_tells_apart, withdraw_head_facts
from sunward.ledger.actions import NewFact, record_many

# From how long before it begins people are checked in.
DOOR_OPENS_BEFORE = timedelta(minutes=60)
# How long after the end the emergency contacts may still be read.
SHEET_KEPT_FOR = timedelta(hours=24)


def record_attendance_facts(
    gathering: Gathering, *, actor: Actor, now: datetime, sign_up_ids: Collection[int] | None = None
) -> int:
    """Put the facts of these sign-ups, or of all, in line with their attendance; returns how many came."""
    marked = Attendance.objects.filter(sign_up__gathering=gathering)
    if sign_up_ids is not None:
        withdraw_head_facts(sign_up_ids, subject_kind=ATTENDANCE_SUBJECT, now=now)
        marked = marked.filter(sign_up__in=sign_up_ids)
    came: dict[int, list[Attendance]] = defaultdict(list)
    for row in marked.filter(presence=Presence.CAME).select_related("sign_up__person", "session").order_by("pk"):
        came[row.sign_up_id].append(row)
    told = what_tells_apart(gathering) if came else {}
    facts = [fact for rows in came.values() for fact in _facts(gathering, rows, told, actor)]
    record_many(facts, now=now)
    return len(came)


def _facts(gathering: Gathering, rows: list[Attendance], told: Mapping[str, Any], actor: Actor) -> list[NewFact]:
    on = min(localdate(row.session.begins_at) for row in rows)
    hours = sum((_hours(row.session) for row in rows), Decimal(0))
    sign_up = rows[0].sign_up
    return [
        head_fact(
            gathering, sign_up, told, actor=actor, kind=kind, on=on, subject_kind=ATTENDANCE_SUBJECT, quantity=quantity
        )
        for kind, quantity in (("gatherings.attended", Decimal(1)), ("gatherings.hours", hours))
    ]  # fmt: skip


def _hours(session: Session) -> Decimal:
    seconds = Decimal((session.ends_at - session.begins_at).total_seconds())
    return (seconds / 3600).quantize(Decimal("0.01"))


def session_now(gathering: Gathering, *, now: datetime) -> Session | None:
    """The session that people are coming to at this moment: running, or beginning within the hour."""
    near = gathering.sessions.filter(begins_at__lte=now + DOOR_OPENS_BEFORE, ends_at__gte=now)
    return near.order_by("begins_at").first()
