"""What every act on a match is told."""

from dataclasses import dataclass
from datetime import date, datetime

from sunward.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """Who takes a step, when, and why: `code` in our words, `reason` in the person's own."""

    actor: Actor
    on: date
    now: datetime
    code: str = ""
    reason: str = ""
