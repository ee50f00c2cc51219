"""A text of the expert team leaves the file only with something in it, not too long, and naming nobody."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.mentoring.experts.rules import QUESTION_LENGTH
from sunward.people.screening import Known, clearing
from sunward.people.screening.clearing import Cleared, StillNames

__all__ = ["Cleared", "StillNames", "clear"]


def clear(
    words: str, *, known: Collection[Known], kept: Collection[str] = (), changed: Collection[str] = (),
    limit: int = QUESTION_LENGTH,
) -> Cleared:  # fmt: skip
    """Refuse an empty text, one too long, or one that may name somebody."""
    words = words.strip()
    if not words:
        raise Refusal("mentoring.question_empty", _("Write what it is about."))
    if len(words) > limit:
        raise Refusal("mentoring.note_too_long", _("The note is too long. Shorten it a little."))
    return clearing.clear(words, known=known, kept=kept, changed=changed)
