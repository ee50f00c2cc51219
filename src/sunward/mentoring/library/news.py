"""What has to be heard of the small library. Whoever sends messages connects to `material_news`.

A receiver runs inside the act's own transaction. News carry the question's reference and a page behind its gate; no
word of the text.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal


class MaterialNewsKind(StrEnum):
    """Somebody is asked; all have answered; a consent was taken back and the material with it."""

    ASKED = "asked"
    ALL_ANSWERED = "all_answered"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class MaterialNews:
    """One thing that one user has to hear: of those who wrote in a question, or of those who keep the library."""

    key: str
    kind: MaterialNewsKind
    reference: str
    user_id: int
    unit_path: str
    path: str


# Sent with `news=MaterialNews(…)`, `now=datetime`.
material_news = Signal()
