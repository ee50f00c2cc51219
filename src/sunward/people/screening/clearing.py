"""A text leaves a file only when everything in it that may say whom it is about was changed, or names nobody."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.people.screening.finding import Finding, FindingKind, Known
from sunward.people.screening.screen import INSTEAD, blank_out, screen

_NOTHING = "，"
_NUMBERS = (FindingKind.PHONE, FindingKind.ID_NUMBER)
# A mobile without the code of the country; of a document as many tell as well.
_TELLING_DIGITS, _DIGITS_AT_LEAST = 11, 7


@dataclass(frozen=True, slots=True)
class Cleared:
    """A text that may leave, and how many marked words were kept in it since they name nobody."""

    words: str
    kept: int


class StillNames(Refusal):
    """The text may still say whom it is about.

    `findings` in `words`, which is the text with everything changed that was to be: each is to be changed, or kept
    where it names nobody.
    """

    def __init__(self, words: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "people.still_names",
            _("Some words may say whom this is about. Change what is marked, or keep what names nobody."),
        )
        self.words = words
        self.findings = findings


def clear(
    words: str, *, known: Collection[Known], kept: Collection[str] = (), changed: Collection[str] = ()
) -> Cleared:
    """Refuse a text that may name somebody.

    Of what is marked, `changed` gives way to its neutral word and `kept` stays; never what is known, and no number that
    has the shape of a telephone or a document: whoever knows whose it is knows who it is about.
    """
    words = blank_out(words, [found for found in _search(words, known) if found.text in changed])
    findings = _search(words, known)
    if any(found.is_known or found.is_own_number or found.text not in kept for found in findings):
        raise StillNames(words, findings)
    return Cleared(words, len(findings))


def _search(words: str, known: Collection[Known]) -> tuple[Finding, ...]:
    """Without the neutral words, which name nobody, but may look so beside others: 最近某学校."""
    plain = words
    for neutral in INSTEAD.values():
        plain = plain.replace(neutral, _NOTHING * len(neutral))
    numbers = {_digits(one.text)[-_TELLING_DIGITS:] for one in known if one.kind in _NUMBERS}
    numbers = {number for number in numbers if len(number) >= _DIGITS_AT_LEAST}
    return tuple(_tell(words, found, numbers) for found in screen(plain, known=known))


def _tell(words: str, found: Finding, numbers: Collection[str]) -> Finding:
    """A number is known however it is written: with spaces, strokes, wide signs, or without the code of the country."""
    text = words[found.start : found.end]
    is_known = found.is_known or any(number in _digits(text) for number in numbers)
    return replace(found, text=text, is_known=is_known)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
