"""A year of monthly bulletins about children, at random: what each shows when it is protected in one way or another."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sunward.figures.disclosure.attack import attack
from sunward.figures.disclosure.rules import Rule
from sunward.figures.disclosure.series import Address, Holds, Series
from sunward.figures.disclosure.suppression import Pattern, protect
from sunward.figures.disclosure.system import Equation, Key, System
from sunward.figures.disclosure.tables import Publication, Tables
from sunward.figures.pins import Span, last_of_month, month_of, year_to

RULE = Rule(5, hides_zero=False, base=1, source="for the benchmark")
DISTRICT = "district"
YEAR = 2026
# Paired children are a part of those with a file, who are more by those who came; helped persons are those visited,
# counted once over the year and the district.
SERIES = (
    Series("children", RULE, over_months=Holds.NOTHING, came="came"),
    Series("paired", RULE, over_months=Holds.NOTHING, part_of="children"),
    Series("visits", RULE),
    Series("helped", RULE, Holds.OVERLAPS, Holds.OVERLAPS, at_most="visits", has_some=True),
    Series("came", RULE),
)
MANY = 1_000_000
FLOWS = ("visits", "helped", "came")
STOCKS = ("children", "paired")


@dataclass(frozen=True, slots=True)
class Year:
    """Who was there when; every number of any span is counted from it."""

    units: tuple[str, ...]
    # Of children and pairs, how many at the end of the month, 0 being the one before; of those who came, in the month.
    moved: Mapping[tuple[str, str, int], int]
    events: tuple[tuple[int, str, int], ...]  # month, unit, person

    @classmethod
    def planted(cls, seed: int, *, units: int = 12, mean: float = 6) -> "Year":
        chance = random.Random(seed)
        names = tuple(f"street {place:02}" for place in range(units))
        moved: dict[tuple[str, str, int], int] = {}
        for unit in names:
            size = round(chance.expovariate(1 / (2 * mean)))
            for month in range(13):
                came = chance.choice((0, 0, 0, 1, 1, 2, 6))
                size += came - min(size, chance.choice((0, 0, 0, 1, 1, 2, 6)))
                moved["came", unit, month] = came
                moved["children", unit, month] = size
                moved["paired", unit, month] = sum(chance.random() < 0.6 for _child in range(size))
        events = tuple(
            (month, unit, chance.randrange(place * 10, place * 10 + 12))
            for place, unit in enumerate(names)
            for month in range(1, 13)
            for _event in range(round(chance.expovariate(1 / mean)))
        )
        return cls(names, moved, events)

    def count(self, address: Address) -> int:
        units = self.units if address.unit == DISTRICT else (address.unit,)
        if address.series in STOCKS:
            month = address.span.last.month if address.span.last.year == YEAR else 0
            return sum(self.moved[address.series, unit, month] for unit in units)
        spanned = range(address.span.first.month, address.span.last.month + 1)
        if address.series == "came":
            return sum(self.moved["came", unit, month] for unit in units for month in spanned)
        found = [person for month, unit, person in self.events if month in spanned and unit in units]
        return len(found) if address.series == "visits" else len(set(found))

    def bulletin(self, month: int, series: tuple[Series, ...] = SERIES) -> frozenset[Address]:
        """The month, and the year to its end, of each unit and of all; what stands, on its last day."""
        day = last_of_month(date(YEAR, month, 1))
        return frozenset(
            Address(one.code, unit, span)
            for one in series
            for unit in (*self.units, DISTRICT)
            for span in ((month_of(day), year_to(day)) if one.code in FLOWS else (Span(day, day),))
        )


# Of tables, the numbers in them: what is withheld.
Way = Callable[[Tables, Mapping[Address, int]], frozenset[Key]]


def together(tables: Tables, numbers: Mapping[Address, int]) -> frozenset[Key]:
    return frozenset(_decided(tables, numbers).withheld)


def _decided(tables: Tables, numbers: Mapping[Address, int]) -> Pattern:
    return protect(tables.system(numbers), has_reasons=False)


def small_ones_only(tables: Tables, numbers: Mapping[Address, int]) -> frozenset[Key]:
    return frozenset(address for address in tables.proposed if RULE.protects(numbers[address]))


def each_table_by_itself(tables: Tables, numbers: Mapping[Address, int]) -> frozenset[Key]:
    """One indicator in one span: its units and their total, without the other tables and the earlier bulletins."""
    hidden: set[Key] = set()
    for address in {(address.series, address.span) for address in tables.proposed}:
        code, span = address
        mine = frozenset(other for other in tables.proposed if (other.series, other.span) == (code, span))
        over_units = next(series.over_units for series in tables.series if series.code == code)
        alone = Tables((Series(code, RULE, over_units, Holds.NOTHING),), tables.units, mine)
        hidden |= together(alone, numbers)
    return frozenset(hidden)


@dataclass(slots=True)
class Published:
    """A year of bulletins, each protected in one way, and everything they showed.

    `has_pages`: before each bulletin the month itself is published for dashboards. Where each `knows_own_kind_alone`,
    pages are weighed with pages and bulletins with bulletins.
    """

    year: Year
    way: Way
    series: tuple[Series, ...] = SERIES
    publications: list[Publication] = field(default_factory=list)
    has_pages: bool = False
    knows_own_kind_alone: bool = False
    pages: list[Publication] = field(default_factory=list)

    @property
    def units(self) -> dict[str, tuple[str, ...]]:
        return {DISTRICT: self.year.units}

    def publish(self, month: int) -> None:
        """The page on the fifth, the bulletin on the tenth."""
        bulletin, day = self.year.bulletin(month, self.series), date(YEAR + month // 12, month % 12 + 1, 5)
        if self.has_pages:
            page = frozenset(one for one in bulletin if one.span.first.month == month)
            end = last_of_month(date(YEAR, month, 1))
            ahead = frozenset({year_to(end), year_to(end.replace(day=1) - timedelta(days=1))} if month > 1 else {})
            self._publish(page, day, kind=self.pages, others=self.publications, ahead=ahead)
            # The month is told already; again it would be the same.
            bulletin -= page if not self.knows_own_kind_alone else frozenset()
        self._publish(bulletin, day + timedelta(days=5), kind=self.publications, others=self.pages)

    def _publish(
        self, proposed: frozenset[Address], day: date, *, kind: list[Publication], others: list[Publication],
        ahead: frozenset[Span] = frozenset(),
    ) -> None:  # fmt: skip
        earlier = (*kind, *(() if self.knows_own_kind_alone else others))
        tables = Tables(self.series, self.units, proposed, earlier, ahead)
        numbers = {address: self.year.count(address) for address in tables.needed()}
        hidden = self.way(tables, numbers)
        kind.append(Publication(day, frozenset(proposed - hidden), frozenset(proposed & hidden)))

    def system(self, months: int) -> System:
        """Every number of the bulletins, with all that hangs together, as if all were proposed anew."""
        proposed = frozenset(
            address for month in range(1, months + 1) for address in self.year.bulletin(month, self.series)
        )
        tables = Tables(self.series, self.units, proposed)
        return tables.system({address: self.year.count(address) for address in tables.needed()})

    def shown(self) -> frozenset[Address]:
        return frozenset().union(*(publication.shown for publication in (*self.publications, *self.pages)))


@dataclass(frozen=True, slots=True)
class Leak:
    """Of so many protected numbers, those that can be reckoned exactly, and those of which too much is known."""

    protected: int
    exactly: int
    too_closely: int


def leak(system: System, shown: Mapping[Key, int], equations: tuple[Equation, ...]) -> Leak:
    """Where it may be told that there is somebody, the attack knows it."""
    protected = [cell for cell in system.cells.values() if cell.reach]
    enough = {cell.key: (cell.lowest, cell.reach) for cell in protected}
    at_least = {cell.key: (cell.lowest, MANY) for cell in system.cells.values() if cell.lowest}
    found = attack(at_least | dict(shown), equations, asked=[cell.key for cell in protected], enough=enough)
    exactly = [cell for cell in protected if found.get(cell.key, (cell.value, cell.value)) == (cell.value, cell.value)]
    closely = [cell for cell in protected if not is_in_doubt(found.get(cell.key), cell.reach, cell.lowest)]
    return Leak(len(protected), len(exactly), len(closely))


def is_in_doubt(interval: tuple[int, int | None] | None, reach: int, lowest: int = 0) -> bool:
    return interval is not None and interval[0] <= lowest and (interval[1] is None or interval[1] >= reach)
