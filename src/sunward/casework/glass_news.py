"""That a file was opened by somebody whose file it is not. Whoever sends messages connects to `glass_broken`.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is.
"""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class GlassNews:
    """One user who answers for the file has to hear of it. `key` is the same however often it is told."""

    key: str
    reference: str
    user_id: int
    unit_path: str
    glass_id: int


# Sent with `news=GlassNews(…)`, `now=datetime`.
glass_broken = Signal()
