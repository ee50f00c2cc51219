"""Which of a bulletin's numbers are told: decided for all of it at once, against all that was published before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.figures.bulletins.places import Place
from sunward.figures.bulletins.weighing import (
    Weighed,
    loosened,
    name_of,
    sources_of,
    span_of,
    weigh,
    whole_number,
)
from sunward.figures.counting.figure import Number
from sunward.figures.declared import indicators
from sunward.figures.definition import Measure
from sunward.figures.disclosure.reasons import Withheld
from sunward.figures.disclosure.relations import Unkept
from sunward.figures.disclosure.series import Address, tied
from sunward.figures.disclosure.suppression import Pattern, protect
from sunward.figures.disclosure.tables import ONE_DAY, Publication, Tables
from sunward.figures.models import MonthFigure, PublishedFigure
from sunward.figures.pins import Pin, Span
from sunward.figures.queries.bulletin_numbers import Asked, read_numbers

BELOW = {UnitKind.DISTRICT: UnitKind.SUBDISTRICT, UnitKind.SUBDISTRICT: UnitKind.COMMITTEE}


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that was told once, or withheld: by which version of which figure, and on which day."""

    place: Place
    version: int
    day: date
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """`given_away`: how many protected numbers can be reckoned from what was published before, whatever is withheld."""

    withheld: Mapping[Place, Withheld]
    given_away: int = 0


def read_shown(district: str) -> list[Shown]:
    """All that was ever told of a district or withheld, known by its path: in its bulletins, and of its months."""
    rows: list[tuple[str, str, date, date, int, bool, date]] = []
    for published, day in ((PublishedFigure, "bulletin__published_on"), (MonthFigure, "publication__published_on")):
        told = published.objects.filter(unit_path__startswith=district).order_by()
        rows += told.values_list("code", "unit_code", "first", "last", "definition", "is_told").annotate(day=Min(day))
    return [
        Shown(Place(code, unit, Span(first, last)), version, day, is_told)
        for code, unit, first, last, version, is_told, day in rows
    ]


def decide(
    proposed: Mapping[Place, int], shown: Collection[Shown], *, district: str, pin: Pin, ahead: Collection[Span] = ()
) -> Decided:  # fmt: skip
    """`proposed` gives the version by which each is counted. Nothing is published where nobody can be sure.

    `ahead` are days of which a later publication may tell.
    """
    measures = _measures(proposed, shown)
    weighed = _hanging_together(proposed, measures)
    if not weighed:
        return Decided({})
    by_name = {one.series.code: one for one in weighed}
    addresses = {place: _addresses(place, measures[place.code, version]) for place, version in proposed.items()}
    asked = frozenset(one for held in addresses.values() for one in held if one.series in by_name)
    earlier: dict[tuple[date, bool], set[Address]] = {}
    for one in shown:
        told = _addresses(one.place, measures[one.place.code, one.version]) if _is_declared(one, measures) else ()
        held = earlier.setdefault((one.day, one.is_told), set())
        held.update(address for address in told if address.series in by_name)
    near = _near(weighed, asked, set(ahead), frozenset().union(*earlier.values()))
    days = sorted({day for day, _is_told in earlier})
    publications = tuple(
        Publication(day, *(frozenset(earlier.get((day, is_told), set()) & near) for is_told in (True, False)))
        for day in days
    )
    units, paths = _tree(
        district, {address.unit for address in asked.union(*(one.shown | one.withheld for one in publications))}
    )
    tables = Tables(tuple(one.series for one in weighed), units, asked, publications, frozenset(ahead))
    pattern = _protect(tables, weighed, paths, pin)
    withheld: dict[Place, Withheld] = {}
    for place, made_of in addresses.items():
        reasons = [pattern.withheld[address] for address in made_of if address in pattern.withheld]
        if reasons:
            withheld[place] = reasons[0]
    return Decided(withheld, len(pattern.given_away))


def _near(
    weighed: Iterable[Weighed], asked: frozenset[Address], ahead: set[Span], shown: frozenset[Address]
) -> frozenset[Address]:
    """Of what was shown, what could matter: of series that hang together, the days that do."""
    found: set[Address] = set()
    for group in tied(one.series for one in weighed):
        codes = {series.code for series in group}
        wanted = {one.span for one in asked if one.series in codes} | ahead
        # What stood on an evening is the beginning of the next day.
        is_chained = any(series.came or series.went for series in group)
        found |= _touching(wanted, {one for one in shown if one.series in codes}, is_chained=is_chained)
    return frozenset(found)


def _touching(wanted: Collection[Span], shown: Collection[Address], *, is_chained: bool) -> set[Address]:
    """Of what was shown, that whose days meet the days asked for, at once or by way of others.

    Nothing follows from any other: equations hold between days that lie in each other, and between what is left of
    them. A year of months is so decided month by month, until a running total ties them together; or what stood at
    the end of each, where it is known how many came since.
    """
    days = sorted({*wanted, *(one.span for one in shown)}, key=lambda span: (span.first, span.last))
    groups: list[list[Span]] = []
    last = date.min
    for span in days:
        if not groups or span.first > (last + ONE_DAY if is_chained else last):
            groups.append([])
        groups[-1].append(span)
        last = max(last, span.last)
    near = {span for group in groups if not set(wanted).isdisjoint(group) for span in group}
    return {one for one in shown if one.span in near}


def _is_declared(one: Shown, measures: Mapping[tuple[str, int], Measure]) -> bool:
    return (one.place.code, one.version) in measures


def _measures(proposed: Mapping[Place, int], shown: Iterable[Shown]) -> dict[tuple[str, int], Measure]:
    asked = {(place.code, version) for place, version in proposed.items()}
    asked |= {(one.place.code, one.version) for one in shown}
    declared = indicators()
    return {
        (code, version): declared[code].version(version).measure for code, version in asked if code in declared
    }  # fmt: skip


def _hanging_together(
    proposed: Iterable[Place], measures: Mapping[tuple[str, int], Measure]
) -> tuple[Weighed, ...]:  # fmt: skip
    """The series that are proposed, and those of which they are a part or which are a part of them."""
    declared = indicators()
    every = weigh((declared[code], measure) for (code, _version), measure in sorted(measures.items(), key=_first))
    codes = {place.code for place in proposed}
    names = {
        name_of(source)
        for (code, _number), measure in measures.items()
        if code in codes
        for source in sources_of(measure)
    }
    groups = tied(one.series for one in every)
    wanted = {series.code for group in groups if any(one.code in names for one in group) for series in group}
    return tuple(one for one in every if one.series.code in wanted)


def _first(item: tuple[tuple[str, int], Measure]) -> tuple[str, int]:
    return item[0]


def _addresses(place: Place, measure: Measure) -> tuple[Address, ...]:
    return tuple(
        Address(name_of(source), place.unit, span_of(source, place.span)) for source in sources_of(measure)
    )  # fmt: skip


def _protect(tables: Tables, weighed: tuple[Weighed, ...], paths: Mapping[str, str], pin: Pin) -> Pattern:
    """As the figures promise to add up. One that does not is taken without its promise, and no other with it."""
    sources = {one.series.code: one.source for one in weighed}
    may_be_loose = {one.series.code for one in weighed if one.is_loose}
    numbers: dict[Asked, Number] = {}
    loose: set[str] = set()
    while True:
        tried = replace(
            tables, series=tuple(loosened(one) if one.series.code in loose else one.series for one in weighed)
        )
        needed = tried.needed()
        asked = {(sources[one.series], one.span, paths[one.unit]) for one in needed}
        numbers |= read_numbers(asked - numbers.keys(), pin=pin)
        try:
            told = {
                one: whole_number(sources[one.series], numbers[sources[one.series], one.span, paths[one.unit]])
                for one in needed
            }
            return protect(tried.system(told))
        except Unkept as error:
            if error.series in loose or error.series not in may_be_loose:
                break
            loose.add(error.series)
        except (ValueError, ArithmeticError):
            break
    raise Refusal(
        "figures.bulletin_unsure",
        _("Nobody can be sure yet that these numbers give no person away. Leave out a table, and try again."),
    )


def _tree(district: str, asked: Collection[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The units below each that matters here, and the path of every one."""
    every = list(Unit.objects.within((district,)).order_by("code"))
    by_pk = {unit.pk: unit for unit in every}
    wholes = {unit.pk for unit in every if unit.path == district}
    for unit in every:
        if unit.code in asked:
            wholes.add(unit.parent_id or unit.pk)
    wholes &= by_pk.keys()
    # Up to the district.
    wholes |= {above for pk in wholes if (above := by_pk[pk].parent_id) is not None} & by_pk.keys()
    parts: dict[str, tuple[str, ...]] = {}
    for pk in sorted(wholes, key=lambda pk: by_pk[pk].path):
        kind = BELOW.get(UnitKind(by_pk[pk].kind))
        below = [unit.code for unit in every if unit.parent_id == pk and (unit.kind == kind or unit.code in asked)]
        if below:
            parts[by_pk[pk].code] = tuple(below)
    return parts, {unit.code: unit.path for unit in every}
