"""Many numbers at once: of one count in one span of days, all units of a depth in one query."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, Sum
from django.db.models.functions import Cast, Concat, Substr

from sunward.figures.counting.facts import facts_of, in_hours, sum_of_minutes, within
from sunward.figures.counting.figure import Figure, Number, share
from sunward.figures.counting.histories import read_conversions, read_standing, read_waits
from sunward.figures.definition import Conversion, Count, Measure, Share, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import Pin, Span, month_of

Asked = tuple[Measure, Span, str]
Counted = dict[str, tuple[Decimal, int]]


def read_numbers(asked: Iterable[Asked], *, pin: Pin) -> dict[Asked, Number]:
    """Each equals `Figure(...).number()`; the last of the three is a unit's path."""
    together: dict[tuple[Measure, Span], list[str]] = {}
    for measure, span, path in dict.fromkeys(asked):
        together.setdefault((measure, span), []).append(path)
    counted: dict[tuple[Count, Span], Counted] = {}
    for (measure, span), paths in together.items():
        for count in _counts_in(measure):
            held = counted.setdefault((count, span), {})
            missing = [path for path in paths if path not in held]
            held |= _count(count, span, missing, pin) if missing else {}
    found: dict[Asked, Number] = {}
    for (measure, span), paths in together.items():
        cells = _looked_up(measure, span, paths, pin)
        for path in paths:
            number = cells[path] if path in cells else _number(measure, span, path, pin, counted)
            found[measure, span, path] = number
    return found


def _looked_up(measure: Measure, span: Span, paths: list[str], pin: Pin) -> dict[str, Number]:
    """What looks back or ahead: of a whole month, all units in one pass over its facts."""
    month = month_of(span.last)
    match measure:
        case Standing() if span.last == month.last:
            cells = read_standing(measure, [month], paths, pin)
        case Conversion() if span == month:
            cells = read_conversions(measure, [month], paths, pin)
        case Wait() if span == month:
            cells = read_waits(measure, [month], paths, pin)
        case _:
            return {}
    return {path: cells[month, path] for path in paths}


def _counts_in(measure: Measure) -> tuple[Count, ...]:
    match measure:
        case Count():
            return (measure,)
        case Share(part, whole):
            return (part, whole)
        case _:
            return ()


def _number(measure: Measure, span: Span, path: str, pin: Pin, counted: dict[tuple[Count, Span], Counted]) -> Number:
    match measure:
        case Count():
            return Number(*counted[measure, span][path])
        case Share(part, whole):
            return share(int(counted[part, span][path][0]), int(counted[whole, span][path][0]))
        case _:
            return Figure(measure, span, path, pin).number()


def _count(count: Count, span: Span, paths: list[str], pin: Pin) -> Counted:
    """Value and base; where nothing happened both are zero."""
    found = dict.fromkeys(paths, (Decimal(0), 0))
    facts = within(facts_of(count.facts, pin=pin), span)
    for length in sorted({len(path) for path in paths}):
        cells = facts.annotate(above=Substr("place", 1, length)).order_by()
        for path, value, base in _grouped(cells, count.unit):
            if path in found and len(path) == length:  # what happened above has a shorter path
                worth = in_hours(value) if count.unit == CountingUnit.HOURS else Decimal(value or 0)
                found[path] = (worth, base)
    return found


def _grouped(cells: "QuerySet[Any, Any]", unit: CountingUnit) -> Any:
    by_path = cells.values_list("above")
    match unit:
        case CountingUnit.PERSON:
            held = models.Count("person_id", distinct=True)
            return by_path.exclude(person_id=None).annotate(value=held, base=held)
        case CountingUnit.SUBJECT:
            held = models.Count(
                Concat("subject_kind", models.Value(" "), Cast("subject_id", CharField())), distinct=True
            )
            return by_path.annotate(value=held, base=held)
        case CountingUnit.UNIT:
            held = models.Count("place", distinct=True)
            return by_path.annotate(value=held, base=held)
        case CountingUnit.QUANTITY:
            return by_path.annotate(value=Sum("quantity"), base=models.Count("pk"))
        case CountingUnit.HOURS:
            return by_path.annotate(value=sum_of_minutes(), base=models.Count("pk"))
        case _:
            return by_path.annotate(value=models.Count("pk"), base=models.Count("pk"))
