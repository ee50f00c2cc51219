"""What a line is told of a figure about persons: the numbers that were published of whole months, and nothing else.

Whoever draws the way of a line anew, or chooses the day from which it is counted, sees by its light how a number stands
to that way. So the number is one that was published already.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sunward.blueprint.lights.light import Reading, Untold
from sunward.figures.declared import indicators
from sunward.figures.definition import Count
from sunward.figures.enums import CountingUnit, Protection
from sunward.figures.models import MonthFigure
from sunward.figures.pins import NOW, Pin

_ONCE = (CountingUnit.PERSON, CountingUnit.SUBJECT, CountingUnit.UNIT)
# By the first day of a month: whether it is told, and what. A share of nobody is told and no number.
Months = Mapping[date, tuple[bool, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of a unit, from a day on. `ends` are the last days of the periods that are over."""

    code: str
    path: str
    starts_on: date
    ends: tuple[date, ...]


def is_of_persons(code: str) -> bool:
    """Whether not everybody who reads a line may read the figure."""
    found = indicators().get(code)
    return found is not None and found.protection != Protection.OPEN


def made_of(code: str) -> str:
    """What its number in a line is made of, as `wording.MADE_OF` says it: who is counted once comes in many months."""
    measure = indicators()[code].newest.measure
    return "months_once" if isinstance(measure, Count) and measure.unit in _ONCE else "months"


def read_published_totals(
    asked: Collection[Series], *, on: date, pin: Pin = NOW
) -> dict[Series, tuple[Reading, ...]]:  # fmt: skip
    """Of whole months until the last one published by that day: counts as the sum of what is told so far, everything
    else as what each month says. One query. `ends` are ends of months."""
    if not asked:
        return {}
    rows = MonthFigure.objects.filter(
        code__in={one.code for one in asked}, unit_path__in={one.path for one in asked},
        first__gte=min(one.starts_on for one in asked), publication__published_on__lte=on,
    )  # fmt: skip
    if pin.known_until is not None:
        rows = rows.filter(publication__known_until__lte=pin.known_until)
    found: dict[tuple[str, str], dict[date, tuple[bool, Decimal | None]]] = {}
    for code, path, first, is_told, value in rows.values_list("code", "unit_path", "first", "is_told", "told"):
        found.setdefault((code, path), {})[first] = (is_told, value)
    return {one: tuple(_readings(one, found.get((one.code, one.path), {}))) for one in asked}


def _readings(one: Series, months: Months) -> Iterator[Reading]:
    newest = max(months, default=date.min)
    single = (_reading(end, months) for end in one.ends if end.replace(day=1) <= newest)
    is_count = isinstance(indicators()[one.code].newest.measure, Count)
    return _added_up(single) if is_count else single


def _reading(end: date, months: Months) -> Reading:
    is_told, value = months.get(end.replace(day=1), (None, None))
    untold = Untold.UNPUBLISHED if is_told is None else None if is_told else Untold.HIDDEN
    return Reading(end, value, untold)


def _added_up(single: Iterable[Reading]) -> Iterator[Reading]:
    """After a month that is not told no sum is known any more."""
    total: Decimal | None = Decimal(0)
    untold: Untold | None = None
    for reading in single:
        untold = untold or reading.untold
        total = None if untold or total is None else total + (reading.value or 0)
        yield Reading(reading.last, total, reading.untold)
