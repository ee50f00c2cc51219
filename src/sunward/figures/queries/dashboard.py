"""A dashboard: the three indices of a programme in a month, each with its parts, of a district or a sub-district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.furniture import Tab, Text
from sunward.core.months import add_months
from sunward.figures.access import (
    COUNTED_KINDS,
    dashboard_paths,
    dashboard_programmes,
    figure_paths,
    keeps_files_of,
)
from sunward.figures.aims import Aim
from sunward.figures.declared import aim_readers, indicators, indices, title_of
from sunward.figures.definition import Conversion, Indicator, Wait
from sunward.figures.indices import Index, IndexKind, IndexPart
from sunward.figures.pins import last_of_month
from sunward.figures.published.saying import Sure, how_sure, response
from sunward.figures.queries.committees import MONTHS_COUNTED, read_committees
from sunward.figures.queries.pictures import FigureMap, Trend, draw_map, draw_trend
from sunward.figures.queries.published import (
    MONTHS_SHOWN,
    Cell,
    Publication,
    Published,
    committees_of,
    district_of,
    read_publications,
    read_published,
    streets_of,
)


@dataclass(frozen=True, slots=True)
class Said:
    """How many answered, of how many who could have, and from where to where the mean of all may lie."""

    answers: int
    asked: int | None
    rate: Decimal | None
    sure: Sure | None


@dataclass(frozen=True, slots=True)
class PartCard:
    """One figure. `month` is its own: what needs time is told of an earlier one. `change` is against a year before."""

    code: str
    name: Text
    cell: Cell
    month: date
    before: Cell
    change: str
    said: Said | None
    trend: Trend
    href: str
    is_chosen: bool
    is_of_district_alone: bool
    # What was decided that it should be by the end of the month asked for.
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexShown:
    """An index with its parts; there is no number for it as a whole."""

    kind: str
    name: Text
    says: Text
    cards: tuple[PartCard, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    href: str
    cells: tuple[tuple[Text, Cell], ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose; what is empty or not there is the first there is."""

    programme: str
    month: date | None = None
    figure: str = ""
    # The day of today where committees may be counted; without it nothing is told but what was published.
    counted_on: date | None = None
    # A wall has no room for sentences.
    wants_aims: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    programme: str
    title: Text
    unit: Unit
    above: str
    publication: Publication
    months: tuple[date, ...]
    programmes: tuple[Tab, ...]
    indices: tuple[IndexShown, ...]
    columns: tuple[Text, ...]
    rows: tuple[UnitRow, ...]
    # Of a committee, and of the rows of committees: not published but counted now, for those who keep the files.
    is_live: bool
    has_live_rows: bool
    map: FigureMap | None
    map_of: Text
    map_code: str
    # What is published of sub-districts.
    mapped: tuple[str, ...]
    # Which figure the map shows.
    picks: tuple[Tab, ...]

    @property
    def has_hidden(self) -> bool:
        cells = [cell for row in self.rows for _name, cell in row.cells]
        cells += [dot.cell for index in self.indices for card in index.cards for dot in card.trend.dots]
        return any(cell.is_hidden for cell in cells)


def read_dashboard(*, actor: Actor, unit: Unit, asked: Asked) -> Dashboard | None:
    """None while nothing was published. Four queries, however many figures and units there are, and two for the aims.

    Of committees, which nobody reads but those who keep the files, each figure is counted in one more.
    """
    publications = read_publications(district_of(unit.path))
    publication = _chosen(publications, asked.month)
    if publication is None:
        return None
    declared, month = indices()[asked.programme], publication.month
    parts = [part for index in declared for part in index.parts]
    streets = streets_of(unit, on=month)
    codes = {part.code for part in parts} | {part.asked for part in parts if part.asked}
    is_live, today = unit.kind in COUNTED_KINDS, asked.counted_on
    if is_live and today:
        published = read_committees(publications, [unit], codes, month=month, on=today, months_back=MONTHS_COUNTED)
    else:
        published = read_published(publications, unit, codes, month=month, below=streets)
    mapped = [part.code for part in parts if not _is_of_district_alone(indicators()[part.code], month)]
    chosen = asked.figure if asked.figure in mapped else _most_told(mapped, streets, published, month)
    developing = [part.code for index in declared if index.kind == IndexKind.DEVELOPMENT for part in index.parts]
    aims = {} if is_live or not asked.wants_aims else _aims(actor, unit, developing, month)
    frame = _Frame(actor, asked.programme, unit, month, published, chosen, is_live=is_live, aims=aims)
    below, counted = streets, published
    if today and unit.kind == UnitKind.SUBDISTRICT and keeps_files_of(actor, asked.programme, unit):
        below = committees_of(unit, on=month)
        counted = read_committees(publications, [unit, *below], mapped, month=month, on=today)
    cells = {street.path: published.cell(chosen, street.path, month) for street in streets}
    hrefs = {street.path: frame.href(street) for street in streets}
    return Dashboard(
        programme=asked.programme,
        title=title_of(asked.programme),
        unit=unit,
        above=_above(actor, unit, frame),
        publication=publication,
        months=tuple(reversed([one.month for one in publications[-MONTHS_SHOWN:]])),
        programmes=_programmes(actor, frame),
        indices=tuple(_index(index, frame) for index in declared),
        columns=tuple(indicators()[code].name for code in mapped) if below else (),
        rows=_rows(unit, below, mapped, counted, frame) if below else (),
        is_live=is_live,
        has_live_rows=counted is not published,
        map=draw_map(streets, cells, hrefs),
        map_of=indicators()[chosen].name,
        map_code=chosen,
        mapped=tuple(mapped),
        picks=tuple(Tab(indicators()[one].name, frame.href(unit, figure=one), one == chosen) for one in mapped),
    )


def _aims(actor: Actor, unit: Unit, codes: Sequence[str], month: date) -> Mapping[str, tuple[Aim, ...]]:
    """Development is held against a trajectory where one was decided (docs/adr/0017-indices.md)."""
    found: dict[str, tuple[Aim, ...]] = {}
    for read in aim_readers() if codes else ():
        for code, aims in read(actor, unit, codes, last_of_month(month)).items():
            found[code] = (*found.get(code, ()), *aims)
    return found


def _most_told(codes: Sequence[str], streets: Sequence[Unit], published: Published, month: date) -> str:
    """What the map shows unasked: what says most of the sub-districts, the first of several."""

    def told(code: str) -> tuple[int, int]:
        cells = [published.cell(code, street.path, month) for street in streets]
        return sum(bool(cell.value) for cell in cells), sum(cell.is_told for cell in cells)

    return max(codes, key=told)


def _chosen(publications: Sequence[Publication], month: date | None) -> Publication | None:
    """The month asked for, if it was published; else the newest."""
    found = next((one for one in publications if one.month == month), None)
    return found or (publications[-1] if publications else None)


@dataclass(frozen=True, slots=True)
class _Frame:
    actor: Actor
    programme: str
    unit: Unit
    month: date
    published: Published
    chosen: str
    is_live: bool
    aims: Mapping[str, tuple[Aim, ...]]

    def href(self, unit: Unit, programme: str = "", figure: str = "") -> str:
        words = {"programme": programme or self.programme, "unit": unit.code, "month": f"{self.month:%Y-%m}"}
        words |= {"figure": figure} if figure else {}
        return f"{reverse('figures:dashboards')}?{urlencode(words)}"

    def figure_href(self, code: str) -> str:
        if self.is_live:
            words = {"unit": self.unit.code, "until": f"{self.month:%Y-%m}"}
            return f"{reverse('figures:figure', args=[code])}?{urlencode(words)}"
        words = {"unit": self.unit.code, "month": f"{self.month:%Y-%m}"}
        return f"{reverse('figures:published', args=[code])}?{urlencode(words)}"


def _above(actor: Actor, unit: Unit, frame: _Frame) -> str:
    paths = dashboard_paths(actor, frame.programme)
    parent = None if unit.kind == UnitKind.DISTRICT else unit.parent
    return frame.href(parent) if parent is not None and parent.path.startswith(paths) else ""


def _programmes(actor: Actor, frame: _Frame) -> tuple[Tab, ...]:
    reads = keeps_files_of if frame.is_live else _reads
    readable = [one for one in dashboard_programmes(actor) if reads(actor, one, frame.unit)]
    return tuple(Tab(title_of(one), frame.href(frame.unit, programme=one), one == frame.programme) for one in readable)


def _reads(actor: Actor, programme: str, unit: Unit) -> bool:
    return unit.path.startswith(dashboard_paths(actor, programme))


def _index(index: Index, frame: _Frame) -> IndexShown:
    cards = tuple(_card(part, frame) for part in index.parts)
    return IndexShown(index.kind.value, index.kind.label, index.says, cards)


def _card(part: IndexPart, frame: _Frame) -> PartCard:
    indicator, path, published = indicators()[part.code], frame.unit.path, frame.published
    month = published.newest(part.code, path, frame.month) or frame.month
    cell, before = (published.cell(part.code, path, one) for one in (month, add_months(month, -12)))
    year = [add_months(month, back) for back in range(1 - MONTHS_SHOWN, 1)]
    is_alone = _is_of_district_alone(indicator, frame.month) and frame.unit.kind == UnitKind.SUBDISTRICT
    return PartCard(
        code=part.code,
        name=indicator.name,
        cell=cell,
        month=month,
        before=before,
        change=_change(cell, before),
        said=_said(part, cell, published.cell(part.asked, path, month)) if part.asked else None,
        trend=draw_trend(
            [(one, published.cell(part.code, path, one)) for one in year], indicator.in_use(on=month).measure
        ),
        href=frame.figure_href(part.code),
        is_chosen=part.code == frame.chosen,
        is_of_district_alone=is_alone,
        aims=() if is_alone else frame.aims.get(part.code, ()),
    )


def _change(cell: Cell, before: Cell) -> str:
    """With its sign; of percentages in points."""
    if cell.value is None or before.value is None:
        return ""
    change = cell.value - before.value
    places = 1 if change % 1 else 0
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{number_format(abs(change), decimal_pos=places, force_grouping=True)}"


def _said(part: IndexPart, cell: Cell, asked: Cell) -> Said | None:
    if cell.value is None or not cell.base:
        return None
    whole = int(asked.value) if asked.value is not None else None
    return Said(cell.base, whole, response(cell.base, whole or 0), how_sure(cell.value, cell.base))


def _is_of_district_alone(indicator: Indicator, month: date) -> bool:
    return isinstance(indicator.in_use(on=month).measure, Conversion | Wait)


def _rows(
    unit: Unit, below: Sequence[Unit], codes: Sequence[str], counted: Published, frame: _Frame
) -> tuple[UnitRow, ...]:  # fmt: skip
    names: Mapping[str, Text] = {code: indicators()[code].name for code in codes}
    return tuple(
        UnitRow(
            name=one.name if one.pk == unit.pk else one.short_name,
            href="" if one.pk == unit.pk else frame.href(one),
            cells=tuple((names[code], counted.cell(code, one.path, frame.month)) for code in codes),
            is_whole=one.pk == unit.pk,
        )
        for one in (unit, *below)
    )


def may_read_live(actor: Actor, indicator: Indicator, unit: Unit) -> bool:
    """Whether the page of the figure as it is now is the reader's too, with its committees."""
    paths = figure_paths(actor, indicator)
    return bool(paths) and unit.path.startswith(paths)
