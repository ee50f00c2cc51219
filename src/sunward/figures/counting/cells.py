"""Many cells of one definition at once: months across, units down, in one query for each length of path."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat, Substr
from django.db.models.sql.compiler import SQLCompiler

from sunward.figures.counting.facts import facts_of, within
from sunward.figures.counting.figure import Figure, Number, share
from sunward.figures.definition import Count, Measure, Share
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import Pin, Span

Cells = dict[tuple[Span, str], Number]


class MonthOf(Func):
    """The month of a day as text, ``2022-10``; on SQLite a day is text already."""

    arity = 1
    output_field = CharField()
    template = "to_char(%(expressions)s, 'YYYY-MM')"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)


def read_months(measure: Measure, months: Sequence[Span], paths: Iterable[str], *, pin: Pin) -> Cells:
    """Every month × unit. `months` follow each other; each cell equals `Figure(...).number()` of it."""
    asked = list(paths)
    match measure:
        case Count():
            return {
                key: Number(value, base=base) for key, (value, base) in _counts(measure, months, asked, pin).items()
            }
        case Share(part, whole):
            parts, wholes = _counts(part, months, asked, pin), _counts(whole, months, asked, pin)
            return {key: share(int(parts[key][0]), int(wholes[key][0])) for key in parts}
        case _:
            return {(month, path): Figure(measure, month, path, pin).number() for month in months for path in asked}


def _counts(
    count: Count, months: Sequence[Span], paths: list[str], pin: Pin
) -> dict[tuple[Span, str], tuple[Decimal, int]]:
    """Value and base of every cell; where nothing happened both are zero."""
    found = {(month, path): (Decimal(0), 0) for month in months for path in paths}
    by_name = {f"{month.first:%Y-%m}": month for month in months}
    facts = within(facts_of(count.facts, pin=pin), Span(months[0].first, months[-1].last))
    # Units of one depth have paths of one length: their beginnings are compared as a whole.
    for length in sorted({len(path) for path in paths}):
        cells = facts.annotate(month=MonthOf("happened_on"), above=Substr("place", 1, length)).order_by()
        for name, path, value, base in _grouped(cells, count.unit):
            key = (by_name[name], path)
            if key in found and len(path) == length:  # what happened above has a shorter path
                found[key] = (Decimal(value or 0), base)
    return found


def _grouped(cells: QuerySet[Any, Any], unit: CountingUnit) -> Any:
    """Rows of month, path, value and base."""
    grouped = cells.values_list("month", "above")
    match unit:
        case CountingUnit.PERSON:
            held = models.Count("person_id", distinct=True)
            return grouped.exclude(person_id=None).annotate(value=held, base=held)
        case CountingUnit.SUBJECT:
            # A number is that of one subject within its kind: both together are told apart.
            held = models.Count(Concat("subject_kind", Value(" "), Cast("subject_id", CharField())), distinct=True)
            return grouped.annotate(value=held, base=held)
        case CountingUnit.QUANTITY:
            return grouped.annotate(value=Sum("quantity"), base=models.Count("pk"))
        case _:
            return grouped.annotate(value=models.Count("pk"), base=models.Count("pk"))
