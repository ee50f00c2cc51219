"""Many cells of many definitions at once: months across, units down.

What the roll-up knows is read from it. The rest is counted: a count in one query for each length of path, a measure
that looks back or ahead in one pass over its facts. Each cell equals `Figure(...).number()` of it.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat, Substr

from sunward.figures.counting.facts import MonthOf, facts_of, in_hours, month_name, sum_of_minutes, within
from sunward.figures.counting.figure import Number, mean, share
from sunward.figures.counting.histories import Cells, read_conversions, read_standing, read_waits
from sunward.figures.counting.rollup import Counted, Kept, read_rolled
from sunward.figures.definition import Conversion, Count, Mean, Measure, Share, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import Pin, Span


def read_months(measure: Measure, months: Sequence[Span], paths: Iterable[str], *, pin: Pin) -> Cells:
    """Every month × unit of one measure. `months` follow each other."""
    return read_many([measure], months, paths, pin=pin)[measure]


def read_many(
    measures: Collection[Measure], months: Sequence[Span], paths: Iterable[str], *, pin: Pin
) -> dict[Measure, Cells]:
    """The same of many measures, for which the roll-up is asked once."""
    asked = list(paths)
    wanted = dict.fromkeys(kept for measure in measures for kept in kept_in(measure))
    rolled = read_rolled(wanted, months, asked, pin=pin)
    known = {kept: _completed(kept, rolled.get(kept, {}), months, asked, pin) for kept in wanted}
    return {measure: _read(measure, [known[kept] for kept in kept_in(measure)]) for measure in measures}


def kept_in(measure: Measure) -> tuple[Kept, ...]:
    """What a measure is made of, as the roll-up keeps it."""
    match measure:
        case Share(part, whole):
            return (part, whole)
        case Mean(facts):
            return (Count(facts, CountingUnit.QUANTITY),)
        case _:
            return (measure,)


def _read(measure: Measure, held: list[Counted]) -> Cells:
    cells = held[0].items()
    match measure:
        case Count(unit=CountingUnit.HOURS):
            return {key: Number(in_hours(told), base=base) for key, (told, base) in cells}
        case Count() | Standing():
            return {key: Number(value, base=base) for key, (value, base) in cells}
        case Share():
            return {key: share(int(part), int(held[1][key][0])) for key, (part, _base) in cells}
        case Mean():
            return {key: mean(total, base) for key, (total, base) in cells}
        case Conversion():
            return {key: share(int(part), base) for key, (part, base) in cells}
        case Wait():
            return {key: Number(value if base else None, base=base) for key, (value, base) in cells}


def _completed(kept: Kept, known: Counted, months: Sequence[Span], paths: list[str], pin: Pin) -> Counted:
    """What is known, and the rest counted: months that are missing for all units, units that are missing for all."""
    left = [month for month in months if any((month, path) not in known for path in paths)]
    if not left:
        return known
    missing = [path for path in paths if any((month, path) not in known for month in left)]
    first, last = months.index(left[0]), months.index(left[-1])
    return _counted(kept, months[first : last + 1], missing, pin) | known


def _counted(kept: Kept, months: Sequence[Span], paths: list[str], pin: Pin) -> Counted:
    match kept:
        case Count():
            return _counts(kept, months, paths, pin)
        case Standing():
            cells = read_standing(kept, months, paths, pin)
        case Conversion():
            cells = read_conversions(kept, months, paths, pin)
        case Wait():
            cells = read_waits(kept, months, paths, pin)
    return {
        key: (number.value or Decimal(0) if number.part is None else Decimal(number.part), number.base)
        for key, number in cells.items()
    }


def _counts(count: Count, months: Sequence[Span], paths: list[str], pin: Pin) -> Counted:
    """Value and base of every cell; where nothing happened both are zero."""
    found = {(month, path): (Decimal(0), 0) for month in months for path in paths}
    by_name = {month_name(month.first): month for month in months}
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
        case CountingUnit.UNIT:
            held = models.Count("place", distinct=True)
            return grouped.annotate(value=held, base=held)
        case CountingUnit.QUANTITY:
            return grouped.annotate(value=Sum("quantity"), base=models.Count("pk"))
        case CountingUnit.HOURS:
            return grouped.annotate(value=sum_of_minutes(), base=models.Count("pk"))
        case _:
            return grouped.annotate(value=models.Count("pk"), base=models.Count("pk"))
