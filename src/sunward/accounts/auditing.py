"""Acts and looks in the words of this floor: by an actor, under a unit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sunward.accounts.access import Actor
from sunward.audit.chain import Event, Subject, append
from sunward.audit.enums import AuditKind

SYSTEM = Actor.system()


def record_act(
    *, actor: Actor, code: str, now: datetime, subject: Subject | None = None, unit_path: str = "", **detail: Any
) -> None:
    """Write that the actor did something; within the act's own transaction, as its last statement."""
    event = Event(AuditKind.ACT, code, actor.user_id, actor.name, unit_path or actor.unit_path, subject, detail)
    append([event], now=now)


def record_look(
    *, actor: Actor, code: str, now: datetime, subject: Subject, unit_path: str = "", purpose: str = ""
) -> None:
    """Write that the actor looked at something."""
    detail = {"purpose": purpose} if purpose else {}
    append(
        [Event(AuditKind.LOOK, code, actor.user_id, actor.name, unit_path or actor.unit_path, subject, detail)], now=now
    )


def record_looks(
    *, actor: Actor, code: str, now: datetime, at: Iterable[tuple[Subject, str]], purpose: str = ""
) -> None:
    """Write a look at each of many, with its unit's path, at once; what is named twice was looked at once."""
    detail = {"purpose": purpose} if purpose else {}
    events = [
        Event(AuditKind.LOOK, code, actor.user_id, actor.name, unit_path or actor.unit_path, subject, detail)
        for subject, unit_path in dict.fromkeys(at)
    ]
    append(events, now=now)
