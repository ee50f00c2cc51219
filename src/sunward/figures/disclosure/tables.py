"""From a bulletin's tables, and all that were published before, to cells and the equations between them.

A cell is an indicator of a unit in a span of days. What hangs together is written as equations, with what is on no page
beside it: the days between two running totals, those of the whole who are not of the part, persons counted twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from sunward.figures.disclosure.rules import Rule, reach_of
from sunward.figures.disclosure.system import Cell, Equation, Key, System
from sunward.figures.pins import Span

ONE_DAY = timedelta(days=1)


class Holds(StrEnum):
    """What holds between the whole and its parts, over months or over units."""

    ADDS = "adds"  # the parts sum up to it
    OVERLAPS = "overlaps"  # persons, each once: no part is larger, all together are not smaller
    NOTHING = "nothing"  # of open files at the ends of two months nothing follows


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator, as far as disclosure goes. `part_of` names the series of which it counts a part."""

    code: str
    rule: Rule | None
    over_units: Holds = Holds.ADDS
    over_months: Holds = Holds.ADDS
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    series: str
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Beside:
    """A number on no page that follows from those that are; `other` tells of which two."""

    kind: str
    address: Address
    other: Address


@dataclass(frozen=True, slots=True)
class Publication:
    """What was shown on a day.

    What a number was then and what it is now may differ. Whoever reckons is taken to know both: what was ever shown
    counts as known, at what it is today.
    """

    day: date
    shown: frozenset[Address]


@dataclass(frozen=True, slots=True)
class Tables:
    """`units` are the parts of each whole; `proposed` is what shall be published together.

    `ahead` are days of which nothing is told yet, but may be: how many persons came in anew since then is a number even
    so, and what is told of months bounds it.
    """

    series: tuple[Series, ...]
    units: Mapping[str, tuple[str, ...]]
    proposed: frozenset[Address]
    earlier: tuple[Publication, ...] = ()
    ahead: frozenset[Span] = frozenset()

    def needed(self) -> list[Address]:
        """Every number that `system` has to be told, published or not."""
        return [address for family in self._families() for address in family.addresses()]

    def system(self, numbers: Mapping[Address, int]) -> System:
        first_shown: dict[Address, date] = {}
        for publication in sorted(self.earlier, key=lambda publication: publication.day):
            for address in publication.shown:
                first_shown.setdefault(address, publication.day)
        cells: list[Cell] = []
        relations = _Relations(numbers)
        for family in self._families():
            for series in family.series:
                cells += (
                    Cell(
                        address,
                        numbers[address],
                        reach_of(series.rule, numbers[address]),
                        is_proposed=address in self.proposed,
                        published_on=first_shown.get(address),
                    )
                    for address in family.of(series)
                )
                family.relate(series, self.units, relations)
        return System.of([*cells, *relations.cells], relations.equations)

    def _families(self) -> "Iterator[_Family]":
        """Series of which one counts a part of another stand together: they need each other's units and spans."""
        by_code = {series.code: series for series in self.series}
        members: dict[str, list[Series]] = {}
        for series in self.series:
            head = series
            while head.part_of:
                head = by_code[head.part_of]
            members.setdefault(head.code, []).append(series)
        seen: dict[str, set[Address]] = {code: set() for code in by_code}
        for address in self.proposed.union(*(publication.shown for publication in self.earlier)):
            if address.series not in seen:
                raise ValueError(f"What was published of {address.series} cannot be weighed without its series.")
            seen[address.series].add(address)
        tree = [unit for whole, parts in self.units.items() for unit in (whole, *parts)]
        for held in members.values():
            shown = set().union(*(seen[series.code] for series in held))
            others = sorted({address.unit for address in shown} - set(tree))
            spans = {address.span for address in shown}
            yield _Family(tuple(held), tuple(dict.fromkeys([*tree, *others])), spans, self.ahead)


@dataclass(frozen=True, slots=True)
class _Family:
    series: tuple[Series, ...]
    units: tuple[str, ...]
    on_pages: set[Span]
    ahead: frozenset[Span] = frozenset()

    def addresses(self) -> Iterator[Address]:
        for series in self.series:
            yield from self.of(series)

    def of(self, series: Series) -> Iterator[Address]:
        for span in self._spans(series):
            for unit in self.units:
                yield Address(series.code, unit, span)

    def relate(self, series: Series, tree: Mapping[str, tuple[str, ...]], relations: "_Relations") -> None:
        spans = self._spans(series)
        for span in spans:
            for whole, parts in tree.items():
                held = [Address(series.code, unit, span) for unit in parts]
                relations.split(Address(series.code, whole, span), held, holds=series.over_units, rule=series.rule)
        for unit in self.units:
            self._relate_months(series, unit, spans, relations)
            for span in spans if series.part_of else ():
                whole_one = Address(str(series.part_of), unit, span)
                if whole_one in relations.numbers:
                    relations.differ(whole_one, Address(series.code, unit, span), kind="rest", rule=series.rule)

    def _relate_months(self, series: Series, unit: str, spans: list[Span], relations: "_Relations") -> None:
        for span in spans if series.over_months is not Holds.NOTHING else ():
            parts = [part for part in segments(spans) if span.first <= part.first and part.last <= span.last]
            if parts != [span]:
                held = [Address(series.code, unit, part) for part in parts]
                relations.split(Address(series.code, unit, span), held, holds=series.over_months, rule=series.rule)
        for earlier, later in running(spans) if series.over_months is Holds.OVERLAPS else ():
            # Persons who came in for the first time since.
            later_one, earlier_one = Address(series.code, unit, later), Address(series.code, unit, earlier)
            relations.differ(later_one, earlier_one, kind="newcomers", rule=series.rule)

    def _spans(self, series: Series) -> list[Span]:
        """Those on pages, and the pieces into which they cut each other."""
        found = self.on_pages | self.ahead if series.over_months is Holds.OVERLAPS else set(self.on_pages)
        if series.over_months is not Holds.NOTHING:
            found |= set(segments(found))
        return sorted(found, key=lambda span: (span.first, span.last))


class _Relations:
    """Equations, and the cells on no page that they need."""

    def __init__(self, numbers: Mapping[Address, int]) -> None:
        self.numbers = numbers
        self.cells: list[Cell] = []
        self.equations: list[Equation] = []

    def split(self, whole: Address, parts: list[Address], *, holds: Holds, rule: Rule | None) -> None:
        """What happened in no part, but at the whole's own place, is a number too; of time there is no such rest."""
        if holds is Holds.NOTHING:
            return
        own = self.numbers[whole] - sum(self.numbers[part] for part in parts)
        if own > 0 and parts[0].unit == whole.unit:
            raise ValueError(f"The days of {whole!r} hold less than the whole.")
        terms: list[tuple[Key, int]] = [(whole, 1), *((part, -1) for part in parts)]
        if own > 0:
            terms.append((self._beside("at its own place", whole, own, other=parts[0], reach=reach_of(rule, own)), -1))
        if holds is Holds.OVERLAPS:
            terms.append((self._beside("counted twice", whole, max(-own, 0), other=parts[0]), 1))
            for part in parts:
                self.differ(whole, part, kind="elsewhere", rule=None)
        self.equations.append(Equation(tuple(terms)))

    def differ(self, larger: Address, smaller: Address, *, kind: str, rule: Rule | None) -> None:
        """What the larger has more is a number too, and may itself be small."""
        value = self.numbers[larger] - self.numbers[smaller]
        rest = self._beside(kind, larger, value, other=smaller, reach=reach_of(rule, value))
        self.equations.append(Equation.total(larger, [smaller, rest]))

    def _beside(self, kind: str, address: Address, value: int, *, other: Address, reach: int = 0) -> Beside:
        key = Beside(kind, address, other)
        self.cells.append(Cell(key, value, reach, is_proposed=False))
        return key


def segments(spans: Iterable[Span]) -> list[Span]:
    """The pieces into which spans cut each other: of the year to September and that to October, both and October."""
    held = list(spans)
    cuts = sorted({span.first for span in held} | {span.last + ONE_DAY for span in held})
    pieces = (Span(first, after - ONE_DAY) for first, after in pairwise(cuts))
    return [piece for piece in pieces if any(span.first <= piece.first and piece.last <= span.last for span in held)]


def running(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Each running total with the next of the same beginning."""
    for earlier, later in pairwise(sorted(spans, key=lambda span: (span.first, span.last))):
        if earlier.first == later.first:
            yield earlier, later
