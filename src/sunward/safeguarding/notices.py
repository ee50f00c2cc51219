"""What somebody has to hear at once. Whoever sends messages connects to `notices`; this floor knows no channel.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal


class NoticeKind(StrEnum):
    WORRY = "worry"
    WORRY_UNTAKEN = "worry_untaken"
    HINT = "hint"
    EMERGENCY = "emergency"
    STAND_BY = "stand_by"
    STAND_BY_ANSWERED = "stand_by_answered"
    EMERGENCY_HANDED_ON = "emergency_handed_on"
    EMERGENCY_ANSWERED = "emergency_answered"
    CARE_OVERDUE = "care_overdue"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one user has to hear. `key` is the same however often the same thing is told.

    `reference` (W000001, E000001) is all that it says of whom it is about; `path` is the page on which more stands,
    for whoever may read it.
    """

    key: str
    kind: NoticeKind
    reference: str
    user_id: int
    unit_path: str
    path: str
    is_urgent: bool = True


# Sent with `notice=Notice(…)`, `now=datetime`.
notices = Signal()
