"""What the two sides of a tutoring have to hear. Whoever sends messages connects to `tutoring_news`.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is. News carry the
tutoring's reference and an hour; no child's name, no student's, no link.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.dispatch import Signal


class TutoringNewsKind(StrEnum):
    OFFERED = "offered"
    BEGINS = "begins"
    INVITED = "invited"
    REMINDER = "reminder"
    MOVED = "moved"
    CANCELLED = "cancelled"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TutoringNews:
    """One thing that one person has to hear: the student, or a guardian. `key` is the same however often it is told."""

    key: str
    kind: TutoringNewsKind
    tutoring_id: int
    reference: str
    person_id: int
    unit_path: str
    begins_at: datetime | None = None


# Sent with `news=TutoringNews(…)`, `now=datetime`.
tutoring_news = Signal()
