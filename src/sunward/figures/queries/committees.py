"""Committees on a dashboard: nothing is published of them, so those who keep the files read what is known now."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from sunward.accounts.models import Unit
from sunward.core.months import add_months
from sunward.figures.counting.cells import read_many
from sunward.figures.counting.figure import Number
from sunward.figures.declared import indicators
from sunward.figures.definition import Conversion, Measure
from sunward.figures.pins import NOW, Span, month_of
from sunward.figures.queries.published import MONTHS_SHOWN, Cell, CellState, Publication, Published
from sunward.figures.queries.saying import say

# A year, and the same month a year before.
MONTHS_COUNTED = MONTHS_SHOWN + 1


def read_committees(
    publications: Sequence[Publication], units: Iterable[Unit], codes: Collection[str], *, month: date, on: date,
    months_back: int = 1,
) -> Published:  # fmt: skip
    """The units' months up to this one, as known now; a percentage once its time is over, as it is published, and as
    many months back from there."""
    measures = {code: indicators()[code].in_use(on=month).measure for code in codes}
    paths = [unit.path for unit in units]
    by_month: dict[date, list[str]] = {}
    for code, measure in measures.items():
        by_month.setdefault(_settled(measure, month, on), []).append(code)
    cells: dict[tuple[str, str, date], Cell] = {}
    for last, told in by_month.items():
        spans = [month_of(add_months(last, back)) for back in range(1 - months_back, 1)]
        numbers = read_many({measures[code] for code in told}, spans, paths, pin=NOW)
        cells |= {
            (code, path, span.first): _cell(measures[code], numbers[measures[code]][span, path])
            for code in told
            for span in spans
            for path in paths
        }
    return Published(tuple(publications), cells)


def _settled(measure: Measure, month: date, on: date) -> date:
    """The newest month of which it can be told."""
    while not _is_over(measure, month_of(month), on):
        month = add_months(month, -1)
    return month


def _is_over(measure: Measure, span: Span, on: date) -> bool:
    return not isinstance(measure, Conversion) or span.last + timedelta(days=measure.days) < on


def _cell(measure: Measure, number: Number) -> Cell:
    if number.value is None:
        return Cell(CellState.NOTHING, base=number.base)
    return Cell(CellState.TOLD, say(measure, number), number.value, number.base)
