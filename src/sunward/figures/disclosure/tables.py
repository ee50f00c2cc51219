"""From a bulletin's tables, and all that were published before, to cells and the equations between them.

A cell is an indicator of a unit in a span of days. What hangs together is written as equations, with what is on no page
beside it: the days between two running totals, those of the whole who are not of the part, persons counted twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from sunward.figures.disclosure.relations import Relations
from sunward.figures.disclosure.rules import reach_of
from sunward.figures.disclosure.series import Address, Holds, Series
from sunward.figures.disclosure.system import Cell, System
from sunward.figures.pins import Span

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was shown on a day.

    What a number was then and what it is now may differ. Whoever reckons is taken to know both: what was ever shown
    counts as known, at what it is today. What was `withheld` then must not follow from what is told later.
    """

    day: date
    shown: frozenset[Address]
    withheld: frozenset[Address] = frozenset()


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
        relations = Relations(numbers)
        families = self._families()
        by_code = {series.code: series for series in self.series}
        for family in families:
            for series in family.series:
                cells += (
                    Cell(
                        address,
                        numbers[address],
                        reach_of(series.rule, numbers[address]),
                        is_proposed=address in self.proposed,
                        published_on=first_shown.get(address),
                        lowest=_lowest(address, series, by_code, numbers, first_shown),
                    )
                    for address in family.of(series)
                )
                family.relate(series, self.units, relations)
                for address in family.of(series) if series.at_most else ():
                    _bound(address, series, by_code, first_shown, relations)
        for family in families:
            for series in family.series:
                for code in (series.came, series.went):
                    moved = next((one for one in families if one.holds(code)), None) if code else None
                    if moved:
                        _move(series, family, moved.spans(by_code[str(code)]), relations)
        return System.of([*cells, *relations.cells], relations.equations, relations.some)

    def _families(self) -> "list[_Family]":
        """Series of which one counts a part of another stand together: they need each other's units and spans."""
        by_code = {series.code: series for series in self.series}
        members: dict[str, list[Series]] = {}
        for series in self.series:
            head = series
            while head.part_of:
                head = by_code[head.part_of]
            members.setdefault(head.code, []).append(series)
        seen: dict[str, set[Address]] = {code: set() for code in by_code}
        for address in self.proposed.union(*(one.shown | one.withheld for one in self.earlier)):
            if address.series not in seen:
                raise ValueError(f"What was published of {address.series} cannot be weighed without its series.")
            seen[address.series].add(address)
        tree = [unit for whole, parts in self.units.items() for unit in (whole, *parts)]
        found: list[_Family] = []
        for held in members.values():
            shown = set().union(*(seen[series.code] for series in held))
            others = sorted({address.unit for address in shown} - set(tree))
            spans = {address.span for address in shown}
            found.append(_Family(tuple(held), tuple(dict.fromkeys([*tree, *others])), spans, self.ahead))
        return [_with_ends(family, found) for family in found]


def ends(span: Span) -> tuple[Span, Span]:
    """The evening before a span, and its last: two days of what stands."""
    before = span.first - ONE_DAY
    return Span(before, before), Span(span.last, span.last)


def _with_ends(family: "_Family", families: "list[_Family]") -> "_Family":
    """What stands at the ends of the spans that tell how it changed, though it be on no page.

    Earlier and later than anything was told of it nothing follows from who came. From who went something does: those
    were there before.
    """
    if not family.on_pages:
        return family
    first, last = min(span.first for span in family.on_pages), max(span.last for span in family.on_pages)
    days: set[Span] = set()
    for series in family.series:
        for code in (series.came, series.went):
            for other in families if code else ():
                found = {
                    day for one in other.series if one.code == code for span in other.spans(one) for day in ends(span)
                }
                days |= {day for day in found if series.went or first <= day.first <= last}
    return replace(family, on_pages=family.on_pages | days)


def _move(series: Series, family: "_Family", spans: Iterable[Span], relations: Relations) -> None:
    for unit in family.units:
        for span in spans:
            before, after = (Address(series.code, unit, day) for day in ends(span))
            came, went = (Address(code, unit, span) if code else None for code in (series.came, series.went))
            relations.move(before, after, came=came, went=went)


def _lowest(
    address: Address, series: Series, by_code: Mapping[str, Series], numbers: Mapping[Address, int],
    first_shown: Mapping[Address, date],
) -> int:  # fmt: skip
    """Where it may be told that something happened, it may be told that it happened to somebody."""
    other = Address(str(series.at_most), address.unit, address.span)
    if not series.has_some or not numbers.get(other):
        return 0
    may_be_told = other in first_shown or not reach_of(by_code[other.series].rule, numbers[other])
    return min(1, numbers[address]) if may_be_told else 0


def _bound(
    address: Address, series: Series, by_code: Mapping[str, Series], first_shown: Mapping[Address, date],
    relations: Relations,
) -> None:  # fmt: skip
    numbers, other = relations.numbers, Address(str(series.at_most), address.unit, address.span)
    if other not in numbers or numbers[address] > numbers[other]:
        return
    is_told = _lowest(address, series, by_code, numbers, first_shown) > 0
    # Where something happened to nobody in particular, it is no rule.
    is_rule = numbers[address] > 0 or not numbers[other]
    relations.bound(
        address, other, has_some=series.has_some and is_rule and not is_told,
        may_be_told=not reach_of(series.rule, numbers[address]),
    )  # fmt: skip


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
        for span in self.spans(series):
            for unit in self.units:
                yield Address(series.code, unit, span)

    def holds(self, code: str) -> bool:
        return any(series.code == code for series in self.series)

    def relate(self, series: Series, tree: Mapping[str, tuple[str, ...]], relations: Relations) -> None:
        spans = self.spans(series)
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

    def _relate_months(self, series: Series, unit: str, spans: list[Span], relations: Relations) -> None:
        for span in spans if series.over_months is not Holds.NOTHING else ():
            parts = [part for part in segments(spans) if span.first <= part.first and part.last <= span.last]
            if parts != [span]:
                held = [Address(series.code, unit, part) for part in parts]
                relations.split(Address(series.code, unit, span), held, holds=series.over_months, rule=series.rule)
        for earlier, later in running(spans) if series.over_months is Holds.OVERLAPS else ():
            # Persons who came in for the first time since.
            later_one, earlier_one = Address(series.code, unit, later), Address(series.code, unit, earlier)
            relations.differ(later_one, earlier_one, kind="newcomers", rule=series.rule)

    def spans(self, series: Series) -> list[Span]:
        """Those on pages, and the pieces into which they cut each other."""
        if series.over_months is Holds.NOTHING:
            return sorted(self.on_pages, key=lambda span: (span.first, span.last))
        found = self.on_pages | self.ahead
        found |= set(segments(found))
        return sorted(found, key=lambda span: (span.first, span.last))


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
