"""What of a month is proposed for publication: every figure that is settled, of the district and its sub-districts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sunward.core.months import add_months
from sunward.figures.bulletins.places import Place
from sunward.figures.definition import Conversion, Indicator, Measure, Wait
from sunward.figures.pins import Span, month_of, year_to

# What is written down late comes in within these days; a month is published on the day after.
SETTLES_IN_DAYS = 4
# How far back a first publication goes.
MONTHS_BACK = 12
# Where writing has stopped, its last month is told of if it went on until its last week.
WHOLE_TO_DAYS = 7


def publishes_on(month: Span) -> date:
    """The fifth of the next month."""
    return month.last + timedelta(days=SETTLES_IN_DAYS + 1)


def months_due(*, on: date, happened: Span | None = None) -> list[Span]:
    """The closed months of the last year, the oldest first.

    Where `happened` says from when until when anything is known of, no month before or after: a zero of a month of
    which nobody has written anything tells of nothing.
    """
    last = add_months(on.replace(day=1), -1)
    if happened is not None and happened.last < last:
        month = month_of(happened.last)
        is_whole = (month.last - happened.last).days <= WHOLE_TO_DAYS
        last = month.first if is_whole else add_months(month.first, -1)
    months = [month_of(add_months(last, -back)) for back in range(MONTHS_BACK - 1, -1, -1)]
    due = [month for month in months if publishes_on(month) <= on]
    return [month for month in due if happened is None or month.last >= happened.first]


def running_totals(month: Span) -> frozenset[Span]:
    """The year to the end of the month, and to its beginning: bulletins tell them, and what they tell of persons who
    came in anew is bounded by the months."""
    if month.first.month == 1:
        return frozenset()
    return frozenset({year_to(month.last), year_to(month.first - timedelta(days=1))})


def settled_month(measure: Measure, month: Span) -> Span:
    """Which month a figure tells of when this one is published: an earlier one, if it needs time to arrive.

    Told while it may still rise, a percentage would have to be told again, and the difference would tell of persons.
    """
    days = measure.days if isinstance(measure, Conversion) else 0
    told = month
    while days and told.last + timedelta(days=days) >= publishes_on(month):
        told = month_of(add_months(told.first, -1))
    return told


def proposals(
    indicators: Iterable[Indicator], month: Span, *, district: str, streets: Iterable[str]
) -> Iterator[tuple[Place, int]]:
    """Each place with the version by which it is counted. Of smaller units some figures rest on few people."""
    below = tuple(streets)
    for indicator in indicators:
        version = indicator.in_use(on=month.last)
        span = settled_month(version.measure, month)
        units = (district,) if isinstance(version.measure, Conversion | Wait) else (district, *below)
        for unit in units:
            yield Place(indicator.code, unit, span), version.number
