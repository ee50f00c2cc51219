"""Months × units of measures that look back or ahead: a fact is read once, and passed on to all cells it tells of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any, cast

from django.db.models import BooleanField, Case, Min, Value, When

from sunward.figures.counting.facts import MonthOf, facts_of, is_of, month_name, within
from sunward.figures.counting.figure import TENTH, Number, share
from sunward.figures.definition import Conversion, Facts, Standing, Wait
from sunward.figures.pins import Pin, Span

Cells = dict[tuple[Span, str], Number]
# Whoever is counted, the day and the unit.
Days = Iterable[tuple[int, date, str]]


class _Units:
    """Which of the asked units a place lies in."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = sorted(set(paths))
        self.known: dict[str, tuple[str, ...]] = {"": ()}

    def of(self, place: str) -> tuple[str, ...]:
        """Remembered: many facts have the same few places."""
        found = self.known.get(place)
        if found is None:
            found = self.known[place] = tuple(path for path in self.paths if place.startswith(path))
        return found


def read_standing(measure: Standing, months: Sequence[Span], paths: Sequence[str], pin: Pin) -> Cells:
    """Fact by fact, the last of each month shows who has come and not gone."""
    both = facts_of(Facts((*measure.came.kinds, *measure.went.kinds)), pin=pin)
    told = (
        within(both, Span(date.min, months[-1].last))
        .annotate(came=Case(When(is_of(measure.came), then=Value(True)), default=False, output_field=BooleanField()))
        .order_by("happened_on", "recorded_at", "pk")
        .annotate(month=MonthOf("happened_on"))
        .values_list("subject_kind", "subject_id", "month", "place", "came")
    )
    units, rows, row = _Units(paths), iter(told), None
    places: dict[tuple[str, int], str] = {}
    standing: dict[str, int] = dict.fromkeys(paths, 0)
    found: Cells = {}
    for month in months:
        name = month_name(month.first)
        while (row := row or next(rows, None)) is not None and row[2] <= name:
            kind, number, _month, place, came = row
            for path in units.of(places.pop((kind, number), "")):
                standing[path] -= 1
            if came:
                places[kind, number] = place
                for path in units.of(place):
                    standing[path] += 1
            row = None
        found |= {(month, path): Number(Decimal(standing[path]), base=standing[path]) for path in paths}
    return found


def read_conversions(measure: Conversion, months: Sequence[Span], paths: Sequence[str], pin: Pin) -> Cells:
    """Of those who began in the month and unit, who arrived in time, wherever."""
    span = Span(months[0].first, months[-1].last)
    began = _days_of_persons(_days(measure.began, span, pin), months, paths)
    arrived: dict[int, list[date]] = defaultdict(list)
    for person, day, _place in _days(measure.arrived, Span(span.first, span.last + timedelta(days=measure.days)), pin):
        arrived[person].append(day)

    def is_there(person: int, first: date) -> bool:
        return any(0 <= (day - first).days <= measure.days for day in arrived.get(person, ()))

    return {
        key: share(sum(is_there(person, min(days)) for person, days in persons.items()), len(persons))
        for key, persons in began.items()
    }


def read_waits(measure: Wait, months: Sequence[Span], paths: Sequence[str], pin: Pin) -> Cells:
    """Of those who arrived in the month and unit, the median since they first began, wherever."""
    span = Span(months[0].first, months[-1].last)
    earlier = within(facts_of(measure.began, pin=pin), Span(date.min, span.last)).exclude(person_id=None).order_by()
    began = cast(dict[int, date], dict(earlier.values_list("person_id").annotate(first=Min("happened_on"))))
    found: Cells = {}
    for key, persons in _days_of_persons(_days(measure.arrived, span, pin), months, paths).items():
        waits = [
            (min(later) - first).days
            for person, days in persons.items()
            if (first := began.get(person)) and (later := [day for day in days if day >= first])
        ]
        found[key] = Number(Decimal(median(waits)).quantize(TENTH) if waits else None, base=len(waits))
    return found


def _days(facts: Facts, span: Span, pin: Pin) -> Days:
    """Person, day and place, in no order: sorting would take longer than the rest."""
    found: Any = within(facts_of(facts, pin=pin), span).exclude(person_id=None).order_by()
    return cast(Days, found.values_list("person_id", "happened_on", "place"))


def _days_of_persons(
    told: Days, months: Sequence[Span], paths: Sequence[str]
) -> dict[tuple[Span, str], dict[int, list[date]]]:
    """By month and unit, the days of each person."""
    units, month_of = _Units(paths), {(month.first.year, month.first.month): month for month in months}
    found: dict[tuple[Span, str], dict[int, list[date]]] = {
        (month, path): defaultdict(list) for month in months for path in paths
    }
    cells: dict[tuple[int, int, str], list[dict[int, list[date]]]] = {}
    for person, day, place in told:
        key = (day.year, day.month, place)
        if key not in cells:
            cells[key] = [found[month_of[key[:2]], path] for path in units.of(place)]
        for cell in cells[key]:
            cell[person].append(day)
    return found
