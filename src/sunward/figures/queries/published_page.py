"""One figure as it was published: a year of it by sub-district, its card, and the way to what it is now."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.figures.access import dashboard_programmes
from sunward.figures.definition import Conversion, Indicator, Version, Wait
from sunward.figures.enums import Across
from sunward.figures.queries.dashboard import may_read_live
from sunward.figures.queries.pictures import Trend, draw_trend
from sunward.figures.queries.published import (
    MONTHS_SHOWN,
    Cell,
    Publication,
    district_of,
    read_publications,
    read_published,
    streets_of,
)


@dataclass(frozen=True, slots=True)
class PublishedRow:
    name: str
    cells: tuple[tuple[date, Cell], ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """`live` leads to the figure as known now, down to the committees: for those who keep its files."""

    indicator: Indicator
    version: Version
    unit: Unit
    publication: Publication
    months: tuple[date, ...]
    rows: tuple[PublishedRow, ...]
    trend: Trend
    dashboard: str
    live: str

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

    @property
    def has_hidden(self) -> bool:
        return any(cell.is_hidden for row in self.rows for _month, cell in row.cells)

    @property
    def has_later(self) -> bool:
        return any(cell.is_later for row in self.rows for _month, cell in row.cells)


def read_published_page(
    *, actor: Actor, indicator: Indicator, unit: Unit, month: date | None
) -> PublishedPage | None:  # fmt: skip
    """None while nothing was published. Three queries, whatever there is."""
    publications = read_publications(district_of(unit.path))
    publication = next((one for one in publications if one.month == month), publications[-1] if publications else None)
    if publication is None:
        return None
    last = publication.month
    version = indicator.in_use(on=last)
    is_alone = isinstance(version.measure, Conversion | Wait)
    streets = [] if is_alone else streets_of(unit, on=last)
    published = read_published(
        publications, unit, [indicator.code], month=last, below=streets, months_below=MONTHS_SHOWN
    )
    year = [add_months(last, back) for back in range(1 - MONTHS_SHOWN, 1)]
    rows = tuple(
        PublishedRow(
            one.name if one.pk == unit.pk else one.short_name,
            tuple((day, published.cell(indicator.code, one.path, day)) for day in year),
            one.pk == unit.pk,
        )
        for one in (unit, *streets)
    )
    words = {"unit": unit.code, "until": f"{last:%Y-%m}"}
    live = f"{reverse('figures:figure', args=[indicator.code])}?{urlencode(words)}"
    has_dashboard = indicator.programme in dashboard_programmes(actor)
    there = {"programme": indicator.programme, "unit": unit.code, "month": f"{last:%Y-%m}"}
    return PublishedPage(
        indicator=indicator,
        version=version,
        unit=unit,
        publication=publication,
        months=tuple(year),
        rows=rows,
        trend=draw_trend(rows[0].cells, version.measure),
        dashboard=f"{reverse('figures:dashboards')}?{urlencode(there)}" if has_dashboard else "",
        live=live if may_read_live(actor, indicator, unit) else "",
    )
