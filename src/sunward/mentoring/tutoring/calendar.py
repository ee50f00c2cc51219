"""The weekly days of a term, without public holidays and the weekends on which school makes up for them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sunward.gatherings.holidays import mark_of

_SCHOOL_IS_OVER = time(17)


def weekly_days(first_on: date, until_on: date, *, begins: time) -> Iterator[date]:
    """Every seventh day from the first, both ends included, on which the child is free.

    Holidays that are not announced yet cannot be left out: their sessions are cancelled by hand.
    """
    day = first_on
    while day <= until_on:
        if is_free(day, begins=begins):
            yield day
        day += timedelta(days=7)


def is_free(day: date, *, begins: time) -> bool:
    mark = mark_of(day)
    if mark is None:
        return True
    return not mark.is_holiday and begins >= _SCHOOL_IS_OVER


def next_weekday(weekday: int, *, after: date) -> date:
    """The first such day of the week that comes after the day."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def moment_of(day: date, begins: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, begins))
