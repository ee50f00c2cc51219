"""From a bulletin's tables, and all that were published before, to cells and the equations between them.

A cell is an indicator of a unit in a span of days. What hangs together is written as equations, with what is on no page
beside it: the days between two running totals, those of the whole who are not of the part, persons counted twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from sunward.figures.disclosure.rules import Rule, reach_of
from sunward.figures.disclosure.system import Cell, Equation, Key, System
from sunward.figures.pins import Span

ONE_DAY = timedelta(days=1)


class Unkept(ValueError):
    """The numbers of a series are not as its kind promises: its parts are more than the whole."""

    def __init__(self, series: str, message: str) -> None:
        super().__init__(message)
        self.series = series


class Holds(StrEnum):
    """What holds between the whole and its parts, over months or over units."""

    ADDS = "adds"  # the parts sum up to it
    OVERLAPS = "overlaps"  # persons, each once: no part is larger, all together are not smaller
    NOTHING = "nothing"  # of open files at the ends of two months nothing follows


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator, as far as disclosure goes; others are named by their codes.

    `part_of` is the whole of which it counts a part. `came` and `went` count those by whom what stands at the end of a
    span has become more or less since its beginning. `at_most` is one that is never smaller: of persons, how often
    they came; where `has_some`, there is one if there is any of the other.
    """

    code: str
    rule: Rule | None
    over_units: Holds = Holds.ADDS
    over_months: Holds = Holds.ADDS
    part_of: str | None = None
    came: str | None = None
    went: str | None = None
    at_most: str | None = None
    has_some: bool = False

    @property
    def tied_to(self) -> tuple[str, ...]:
        return tuple(code for code in (self.part_of, self.came, self.went, self.at_most) if code)


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
        relations = _Relations(numbers)
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


def tied(series: Iterable[Series]) -> list[tuple[Series, ...]]:
    """Series that hang together in whichever way, each group in their order."""
    held = list(series)
    by_code = {one.code: one for one in held}
    leader = {code: code for code in by_code}

    def find(code: str) -> str:
        while leader[code] != code:
            code = leader[code]
        return code

    for one in held:
        for code in (code for code in one.tied_to if code in leader):
            leader[find(code)] = find(one.code)
    groups: dict[str, list[Series]] = {}
    for one in held:
        groups.setdefault(find(one.code), []).append(one)
    return [tuple(group) for group in groups.values()]


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


def _move(series: Series, family: "_Family", spans: Iterable[Span], relations: "_Relations") -> None:
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
    relations: "_Relations",
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

    def relate(self, series: Series, tree: Mapping[str, tuple[str, ...]], relations: "_Relations") -> None:
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

    def spans(self, series: Series) -> list[Span]:
        """Those on pages, and the pieces into which they cut each other."""
        if series.over_months is Holds.NOTHING:
            return sorted(self.on_pages, key=lambda span: (span.first, span.last))
        found = self.on_pages | self.ahead
        found |= set(segments(found))
        return sorted(found, key=lambda span: (span.first, span.last))


class _Relations:
    """Equations, and the cells on no page that they need."""

    def __init__(self, numbers: Mapping[Address, int]) -> None:
        self.numbers = numbers
        self.cells: list[Cell] = []
        self.equations: list[Equation] = []
        self.some: list[tuple[Key, Key]] = []

    def split(self, whole: Address, parts: list[Address], *, holds: Holds, rule: Rule | None) -> None:
        """What happened in no part, but at the whole's own place, is a number too; of time there is no such rest."""
        if holds is Holds.NOTHING:
            return
        own = self.numbers[whole] - sum(self.numbers[part] for part in parts)
        if own > 0 and parts[0].unit == whole.unit:
            raise Unkept(whole.series, f"The days of {whole!r} hold less than the whole.")
        if own < 0 and holds is Holds.ADDS:
            raise Unkept(whole.series, f"The parts of {whole!r} hold more than the whole.")
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
        if value < 0:
            raise Unkept(smaller.series, f"There is more of {smaller!r} than of {larger!r}.")
        rest = self._beside(kind, larger, value, other=smaller, reach=reach_of(rule, value))
        self.equations.append(Equation.total(larger, [smaller, rest]))

    def move(self, before: Address, after: Address, *, came: Address | None, went: Address | None) -> None:
        """What stands is more by who came and less by who went.

        It is not where somebody moved to another unit, or came twice and is counted once; then the one may still be no
        more than the other: no more can have come in than came. What does not hold is no equation.
        """
        if before not in self.numbers or after not in self.numbers:
            return
        arrived, left = (self.numbers.get(one) if one else None for one in (came, went))
        grown = self.numbers[after] - self.numbers[before]
        if came and went and arrived is not None and left is not None and grown == arrived - left:
            self.equations.append(Equation(((after, 1), (before, -1), (came, -1), (went, 1))))
            return
        if came and arrived is not None and arrived >= grown:
            rest = self._beside("gone since", came, arrived - grown, other=after)
            self.equations.append(Equation(((after, 1), (rest, 1), (before, -1), (came, -1))))
        if went and left is not None and left >= -grown:
            rest = self._beside("come since", went, left + grown, other=after)
            self.equations.append(Equation(((before, 1), (rest, 1), (after, -1), (went, -1))))

    def bound(self, persons: Address, times: Address, *, has_some: bool, may_be_told: bool) -> None:
        """Of so many times no more persons; and where `has_some`, one at least if there was any.

        Where the persons `may_be_told`, their zero would tell of the times; else both stay hidden.
        """
        many, often = self.numbers[persons], self.numbers[times]
        again = self._beside("again", times, often - many, other=persons)
        self.equations.append(Equation.total(times, [persons, again]))
        if has_some and may_be_told:
            most = -(-often // many) if many else 1
            spare = self._beside("less often", times, most * many - often, other=persons)
            self.equations.append(Equation(((persons, most), (times, -1), (spare, -1))))
        elif has_some:
            self.some.append((times, persons))

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
