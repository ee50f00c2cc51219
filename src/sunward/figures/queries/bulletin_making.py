"""What a bulletin would say now, or says by its pins: its text read and checked, its numbers counted and weighed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.figures.bulletins.composing import Change, Head, Told, compose
from sunward.figures.bulletins.document import Document
from sunward.figures.bulletins.places import Defined, PinnedUnit, Pins, Place, places_of, read_pins
from sunward.figures.bulletins.text import Parsed, Problem, Reference, Shape, parse
from sunward.figures.counting.figure import Number
from sunward.figures.declared import indicators
from sunward.figures.definition import Conversion, Indicator, Wait
from sunward.figures.models import Bulletin, PublishedBulletin, PublishedFigure
from sunward.figures.pins import Pin
from sunward.figures.queries.bulletin_numbers import read_numbers
from sunward.figures.queries.bulletin_weighing import BELOW, Decided, decide, read_shown

MOST_REFERENCES = 60


class Unreadable(Refusal):
    """The text refers to what is not there; each problem says where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("figures.bulletin_text", gettext_lazy("Some figures in the text cannot be counted."))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Made:
    """`told` and `decided` stay in the house; `document` leaves it, and `said` what stands in it at each place."""

    document: Document
    pins: Pins
    told: Told
    decided: Decided
    places: tuple[Place, ...]
    said: Mapping[Place, str]


def read_text(bulletin: Bulletin) -> tuple[Parsed, Pins]:
    """The text and what it is counted by; refused with every problem at once. `known_until` is still the day's own."""
    parsed = parse(bulletin.body, until=bulletin.until_on)
    pins = _pins(bulletin, parsed.references)
    problems = [*parsed.problems, *_check(bulletin, parsed.references, pins)]
    if problems:
        raise Unreadable(sorted(problems, key=lambda problem: problem.line))
    return parsed, pins


def make(bulletin: Bulletin, *, known_until: datetime, published_on: date | None) -> Made:
    """As known until the moment. An erratum compares what was told with what is known now."""
    parsed, pins = read_text(bulletin)
    pins = replace(pins, known_until=known_until)
    before = _said_before(bulletin.corrects) if bulletin.corrects else {}
    if bulletin.corrects:
        pins = _with_pins_of(bulletin.corrects, pins)
    asked = [place for one in parsed.references for place in places_of(one, pins)]
    numbers = count_places([*asked, *before], pins)
    with translation.override(bulletin.language):
        changed = _changed(before, Told(pins, indicators(), numbers, frozenset()))
    places = tuple(dict.fromkeys([*asked, *changed]))
    decided = _decide(bulletin, places, pins)
    told = Told(pins, indicators(), numbers, frozenset(decided.withheld))
    with translation.override(bulletin.language):
        said = {place: told.say(place) for place in places}
        changes = tuple(Change(place, before[place], said[place]) for place in changed)
    document = _compose(bulletin, parsed, told, changes, published_on=published_on)
    return Made(document, pins, told, decided, places, said)


def make_again(published: PublishedBulletin) -> Document:
    """From its pins, its text and its decisions alone, every number counted anew: what was published, to the sign."""
    bulletin, pins = published.bulletin, read_pins(published.pins)
    parsed = parse(bulletin.body, until=pins.until, ranks=pins.ranks)
    rows = list(published.figures.all())
    withheld = frozenset(row.place for row in rows if not row.is_told)
    told = Told(pins, indicators(), count_places([row.place for row in rows], pins), withheld)
    before = _said_before(bulletin.corrects, known_until=pins.known_until) if bulletin.corrects else {}
    with translation.override(bulletin.language):
        changed = _changed(before, replace(told, withheld=frozenset()), only={row.place for row in rows})
        changes = tuple(Change(place, before[place], told.say(place)) for place in changed)
    return _compose(bulletin, parsed, told, changes, published_on=published.published_on)


def _compose(
    bulletin: Bulletin, parsed: Parsed, told: Told, changes: Sequence[Change], *, published_on: date | None
) -> Document:
    head = Head(
        language=bulletin.language, masthead=bulletin.name, issue=bulletin.issue, issue_total=bulletin.issue_total,
        issued_by=told.pins.units[told.pins.unit].name, title=bulletin.title, day=published_on,
        report_to=bulletin.report_to, send_to=bulletin.send_to,
    )  # fmt: skip
    corrects = ""
    if bulletin.corrects:
        with translation.override(bulletin.language):
            corrects = _("This erratum corrects “%(title)s” of %(day)s.") % {
                "title": bulletin.corrects.title,
                "day": bulletin.corrects.published.published_on,
            }
    return compose(head, parsed, told, corrects=corrects, changes=changes)


def count_places(places: Iterable[Place], pins: Pins) -> dict[Place, Number]:
    declared = indicators()
    asked = {
        place: (
            declared[place.code].version(pins.definitions[place.code].version).measure,
            place.span,
            pins.units[place.unit].path,
        )
        for place in places
    }
    numbers = read_numbers(asked.values(), pin=Pin(known_until=pins.known_until))
    return {place: numbers[one] for place, one in asked.items()}


def _decide(bulletin: Bulletin, places: Iterable[Place], pins: Pins) -> Decided:
    district = f"/{bulletin.unit_path.strip('/').split('/')[0]}/"
    proposed = {place: pins.definitions[place.code].version for place in places}
    return decide(proposed, read_shown(district), district=district, pin=Pin(known_until=pins.known_until))


def _said_before(corrected: Bulletin, *, known_until: datetime | None = None) -> dict[Place, str]:
    """What readers were last told: by the bulletin, and by the errata that came before."""
    chain = Q(bulletin__bulletin=corrected) | Q(bulletin__bulletin__corrects=corrected)
    rows = PublishedFigure.objects.filter(chain).order_by("bulletin__known_until", "bulletin_id", "order")
    if known_until is not None:
        rows = rows.filter(bulletin__known_until__lt=known_until)
    last = {row.place: row for row in rows}
    return {place: row.said for place, row in last.items() if row.is_told}


def _changed(before: Mapping[Place, str], told: Told, *, only: set[Place] | None = None) -> list[Place]:
    asked = [place for place in before if only is None or place in only]
    return [place for place in asked if told.say(place) != before[place]]


def _with_pins_of(corrected: Bulletin, pins: Pins) -> Pins:
    """What the bulletin was counted by, its erratum is counted by."""
    first = read_pins(corrected.published.pins)
    return replace(
        pins, definitions={**pins.definitions, **first.definitions}, units={**pins.units, **first.units}
    )  # fmt: skip


def _pins(bulletin: Bulletin, references: Sequence[Reference]) -> Pins:
    codes = {bulletin.unit.code} | {one.unit for one in references if one.unit}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes, path__startswith=bulletin.unit_path)}
    below = _units_below(references, units, bulletin)
    pinned = {
        code: PinnedUnit(unit.path, unit.name, tuple(one.code for one in below.get(code, ())))
        for code, unit in units.items()
    }
    for held in below.values():
        for unit in held:
            pinned.setdefault(unit.code, PinnedUnit(unit.path, unit.name))
    declared = indicators()
    definitions = {
        one.code: _defined(declared[one.code], on=bulletin.until_on, language=bulletin.language)
        for one in references
        if one.code in declared
    }
    return Pins(bulletin.until_on, bulletin.written_at, bulletin.unit.code, definitions, pinned)


def _units_below(
    references: Sequence[Reference], units: Mapping[str, Unit], bulletin: Bulletin
) -> dict[str, list[Unit]]:
    """The rows of tables: units that existed at any time in their days; a merged one keeps its row."""
    spans = {one.unit or bulletin.unit.code: one.span for one in references if one.shape == Shape.UNITS}
    wholes = {units[code].pk: code for code in spans if code in units}
    below: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(parent__in=wholes).order_by("code") if wholes else ():
        code = wholes[unit.parent_id or 0]
        kind, span = BELOW.get(UnitKind(units[code].kind)), spans[code]
        existed = unit.valid_from <= span.last and (unit.valid_until is None or unit.valid_until > span.first)
        if unit.kind == kind and existed:
            below.setdefault(code, []).append(unit)
    return below


def _defined(indicator: Indicator, *, on: date, language: str) -> Defined:
    version = indicator.in_use(on=on)
    card = version.card
    with translation.override(language):
        words = [str(card.counts)]
        if card.numerator:
            words.append(_("Counted: %(words)s") % {"words": card.numerator})
        if card.denominator:
            words.append(_("Out of: %(words)s") % {"words": card.denominator})
        words.append(_("Which day decides: %(words)s") % {"words": card.dated_by})
        return Defined(version.number, version.since, str(indicator.name), tuple(words))


def _check(bulletin: Bulletin, references: Sequence[Reference], pins: Pins) -> Iterable[Problem]:
    declared = indicators()
    if len(references) > MOST_REFERENCES:
        one = references[MOST_REFERENCES]
        yield Problem(
            one.line, one.words, _("A bulletin holds %(number)d figures at most.") % {"number": MOST_REFERENCES}
        )
    for one in references:
        why = _what_is_wrong(one, declared.get(one.code), bulletin, pins)
        if why:
            yield Problem(one.line, one.words, why)


def _what_is_wrong(one: Reference, indicator: Indicator | None, bulletin: Bulletin, pins: Pins) -> str:
    if indicator is None:
        return _("There is no figure “%(code)s”.") % {"code": one.code}
    if bulletin.programme and indicator.programme != bulletin.programme:
        return _("This figure belongs to another programme, which keeps its own bulletin.")
    unit = one.unit or bulletin.unit.code
    if unit not in pins.units:
        return _("Unit %(code)s is not the one that issues this bulletin, and lies nowhere below it.") % {"code": unit}
    is_cut = one.shape == Shape.UNITS or unit != bulletin.unit.code
    if is_cut and isinstance(indicator.in_use(on=bulletin.until_on).measure, Conversion | Wait):
        return _("This figure is told of the issuing unit alone: of smaller ones it rests on few people.")
    has_rows = one.shape != Shape.UNITS or pins.units[unit].below
    return "" if has_rows else _("There is no unit below %(code)s.") % {"code": unit}
