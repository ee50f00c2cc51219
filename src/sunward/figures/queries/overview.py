"""All figures the reader may read, of the highest unit she reads: this month so far, and the months before."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.figures.access import figure_paths, readable_indicators
from sunward.figures.counting.cells import read_months
from sunward.figures.declared import title_of
from sunward.figures.definition import Indicator
from sunward.figures.pins import NOW, months
from sunward.figures.queries.saying import say

MONTHS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """`values` are of the months in the order of `Overview.months`, the newest last."""

    name: Text
    href: str
    unit: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    title: Text
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    months: tuple[date, ...]
    groups: tuple[OverviewGroup, ...]


def read_overview(actor: Actor, *, on: date) -> Overview:
    spans = list(months(add_months(on.replace(day=1), 1 - MONTHS_SHOWN), on))
    readable = readable_indicators(actor)
    names = dict(Unit.objects.filter(path__in={_highest(actor, one) for one in readable}).values_list("path", "name"))
    groups: dict[str, list[OverviewRow]] = {}
    for indicator in readable:
        path = _highest(actor, indicator)
        measure = indicator.in_use(on=on).measure
        cells = read_months(measure, spans, [path], pin=NOW)
        groups.setdefault(indicator.programme, []).append(
            OverviewRow(
                name=indicator.name,
                href=reverse("figures:figure", args=[indicator.code]),
                unit=names.get(path, ""),
                values=tuple(say(measure, cells[span, path]) for span in spans),
            )
        )
    return Overview(
        months=tuple(span.first for span in spans),
        groups=tuple(OverviewGroup(title_of(programme), tuple(rows)) for programme, rows in groups.items()),
    )


def _highest(actor: Actor, indicator: Indicator) -> str:
    return min(figure_paths(actor, indicator), key=lambda path: (path.count("/"), path))
