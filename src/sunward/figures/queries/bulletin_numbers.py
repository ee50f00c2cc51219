"""Many numbers at once: of one count in one span of days, all units of a depth in one query."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, Sum
from django.db.models.functions import Cast, Concat, Substr

from sunward.figures.counting.cells import read_months
from sunward.figures.counting.facts import facts_of, in_hours, sum_of_minutes, within
from sunward.figures.counting.figure import Figure, Number, share
from sunward.figures.counting.histories import Cells
from sunward.figures.definition import Count, Measure, Share, Standing
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import Pin, Span, month_of, months

Asked = tuple[Measure, Span, str]
Counted = dict[str, tuple[Decimal, int]]


def read_numbers(asked: Iterable[Asked], *, pin: Pin) -> dict[Asked, Number]:
    """Each equals `Figure(...).number()`; the last of the three is a unit's path. Whole months are read together."""
    together: dict[Measure, dict[Span, list[str]]] = {}
    for measure, span, path in dict.fromkeys(asked):
        together.setdefault(measure, {}).setdefault(span, []).append(path)
    found: dict[Asked, Number] = {}
    counted: dict[tuple[Count, Span], Counted] = {}
    for measure, by_span in together.items():
        whole = {span: month for span in by_span if (month := _month_like(measure, span))}
        cells = _read_months(measure, whole.values(), [path for span in whole for path in by_span[span]], pin)
        for span, paths in by_span.items():
            if span in whole:
                found |= {(measure, span, path): cells[whole[span], path] for path in paths}
                continue
            for count in _counts_in(measure):
                held = counted.setdefault((count, span), {})
                missing = [path for path in paths if path not in held]
                held |= _count(count, span, missing, pin) if missing else {}
            found |= {(measure, span, path): _number(measure, span, path, pin, counted) for path in paths}
    return found


def _month_like(measure: Measure, span: Span) -> Span | None:
    """The month that says the same: its own, or of what stands the one that ends with it."""
    month = month_of(span.last)
    is_same = span.last == month.last if isinstance(measure, Standing) else span == month
    return month if is_same else None


def _read_months(measure: Measure, asked: Collection[Span], paths: Iterable[str], pin: Pin) -> Cells:
    if not asked:
        return {}
    first, last = (choose(month.first for month in asked) for choose in (min, max))
    return read_months(measure, list(months(first, last)), dict.fromkeys(paths), pin=pin)


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
