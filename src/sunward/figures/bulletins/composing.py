"""From a text, its pins, numbers and decisions to what the bulletin says. It reads no database and no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sunward.figures.bulletins.document import (
    HEADING,
    PARAGRAPH,
    PROVISIONAL,
    SUBHEADING,
    TABLE,
    Cell,
    Document,
    Meaning,
    Part,
    Row,
    Run,
)
from sunward.figures.bulletins.places import Pins, Place, is_provisional, places_of
from sunward.figures.bulletins.text import Figures, Heading, Parsed, Reference, Shape
from sunward.figures.counting.figure import Number
from sunward.figures.definition import Conversion, Count, Indicator, Measure, Result, Share, Standing, result_of
from sunward.figures.disclosure.reasons import HIDDEN
from sunward.figures.disclosure.rules import RULES, Rule
from sunward.figures.pins import Span
from sunward.figures.queries.saying import say

NOTHING = "—"
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the text. `day` None: a draft has none."""

    language: str
    masthead: str
    issue: int
    issue_total: int
    issued_by: str
    title: str
    day: date | None
    report_to: str = ""
    send_to: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A number that an erratum corrects: what was told, and by what it is replaced."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that decides what stands there: with the same of it there stands the same."""

    pins: Pins
    indicators: Mapping[str, Indicator]
    numbers: Mapping[Place, Number]
    withheld: frozenset[Place]

    def measure(self, code: str) -> Measure:
        return self.indicators[code].version(self.pins.definitions[code].version).measure

    def rule(self, code: str) -> Rule | None:
        """Of the pinned version: what was printed rounded stays so, whatever the figure follows today."""
        return RULES[self.indicators[code].protection_of(self.pins.definitions[code].version)]

    def say(self, place: Place) -> str:
        """As it leaves the house: rounded, or hidden."""
        if place in self.withheld:
            return str(HIDDEN)
        measure = self.measure(place.code)
        return say(measure, self.rounded(place)) or NOTHING

    def rounded(self, place: Place) -> Number:
        """Percentages are those of rounded numbers: one of the true ones would undo the rounding."""
        number, measure = self.numbers[place], self.measure(place.code)
        rule = self.rule(place.code)
        if rule is None or number.value is None:
            return number
        match measure:
            case Count() | Standing():
                return Number(Decimal(rule.rounded(int(number.value))), number.base)
            case Share() | Conversion():
                percent = rule.percent(number.part or 0, number.whole or 0)
                return Number(None if percent is None else Decimal(str(percent)), number.base)
            case _:
                return number


def compose(head: Head, parsed: Parsed, told: Told, *, corrects: str = "", changes: Sequence[Change] = ()) -> Document:
    """`corrects` names the bulletin of which this is the erratum, with the changes it tells."""
    with translation.override(head.language):
        parts = number_headings([_part(block, told) for block in parsed.blocks], head.language)
        if corrects:
            parts = [Part(PARAGRAPH, runs=(Run(corrects),)), *parts]
        if changes:
            parts.append(_changes(changes, told))
        references = parsed.references
        codes = list(dict.fromkeys([one.code for one in references] + [one.place.code for one in changes]))
        withheld = [place for one in references for place in places_of(one, told.pins) if place in told.withheld]
        withheld += [change.place for change in changes if change.place in told.withheld]
        return Document(
            language=head.language,
            masthead=head.masthead,
            number=_number(head),
            issued_by=head.issued_by,
            day=f"{head.day}" if head.day else _("Draft"),
            title=head.title,
            parts=tuple(parts),
            notes=tuple(_notes(references, codes, told, has_withheld=bool(withheld))),
            meanings=tuple(_meaning(code, told) for code in codes),
            withheld=tuple(_place_in_words(place, told) for place in dict.fromkeys(withheld)),
            signed=tuple(_signed(head)),
            headings={
                "notes": _("About these figures"),
                "withheld": _("Figures that are not told"),
                "meanings": _("What the figures mean"),
            },
        )


def _number(head: Head) -> str:
    if not head.issue:
        return ""
    said = {"issue": head.issue, "total": head.issue_total}
    if not head.issue_total:
        return _("No. %(issue)d") % said
    return _("No. %(issue)d (%(total)d in all)") % said


def _signed(head: Head) -> list[str]:
    lines = []
    if head.report_to:
        lines.append(pgettext("bulletin", "Reported to: %(whom)s") % {"whom": head.report_to})
    if head.send_to:
        lines.append(pgettext("bulletin", "Sent to: %(whom)s") % {"whom": head.send_to})
    return [*lines, pgettext("bulletin", "Issued by: %(unit)s") % {"unit": head.issued_by}]


def _part(block: object, told: Told) -> Part:
    if isinstance(block, Heading):
        return Part(SUBHEADING if block.is_below else HEADING, text=block.text)
    if isinstance(block, Figures):
        return _table(block.reference, told)
    return Part(
        PARAGRAPH,
        runs=tuple(
            Run(_in_sentence(piece, told), is_figure=True) if isinstance(piece, Reference) else Run(piece)
            for piece in block.pieces  # type: ignore[attr-defined]
        ),
    )


def number_headings(parts: Sequence[Part], language: str) -> list[Part]:
    """Chinese papers number their headings: 一、二、三、, and below each anew （一）（二）."""
    if not language.startswith("zh"):
        return list(parts)
    numbered, above, below = [], 0, 0
    for part in parts:
        if part.kind == HEADING:
            above, below = above + 1, 0
            numbered.append(replace(part, text=f"{chinese(above)}、{part.text}"))
        elif part.kind == SUBHEADING:
            below += 1
            numbered.append(replace(part, text=f"（{chinese(below)}）{part.text}"))
        else:
            numbered.append(part)
    return numbered


def chinese(number: int) -> str:
    """1 to 99: 一, 十一, 二十."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{ten}{_DIGITS[ones] if ones else ''}"


def _in_sentence(reference: Reference, told: Told) -> str:
    (place,) = places_of(reference, told.pins)
    if place in told.withheld:
        return _("(a number that is not told)")
    mark = PROVISIONAL if _is_open(reference, place, told) else ""
    return f"{told.say(place)}{mark}"


def _table(reference: Reference, told: Told) -> Part:
    name, unit = told.pins.definitions[reference.code].name, told.pins.units[reference.unit or told.pins.unit].name
    places = places_of(reference, told.pins)
    if reference.shape == Shape.MONTHS:
        column, title = pgettext("column", "Month"), f"{name} · {unit}"
        names = [f"{place.span.first:%Y-%m}" for place in places]
    else:
        column, title = pgettext("column", "Unit"), f"{name} · {days_in_words(reference.span)}"
        names = [told.pins.units[place.unit].name for place in places]
    rows = tuple(
        Row(row, (_cell(reference, place, told),)) for row, place in zip(names, places, strict=True)
    )  # fmt: skip
    return Part(TABLE, text=title, columns=(column, name), rows=rows)


def _cell(reference: Reference, place: Place, told: Told) -> Cell:
    if place in told.withheld:
        return Cell(str(HIDDEN))
    is_open, value = _is_open(reference, place, told), told.rounded(place).value
    text = told.say(place) + (PROVISIONAL if is_open else "")
    return Cell(text, "" if value is None else f"{value}", is_open)


def _is_open(reference: Reference, place: Place, told: Told) -> bool:
    known_on = timezone.localtime(told.pins.known_until).date()
    return is_provisional(told.measure(place.code), place, reference, known_on=known_on)


def _changes(changes: Sequence[Change], told: Told) -> Part:
    columns = (
        pgettext("column", "Figure"), pgettext("column", "Unit"), pgettext("column", "Days"),
        pgettext("column", "It said"), pgettext("column", "It is"),
    )  # fmt: skip
    rows = tuple(
        Row(
            told.pins.definitions[change.place.code].name,
            (
                Cell(told.pins.units[change.place.unit].name),
                Cell(days_in_words(change.place.span)),
                Cell(change.before),
                Cell(change.after),
            ),
        )
        for change in changes
    )
    return Part(TABLE, text=_("What is corrected"), columns=columns, rows=rows)


def _notes(references: Iterable[Reference], codes: Sequence[str], told: Told, *, has_withheld: bool) -> Iterable[str]:
    pins = told.pins
    if codes:
        known = timezone.localtime(pins.known_until)
        yield _("Counted is what happened until %(until)s and was recorded until %(known)s.") % {
            "until": pins.until,
            "known": f"{known:%Y-%m-%d %H:%M}",
        }
    if any(_is_open(one, place, told) for one in references for place in places_of(one, pins)):
        yield _("* Provisional: the days are not over, or what the figure asks for may still happen.")
    bases = {rule.base for code in codes if (rule := told.rule(code)) and rule.base > 1}
    for base in sorted(bases):
        names = [pins.definitions[code].name for code in codes if _base(code, told) == base]
        yield _("Rounded to %(base)d: %(names)s.") % {"base": base, "names": pgettext("list", ", ").join(names)}
    if has_withheld:
        yield _(
            "Some numbers are not told, so that nobody can be recognised: because they are small, or because small "
            "ones could be computed from them."
        )


def _base(code: str, told: Told) -> int:
    rule = told.rule(code)
    counted = result_of(told.measure(code)) in (Result.NUMBER, Result.PERCENT)
    return rule.base if rule and counted else 1


def _meaning(code: str, told: Told) -> Meaning:
    defined = told.pins.definitions[code]
    version = _("version %(number)d, in use since %(day)s") % {"number": defined.version, "day": defined.since}
    return Meaning(defined.name, version, defined.words)


def _place_in_words(place: Place, told: Told) -> str:
    name, unit = told.pins.definitions[place.code].name, told.pins.units[place.unit].name
    return f"{name} · {unit} · {days_in_words(place.span)}"


def days_in_words(span: Span) -> str:
    if span.first == span.last:
        return f"{span.first}"
    return _("%(first)s to %(last)s") % {"first": span.first, "last": span.last}
