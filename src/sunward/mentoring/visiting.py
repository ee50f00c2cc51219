"""A visit as its mentor tells it: the finished entry, the half-written draft, and the key by which both are known."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.mentoring.models import Match, Visit, VisitDraft
from sunward.mentoring.rules import CORRECTION_HOURS

_KEY = "key"


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A visit as its mentor tells it. Nobody met: no minutes, topics, company or mood.

    `company` and `needs_noticed` are codes of `VisitCompany` and `NeedKind`; on `next_on` they want to meet again.
    """

    outcome: ContactOutcome
    kind: ServiceKind
    happened_on: date
    minutes: int = 0
    topics: tuple[str, ...] = ()
    note: str = ""
    company: tuple[str, ...] = ()
    mood: str = ""
    needs_noticed: tuple[str, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class DraftText:
    """What stands in the form, as typed; nothing of it is checked yet."""

    outcome: str = ""
    kind: str = ""
    happened_on: str = ""
    minutes: str = ""
    topics: tuple[str, ...] = ()
    note: str = ""
    company: tuple[str, ...] = ()
    mood: str = ""
    needs_noticed: tuple[str, ...] = ()
    next_on: str = ""


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


def entry_of(visit: Visit) -> VisitEntry:
    record = visit.record
    return VisitEntry(
        ContactOutcome(record.outcome), ServiceKind(record.kind), record.happened_on, record.minutes,
        tuple(record.topics), record.note, tuple(visit.company), visit.mood, tuple(visit.needs_noticed), visit.next_on,
    )  # fmt: skip


def write_draft(text: DraftText, *, key: UUID) -> str:
    """The draft's body, with the key of the visit that it is to become."""
    return json.dumps({**asdict(text), _KEY: str(key)}, ensure_ascii=False)


def read_draft(draft: VisitDraft) -> DraftText:
    """One that was kept before a question was added has no answer to it."""
    said: dict[str, Any] = json.loads(draft.body)
    said.pop(_KEY, None)
    answers: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in said.items()}
    return DraftText(**answers)


def is_draft_of(draft: VisitDraft, key: UUID) -> bool:
    """Whether it is these words that were saved under the key. A draft of older days does not know its key."""
    return bool(json.loads(draft.body).get(_KEY, str(key)) == str(key))


def draft_mark(draft: VisitDraft) -> str:
    return draft.updated_at.isoformat()
