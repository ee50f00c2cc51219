"""What a figure is a function of, besides its definition: which days, which units, and what was known when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sunward.core.months import add_months


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A span ends on or after the day it begins.")


@dataclass(frozen=True, slots=True)
class Pin:
    """What was known: facts recorded by `known_until`, and the tree of units as it stood on `tree_on`.

    `tree_on` None counts every fact where it happened, under the tree of its own day.
    """

    known_until: datetime | None = None
    tree_on: date | None = None


NOW = Pin()


def last_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def month_of(day: date) -> Span:
    return Span(day.replace(day=1), last_of_month(day))


def months(first: date, last: date) -> Iterator[Span]:
    """The whole months that touch the days from `first` to `last`."""
    begins = first.replace(day=1)
    while begins <= last:
        yield month_of(begins)
        begins = add_months(begins, 1)


def year_to(day: date) -> Span:
    """From the first of January to the day."""
    return Span(day.replace(month=1, day=1), day)
