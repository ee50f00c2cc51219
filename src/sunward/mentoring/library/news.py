"""What has to be heard of the small library. Whoever sends messages connects to `material_news`.

A receiver runs inside the act's own transaction. News carry the question's reference and a page behind its gate; no
word of the text.
"""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """One of those who wrote in a question is asked whether others may learn from it. `key` makes it one message."""

    key: str
    reference: str
    user_id: int
    unit_path: str
    path: str


# Sent with `news=ConsentAsked(…)`, `now=datetime`.
material_news = Signal()
