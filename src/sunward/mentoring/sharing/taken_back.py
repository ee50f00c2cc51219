"""Notes that she has just taken back, kept in her session for a while: their row does not say since when."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sunward.mentoring.models import ExperienceNote
from sunward.mentoring.sharing.rules import SECOND_THOUGHTS_MINUTES

_KEY, _AT_MOST = "mentoring.notes_taken_back", 10


def keep_taken(session: MutableMapping[str, Any], note: ExperienceNote, *, now: datetime) -> None:
    """Keys only. A second press gives no more time."""
    row = {"note": str(note.uid), "version": note.version, "at": now.timestamp()}
    before = session.get(_KEY, [])
    if not any((one["note"], one["version"]) == (row["note"], row["version"]) for one in before):
        session[_KEY] = [*(one for one in before if one["note"] != row["note"]), row][-_AT_MOST:]


def list_taken(session: MutableMapping[str, Any], *, now: datetime) -> dict[UUID, int]:
    """Those that can still be brought back, with the version that was taken back."""
    since = (now - timedelta(minutes=SECOND_THOUGHTS_MINUTES)).timestamp()
    return {UUID(one["note"]): one["version"] for one in session.get(_KEY, []) if one["at"] >= since}
