"""What people said afterwards, for the host: how many gave which mark, and their words without names."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.models import Gathering

Text = str | Promise
MARKS: dict[int, Text] = {
    5: _("very satisfied"), 4: _("satisfied"), 3: _("so-so"), 2: _("not satisfied"), 1: _("not at all satisfied"),
}  # fmt: skip
WORDS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class MarkCount:
    mark: int
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """Words and their mark; `name` only where somebody gave it."""

    words: str
    mark: int
    on: date
    name: str


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    total: int
    mean: float | None
    counts: tuple[MarkCount, ...]
    said: tuple[Said, ...]


def read_feedback(gathering: Gathering) -> FeedbackSummary:
    """One query. The marks are told as they were given; the mean is to one decimal."""
    rows = list(gathering.feedback.select_related("sign_up__person").order_by("-given_on", "-pk"))
    counts = {mark: sum(row.satisfaction == mark for row in rows) for mark in MARKS}
    total = len(rows)
    return FeedbackSummary(
        total=total,
        mean=round(sum(row.satisfaction for row in rows) / total, 1) if total else None,
        counts=tuple(MarkCount(mark, label, counts[mark]) for mark, label in MARKS.items()),
        said=tuple(
            Said(
                words=row.words,
                mark=row.satisfaction,
                on=row.given_on,
                name=(row.sign_up.person.name if row.sign_up.person else row.sign_up.guest_name) if row.sign_up else "",
            )
            for row in rows
            if row.words
        )[:WORDS_SHOWN],
    )
