"""What kind of day it is in China: workday, weekend, holiday, or a weekend day on which work is made up for.

A year whose holidays are not announced yet knows weekends and the holidays of a fixed date only, and no make-up
workdays; `years_without_holidays` says which years those are.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sunward.gatherings.holidays import is_announced, mark_of

SATURDAY = 5
WEEK = timedelta(days=7)
# New Year's Day, Labour Day, National Day: article 2 of the State Council's rules on holidays (as of 2025).
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class DayRule(StrEnum):
    """On which days a session may be. Never on a holiday."""

    WORKDAYS = "workdays"
    WITH_MAKE_UP = "with_make_up"
    WITH_WEEKENDS = "with_weekends"

    def allows(self, kind: DayKind) -> bool:
        return kind in _ALLOWED[self]


_ALLOWED = {
    DayRule.WORKDAYS: {DayKind.WORKDAY},
    DayRule.WITH_MAKE_UP: {DayKind.WORKDAY, DayKind.MAKE_UP},
    DayRule.WITH_WEEKENDS: {DayKind.WORKDAY, DayKind.MAKE_UP, DayKind.WEEKEND},
}


@lru_cache(maxsize=4096)
def kind_of_day(day: date) -> DayKind:
    mark, is_weekend = mark_of(day), day.weekday() >= SATURDAY
    if mark is not None:
        return DayKind.HOLIDAY if mark.is_holiday else DayKind.MAKE_UP
    if (day.month, day.day) in FIXED_HOLIDAYS and not is_announced(day.year):
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if is_weekend else DayKind.WORKDAY


def years_without_holidays(months: Iterable[str]) -> tuple[int, ...]:
    return tuple(year for year in sorted({int(month[:4]) for month in months}) if not is_announced(year))


def days_of(month: str) -> tuple[date, ...]:
    """Every day of a month such as ``2022-10``."""
    first = date.fromisoformat(f"{month}-01")
    return tuple(first + timedelta(days=number) for number in range(monthrange(first.year, first.month)[1]))


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def week_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from the first to the last, both counted."""
    begin, end = _months(first), _months(last)
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(begin, end + 1))


def _months(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1
