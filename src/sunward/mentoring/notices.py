"""What somebody has to hear of visits. Whoever sends messages connects to `notices`; this floor knows no channel.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal


class NoticeKind(StrEnum):
    VISIT_ANSWERED = "visit_answered"
    MENTOR_REPLIED = "mentor_replied"
    NOT_BACK = "not_back"
    BACK_AFTER_ALL = "back_after_all"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one user has to hear; `key` is the same however often it is told.

    `reference` (M000004, C000012) is all that it says of whom it is about; `path` is the page behind its gate.
    """

    key: str
    kind: NoticeKind
    reference: str
    user_id: int
    unit_path: str
    path: str
    is_urgent: bool = False


# Sent with `notice=Notice(…)`, `now=datetime`.
notices = Signal()
