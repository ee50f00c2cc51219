"""What was published of a unit's months, by figure: all that a dashboard knows. It counts nothing itself."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.months import add_months
from sunward.figures.counting.figure import Number
from sunward.figures.declared import indicators
from sunward.figures.definition import Conversion, Measure
from sunward.figures.models import MonthFigure, PublishedMonth
from sunward.figures.pins import month_of
from sunward.figures.published.proposing import publishes_on
from sunward.figures.queries.saying import say

MONTHS_SHOWN = 12
# As many again, so that each stands beside what it was a year before.
MONTHS_READ = 2 * MONTHS_SHOWN


class CellState(StrEnum):
    TOLD = "told"
    NOTHING = "nothing"  # a share of nobody
    HIDDEN = "hidden"
    LATER = "later"  # what it asks for may still happen
    NEVER = "never"  # this was not published


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is empty unless something is told. `base`: how many a mean or a percentage rests on."""

    state: CellState
    text: str = ""
    value: Decimal | None = None
    base: int | None = None

    @property
    def is_told(self) -> bool:
        return self.state == CellState.TOLD

    @property
    def is_hidden(self) -> bool:
        return self.state == CellState.HIDDEN

    @property
    def is_later(self) -> bool:
        return self.state == CellState.LATER


@dataclass(frozen=True, slots=True)
class Publication:
    month: date
    known_until: datetime
    published_on: date
    is_unsure: bool

    @property
    def next_on(self) -> date:
        """When the month after it is published; it may have passed where nobody has written anything since."""
        return publishes_on(month_of(add_months(self.month, 1)))


@dataclass(frozen=True, slots=True)
class Published:
    """`publications`, the newest last; cells by figure, path of the unit and first day of the month."""

    publications: tuple[Publication, ...]
    cells: Mapping[tuple[str, str, date], Cell]

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(one.month for one in self.publications)

    def of(self, month: date) -> Publication | None:
        """Of this month, or of the newest before it."""
        return next((one for one in reversed(self.publications) if one.month <= month), None)

    def cell(self, code: str, path: str, month: date) -> Cell:
        found = self.cells.get((code, path, month))
        if found is not None:
            return found
        measure = indicators()[code].newest.measure
        is_open = isinstance(measure, Conversion) and month in self.months
        return Cell(CellState.LATER if is_open else CellState.NEVER)

    def newest(self, code: str, path: str, until: date) -> date | None:
        """The last month up to this one of which something was published, be it that nothing is told."""
        found = [month for one, place, month in self.cells if (one, place) == (code, path) and month <= until]
        return max(found, default=None)


def district_of(path: str) -> str:
    return path[: path.index("/", 1) + 1]


def streets_of(unit: Unit, *, on: date) -> list[Unit]:
    """The sub-districts of a district that existed in the month; of a sub-district none."""
    return _existing(unit, UnitKind.SUBDISTRICT, on) if unit.kind == UnitKind.DISTRICT else []


def committees_of(unit: Unit, *, on: date) -> list[Unit]:
    """The committees of a sub-district that existed in the month; of a district none."""
    return _existing(unit, UnitKind.COMMITTEE, on) if unit.kind == UnitKind.SUBDISTRICT else []


def _existing(unit: Unit, kind: UnitKind, on: date) -> list[Unit]:
    units = unit.children.filter(kind=kind, valid_from__lte=month_of(on).last).order_by("code")
    return [one for one in units if one.valid_until is None or one.valid_until > on]


def read_publications(district: str) -> tuple[Publication, ...]:
    rows = PublishedMonth.objects.filter(district=district).order_by("-month")[:MONTHS_READ]
    found = rows.values_list("month", "known_until", "published_on", "is_unsure")
    return tuple(Publication(*row) for row in reversed(found))


def read_published(
    publications: tuple[Publication, ...], unit: Unit, codes: Collection[str], *, month: date, below: Iterable[Unit],
    months_below: int = 1,
) -> Published:  # fmt: skip
    """The unit in two years, those below in so many months: one query."""
    own = Q(unit_path=unit.path, first__gte=add_months(month, 1 - MONTHS_READ), first__lte=month)
    paths = [one.path for one in below]
    beside = Q(unit_path__in=paths, first__gte=add_months(month, 1 - months_below), first__lte=month)
    found = MonthFigure.objects.filter(own | beside if paths else own, code__in=codes)
    rows = found.values_list("code", "definition", "unit_path", "first", "told", "told_base", "is_told")
    declared = indicators()
    cells = {
        (code, path, first): _cell(declared[code].version(definition).measure, told, base, is_told=is_told)
        for code, definition, path, first, told, base, is_told in rows
        if code in declared
    }
    return Published(publications, cells)


def _cell(measure: Measure, told: Decimal | None, base: int | None, *, is_told: bool) -> Cell:
    if not is_told:
        return Cell(CellState.HIDDEN)
    if told is None:
        return Cell(CellState.NOTHING, base=base)
    return Cell(CellState.TOLD, say(measure, Number(told, base or 0)), told, base)
