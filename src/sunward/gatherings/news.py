"""What those who come have to hear. Whoever sends messages connects to `news`; this floor knows no channel.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.dispatch import Signal


class NewsKind(StrEnum):
    PLACED = "placed"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    ADULT_LEFT = "adult_left"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    ASKED_FOR_FEEDBACK = "asked_for_feedback"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that one person has to hear. `key` is the same however often the same thing is told.

    `person_id` is whom to tell: the one who comes, or a guardian of the child that does. `code` is what is typed
    at the door; `feedback_token`, only where feedback is asked for, opens its page.
    """

    key: str
    kind: NewsKind
    gathering_id: int
    reference: str
    title: str
    place: str
    begins_at: datetime | None
    person_id: int
    unit_path: str
    code: str
    feedback_token: str = ""


# Sent with `news=News(…)`, `now=datetime`.
news = Signal()
