"""Stops that somebody has just taken out, kept in her session for a while: no row holds their words any more."""

from collections.abc import MutableMapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sunward.gatherings.actions.stops import StopDetails, TakenOut
from sunward.gatherings.models import Gathering

UNDO_MINUTES = 30
_KEY, _AT_MOST = "gatherings.taken_stops", 10


def keep_taken(session: MutableMapping[str, Any], gathering: Gathering, taken: TakenOut, *, now: datetime) -> None:
    """The latest ten; nothing in them is about a person."""
    kept = [row for row in session.get(_KEY, []) if row["id"] != taken.id][-(_AT_MOST - 1) :]
    session[_KEY] = [*kept, {"gathering": gathering.pk, "at": now.timestamp(), **asdict(taken)}]


def list_taken(session: MutableMapping[str, Any], gathering_id: int, *, now: datetime) -> tuple[TakenOut, ...]:
    """Those of this gathering that can still be brought back, the latest first."""
    since = (now - timedelta(minutes=UNDO_MINUTES)).timestamp()
    rows = [row for row in session.get(_KEY, []) if row["gathering"] == gathering_id and row["at"] >= since]
    return tuple(TakenOut(row["id"], row["number"], StopDetails(**row["details"])) for row in reversed(rows))


def forget_taken(session: MutableMapping[str, Any], stop_id: int) -> None:
    session[_KEY] = [row for row in session.get(_KEY, []) if row["id"] != stop_id]
