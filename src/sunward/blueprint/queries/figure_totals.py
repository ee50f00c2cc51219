"""What the platform itself has counted, week by week or month by month, for the lights of any number of lines.

Of figures about persons nothing is counted here: they are what was published of their months (`published_totals`).
A count is asked once for each figure, day of its beginning and depth of unit; everything else is read by months.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import Substr

from sunward.blueprint.enums import Rhythm
from sunward.blueprint.lights.light import Reading, period_ends
from sunward.blueprint.queries.published_totals import Series, is_of_persons, read_published_totals
from sunward.figures.counting.cells import read_many
from sunward.figures.counting.facts import facts_of, in_hours, sum_of_minutes, within
from sunward.figures.declared import indicators
from sunward.figures.definition import Count, Measure
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import NOW, Pin, Span, month_of, months

Days = dict[str, dict[date, Decimal]]
_COUNTED_ONCE: Mapping[CountingUnit, tuple[str, ...]] = {
    CountingUnit.PERSON: ("person_id",),
    CountingUnit.SUBJECT: ("subject_kind", "subject_id"),
    CountingUnit.UNIT: ("place",),
}
_WORTH: Mapping[CountingUnit, Callable[[], Any]] = {
    CountingUnit.QUANTITY: partial(Sum, "quantity"),
    CountingUnit.HOURS: sum_of_minutes,
}


def measure_of(code: str, *, on: date) -> Measure | None:
    """None where no such figure is declared any more."""
    found = indicators().get(code)
    return found.in_use(on=on).measure if found else None


def read_series(asked: Collection[Series], *, on: date, pin: Pin = NOW) -> dict[Series, tuple[Reading, ...]]:
    """Counts as totals so far, everything else as what each month says; nothing where the figure is not declared.
    `pin` says what was known.

    A number about persons is never counted live for a line, whoever asks: every page of the line would tell of it.
    """
    persons = [one for one in asked if is_of_persons(one.code)]
    counted = count_series([one for one in asked if not is_of_persons(one.code)], on=on, pin=pin)
    return counted | read_published_totals(persons, on=on, pin=pin)


def count_series(asked: Collection[Series], *, on: date, pin: Pin = NOW) -> dict[Series, tuple[Reading, ...]]:
    """As known now, of whatever figure."""
    found: dict[Series, tuple[Reading, ...]] = {}
    counts: dict[tuple[Count, date, int], list[Series]] = {}
    monthly: list[tuple[Series, Measure]] = []
    for one in asked:
        measure = measure_of(one.code, on=on)
        if isinstance(measure, Count):
            counts.setdefault((measure, one.starts_on, len(one.path)), []).append(one)
        elif measure is not None:
            monthly.append((one, measure))
        else:
            found[one] = tuple(Reading(end, None) for end in one.ends)
    for (count, starts_on, length), several in counts.items():
        days = _count_days(count, Span(starts_on, max(starts_on, on)), length, {one.path for one in several}, pin)
        found |= {one: _totals(days.get(one.path, {}), one.ends, count.unit) for one in several}
    return found | _read_months(monthly, pin)


def month_ends(starts_on: date, *, until: date) -> tuple[date, ...]:
    return period_ends(starts_on, Rhythm.MONTH, until=until)


def _count_days(count: Count, span: Span, length: int, paths: Collection[str], pin: Pin) -> Days:
    facts = within(facts_of(count.facts, pin=pin), span).annotate(above=Substr("place", 1, length))
    found: Days = {}
    for above, day, value in _rows(facts.filter(above__in=paths).order_by(), count.unit):
        days = found.setdefault(above, {})
        days[day] = days.get(day, Decimal(0)) + Decimal(value or 0)
    return found


def _rows(facts: "QuerySet[Any]", unit: CountingUnit) -> Iterable[tuple[str, date, Decimal | int]]:
    if unit in _COUNTED_ONCE:
        # Each counts on the day on which it first came.
        columns = _COUNTED_ONCE[unit]
        facts = facts.exclude(person_id=None) if unit == CountingUnit.PERSON else facts
        firsts = facts.values("above", *columns).annotate(first=Min("happened_on")).values_list("above", "first")
        return ((above, first, 1) for above, first in firsts)
    value = _WORTH.get(unit, partial(CountOf, "pk"))()
    rows: Iterable[tuple[str, date, Decimal | int]] = facts.values_list("above", "happened_on").annotate(value=value)
    return rows


def _totals(days: Mapping[date, Decimal], ends: Collection[date], unit: CountingUnit) -> tuple[Reading, ...]:
    """Where nothing happened it is zero: the platform knows that nothing happened."""
    ordered = sorted(days)
    sums = [Decimal(0), *accumulate(days[day] for day in ordered)]
    told = (sums[bisect_right(ordered, end)] for end in ends)
    values = [in_hours(int(total)) for total in told] if unit == CountingUnit.HOURS else list(told)
    return tuple(Reading(end, value) for end, value in zip(ends, values, strict=True))


def _read_months(asked: Collection[tuple[Series, Measure]], pin: Pin) -> dict[Series, tuple[Reading, ...]]:
    if not asked or not any(one.ends for one, _measure in asked):
        return {one: () for one, _measure in asked}
    ends = [end for one, _measure in asked for end in one.ends]
    measures = list(dict.fromkeys(measure for _one, measure in asked))
    paths = sorted({one.path for one, _measure in asked})
    cells = read_many(measures, list(months(min(ends), max(ends))), paths, pin=pin)
    return {
        one: tuple(Reading(end, cells[measure][month_of(end), one.path].value) for end in one.ends)
        for one, measure in asked
    }
