"""One figure: its card, and a year of it by unit, as known on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.figures.access import get_figure_unit, keeps_files
from sunward.figures.counting.cells import read_months
from sunward.figures.counting.histories import Cells
from sunward.figures.definition import Conversion, Indicator, Measure, Version
from sunward.figures.enums import Across
from sunward.figures.pins import Pin, Span, months
from sunward.figures.queries.saying import say

MONTHS_SHOWN = 12
_BELOW = {
    UnitKind.DISTRICT: UnitKind.SUBDISTRICT,
    UnitKind.SUBDISTRICT: UnitKind.COMMITTEE,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose: the unit's code (empty: the highest), the last month, and what was known by which day."""

    unit: str
    until: date
    known_on: date | None = None

    @property
    def pin(self) -> Pin:
        if self.known_on is None:
            return Pin()
        return Pin(known_until=timezone.make_aware(datetime.combine(self.known_on, time.max)))


@dataclass(frozen=True, slots=True)
class FigureCell:
    """`href` opens the records; empty, where nothing is counted or nothing may be opened."""

    value: str
    href: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    name: str
    href: str
    cells: tuple[FigureCell, ...]
    months: tuple[date, ...]
    is_whole: bool

    @property
    def labelled(self) -> tuple[tuple[FigureCell, date], ...]:
        return tuple(zip(self.cells, self.months, strict=True))


@dataclass(frozen=True, slots=True)
class FigurePage:
    """`rows` begin with the unit asked for; the units below follow."""

    indicator: Indicator
    version: Version
    months: tuple[date, ...]
    rows: tuple[FigureRow, ...]
    unit: str
    above: str
    asked: Asked
    has_provisional: bool

    @property
    def name(self) -> Text:
        return self.indicator.name

    @property
    def protection(self) -> Text:
        return self.indicator.protection.label

    @property
    def adds_over(self) -> tuple[Text, ...]:
        return tuple(over.label for over in self.indicator.adds_over)

    @property
    def adds_over_units(self) -> bool:
        return len(self.rows) == 1 or Across.UNITS in self.indicator.adds_over


def read_figure_page(*, actor: Actor, indicator: Indicator, asked: Asked, on: date) -> FigurePage:
    unit = get_figure_unit(actor=actor, indicator=indicator, code=asked.unit)
    version = indicator.in_use(on=on)
    spans = list(months(add_months(asked.until.replace(day=1), 1 - MONTHS_SHOWN), asked.until))
    units = [unit, *_below(unit, spans)]
    cells = read_months(version.measure, spans, [one.path for one in units], pin=asked.pin)
    opens = keeps_files(actor, indicator)
    rows = tuple(_row(one, unit, indicator, version.measure, spans, cells, asked, on, opens=opens) for one in units)
    return FigurePage(
        indicator=indicator,
        version=version,
        months=tuple(span.first for span in spans),
        rows=rows,
        unit=unit.name,
        above=_above(actor, indicator, unit, asked),
        asked=asked,
        has_provisional=any(cell.is_provisional for row in rows for cell in row.cells),
    )


def _below(unit: Unit, spans: list[Span]) -> list[Unit]:
    """Those of the months shown: a unit that was merged meanwhile keeps the row of what happened in it."""
    kind = _BELOW.get(UnitKind(unit.kind))
    closed_before = Q(valid_until__lte=spans[0].first)
    units = unit.children.filter(kind=kind, valid_from__lte=spans[-1].last).exclude(closed_before)
    return list(units.order_by("code")) if kind else []


def _above(actor: Actor, indicator: Indicator, unit: Unit, asked: Asked) -> str:
    """The way back up, if the reader reads the unit above."""
    readable = get_figure_unit(actor=actor, indicator=indicator, code="")
    if unit.parent is None or not unit.path.startswith(readable.path) or unit.path == readable.path:
        return ""
    return _address(indicator, unit.parent.code, asked)


def _row(
    one: Unit, whole: Unit, indicator: Indicator, measure: Measure, spans: list[Span], cells: Cells, asked: Asked,
    on: date, *, opens: bool,
) -> FigureRow:  # fmt: skip
    found = []
    for span in spans:
        number = cells[span, one.path]
        href = ""
        if opens and number.base:
            words = {"unit": one.code, "month": f"{span.first:%Y-%m}"}
            words |= {"known": f"{asked.known_on}"} if asked.known_on else {}
            href = f"{reverse('figures:records', args=[indicator.code])}?{urlencode(words)}"
        found.append(FigureCell(say(measure, number), href, is_provisional(measure, span, on=asked.known_on or on)))
    below = one.pk != whole.pk and UnitKind(one.kind) in _BELOW
    return FigureRow(
        name=one.short_name if one.pk != whole.pk else one.name,
        href=_address(indicator, one.code, asked) if below else "",
        cells=tuple(found),
        months=tuple(span.first for span in spans),
        is_whole=one.pk == whole.pk,
    )


def is_provisional(measure: Measure, span: Span, *, on: date) -> bool:
    """The month is not over, or those who began in it may still arrive in time."""
    days = measure.days if isinstance(measure, Conversion) else 0
    return (on - span.last).days <= days


def _address(indicator: Indicator, unit: str, asked: Asked) -> str:
    words = {"unit": unit, "until": f"{asked.until:%Y-%m}"}
    words |= {"known": f"{asked.known_on}"} if asked.known_on else {}
    return f"{reverse('figures:figure', args=[indicator.code])}?{urlencode(words)}"
