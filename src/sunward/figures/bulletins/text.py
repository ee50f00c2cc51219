"""The text of a bulletin: paragraphs, headings (# and below them ##), and references to figures in double brackets.

    [[employment.helped_into_work | year]]                          a number, of the year to the bulletin's last day
    [[employment.fairs_held | 2026-10 | 310110012]]                 of one month, of a unit below
    [[employment.services | 2026-01-01~2026-10-31 | by month]]      a row of months, alone on its line
    [[employment.services | month | by unit]]                       the units below, alone on its line

The code comes first; the rest stands in any order, in English or in Chinese.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from sunward.figures.pins import Span, last_of_month, month_of, year_to

REFERENCE = re.compile(r"\[\[(.*?)\]\]")
HEADING = re.compile(r"^[#＃]+\s*")
_BAR = re.compile(r"\s*[|｜]\s*")
_TO = re.compile(r"\s*[~～至]\s*")
_MONTH, _DAY, _UNIT = re.compile(r"\d{4}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"[0-9A-Za-z_-]{4,20}")
EARLIEST = date(2000, 1, 1)
MOST_MONTHS = 24
# How many ranks of headings a text has. Until 28 November 2026 it had one, and `##` was read as `#`.
RANKS, FIRST_RANKS = 2, 1


class Shape(StrEnum):
    NUMBER = "number"
    MONTHS = "months"
    UNITS = "units"


_SHAPES = {
    "by month": Shape.MONTHS, "按月": Shape.MONTHS, "by unit": Shape.UNITS, "按单位": Shape.UNITS,
}  # fmt: skip
_THIS_MONTH, _THIS_YEAR = ("month", "本月"), ("year", "年初以来", "今年以来")


@dataclass(frozen=True, slots=True)
class Reference:
    """`asked` is the span that is meant; `span` ends with the bulletin's last day. `unit` "" is the issuing one."""

    line: int
    words: str
    code: str
    asked: Span
    span: Span
    unit: str = ""
    shape: Shape = Shape.NUMBER


@dataclass(frozen=True, slots=True)
class Heading:
    """`is_below`: of the second rank, under the one before."""

    text: str
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table, alone on its line."""

    reference: Reference


Block = Heading | Paragraph | Figures


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where in the text."""

    line: int
    words: str
    why: str

    def __str__(self) -> str:
        return _("Line %(line)d, “%(words)s”: %(why)s") % {"line": self.line, "words": self.words, "why": self.why}


@dataclass(frozen=True, slots=True)
class Parsed:
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        found: list[Reference] = []
        for block in self.blocks:
            if isinstance(block, Figures):
                found.append(block.reference)
            elif isinstance(block, Paragraph):
                found += [piece for piece in block.pieces if isinstance(piece, Reference)]
        return tuple(found)


class _Wrong(ValueError):
    """A reference that cannot be meant; its sentence is for the writer."""


def parse(body: str, *, until: date, ranks: int = RANKS) -> Parsed:
    """`until`: the bulletin's last day; `ranks`: as many of headings as there were when it was published.

    What cannot be understood is told line by line.
    """
    blocks: list[Block] = []
    problems: list[Problem] = []
    for number, line in enumerate(body.splitlines(), start=1):
        words = line.strip()
        if not words:
            continue
        if HEADING.match(words):
            title = HEADING.sub("", words)
            if not title or REFERENCE.search(title):
                problems.append(Problem(number, words, _("A heading is words alone, without a figure.")))
            blocks.append(Heading(title, is_below=ranks > 1 and words[1:2] in ("#", "＃")))
            continue
        blocks.append(_block(number, words, until, problems))
    return Parsed(tuple(blocks), tuple(problems))


def without_references(body: str) -> str:
    """The words alone, as long as before: whoever looks for names in them finds them at the same places."""
    return REFERENCE.sub(lambda found: "，" * len(found.group()), body)


def _block(number: int, words: str, until: date, problems: list[Problem]) -> Block:
    pieces: list[str | Reference] = []
    for piece in _pieces(words):
        if isinstance(piece, str):
            if "[[" in piece or "]]" in piece:
                problems.append(Problem(number, piece.strip(), _("A figure stands between [[ and ]], on one line.")))
            pieces.append(piece)
            continue
        said = piece.group(1).strip()
        try:
            reference = _reference(number, said, until)
            if reference.shape != Shape.NUMBER:
                if piece.group() != words:
                    raise _Wrong(_("A table needs a line of its own."))
                return Figures(reference)
            pieces.append(reference)
        except _Wrong as wrong:
            problems.append(Problem(number, said, str(wrong)))
    return Paragraph(tuple(pieces))


def _pieces(words: str) -> Iterator[str | re.Match[str]]:
    end = 0
    for found in REFERENCE.finditer(words):
        if found.start() > end:
            yield words[end : found.start()]
        yield found
        end = found.end()
    if end < len(words):
        yield words[end:]


def _reference(line: int, said: str, until: date) -> Reference:
    code, *rest = _BAR.split(said)
    if not code:
        raise _Wrong(_("The code of a figure comes first."))
    asked: Span | None = None
    unit, shape = "", Shape.NUMBER
    for word in rest:
        plain = word.lower()
        if plain in _SHAPES:
            shape = _SHAPES[plain]
        elif (span := _span(plain, until)) is not None:
            asked = span
        elif _UNIT.fullmatch(word):
            unit = word
        else:
            raise _Wrong(_("“%(word)s” is no span of days, no code of a unit, and neither “by month” nor “by unit”.")
                         % {"word": word})  # fmt: skip
    asked = asked or month_of(until)
    if asked.first > until:
        raise _Wrong(_("These days lie after the last day of this bulletin, %(day)s.") % {"day": until})
    span = Span(asked.first, min(asked.last, until))
    if shape == Shape.MONTHS and (span.last.year - span.first.year) * 12 + span.last.month - span.first.month >= (
        MOST_MONTHS
    ):
        raise _Wrong(_("A row has %(number)d months at most.") % {"number": MOST_MONTHS})
    return Reference(line, said, code, asked, span, unit, shape)


def _span(word: str, until: date) -> Span | None:
    """None where the word is about something else; what looks like days and is none is refused."""
    if word in _THIS_MONTH:
        return month_of(until)
    if word in _THIS_YEAR:
        return Span(year_to(until).first, until)
    if _MONTH.fullmatch(word):
        return month_of(_day(f"{word}-01", word))
    ends = _TO.split(word)
    if len(ends) != 2 or not all(_MONTH.fullmatch(end) or _DAY.fullmatch(end) for end in ends):
        return None
    first = _day(ends[0] if _DAY.fullmatch(ends[0]) else f"{ends[0]}-01", word)
    last = _day(ends[1], word) if _DAY.fullmatch(ends[1]) else last_of_month(_day(f"{ends[1]}-01", word))
    if last < first:
        raise _Wrong(_("These days end before they begin."))
    return Span(first, last)


def _day(text: str, word: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Wrong(_("“%(word)s” is no day or month of the calendar.") % {"word": word}) from None
    if day < EARLIEST:
        raise _Wrong(_("Nothing was counted before the year 2000."))
    return day
