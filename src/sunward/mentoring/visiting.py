"""A visit as its mentor tells it: the finished entry, the half-written draft, and the key by which both are known."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.mentoring.models import Match, Visit, VisitDraft
from sunward.mentoring.rules import CORRECTION_HOURS


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A visit as its mentor tells it. Nobody met: no minutes and no topics."""

    outcome: ContactOutcome
    kind: ServiceKind
    happened_on: date
    minutes: int = 0
    topics: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftText:
    """What stands in the form, as typed; nothing of it is checked yet."""

    outcome: str = ""
    kind: str = ""
    happened_on: str = ""
    minutes: str = ""
    topics: tuple[str, ...] = ()
    note: str = ""


def visit_key(match: Match, *, author_id: int, number: int) -> UUID:
    """The key of a mentor's next visit, `number` being how many she has saved in this match.

    Two windows opened before the visit is saved hold the same key, so that neither a double tap nor a second window
    makes a second record; nothing has to be written when a form is only opened.
    """
    return uuid5(match.uid, f"visit:{author_id}:{number}")


def may_correct(visit: Visit, *, user_id: int, now: datetime) -> bool:
    """Counted from the first saving: corrections do not prolong it."""
    first = visit
    while first.corrects is not None:
        first = first.corrects
    record = visit.record
    is_standing = record.withdrawn_at is None
    return (
        is_standing and record.by_id == user_id and now < first.record.recorded_at + timedelta(hours=CORRECTION_HOURS)
    )


def entry_of(record: ServiceRecord) -> VisitEntry:
    return VisitEntry(
        ContactOutcome(record.outcome), ServiceKind(record.kind), record.happened_on, record.minutes,
        tuple(record.topics), record.note,
    )  # fmt: skip


def read_draft(draft: VisitDraft) -> DraftText:
    said = json.loads(draft.body)
    return DraftText(**{**said, "topics": tuple(said["topics"])})


def draft_mark(draft: VisitDraft) -> str:
    return draft.updated_at.isoformat()
