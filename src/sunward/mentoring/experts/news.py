"""What has to be heard of questions to the expert team. Whoever sends messages connects to `question_news`.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is. News carry
references and a page behind its gate; no word of a question, of an answer, or of whom it is about.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal


class QuestionNewsKind(StrEnum):
    TAKEN = "taken"
    ANSWERED = "answered"
    WAITING = "waiting"
    LATE = "late"

    @property
    def about(self) -> str:
        """What the message says it is about; by it is found when somebody was last told."""
        return f"question_{self}"


@dataclass(frozen=True, slots=True)
class QuestionNews:
    """One thing that one user has to hear. `key` is the same however often it is told.

    `references` are those of the questions (Q000012). `is_volunteer`: she hears it as a neighbour mom, by her own way.
    """

    key: str
    kind: QuestionNewsKind
    references: tuple[str, ...]
    user_id: int
    unit_path: str
    path: str
    is_volunteer: bool = False


# Sent with `news=QuestionNews(…)`, `now=datetime`.
question_news = Signal()
