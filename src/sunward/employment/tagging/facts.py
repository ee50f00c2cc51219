"""What the rules ask of a profile, no more."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sunward.people.enums import Precision


class Span(NamedTuple):
    """A day as far as it is known: it lies between these two, both included."""

    first: date
    last: date


def span_of(day: date | None, precision: str = Precision.DAY) -> Span | None:
    """The days that a date of this precision may mean."""
    if day is None:
        return None
    if precision == Precision.MONTH:
        return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if precision == Precision.YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    return Span(day, day)


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """`situation` is what was said last; `stated` are the groups in which a person, not a rule, has put somebody."""

    birth: Span | None = None
    situation: str = ""
    registered: Span | None = None
    unemployed_since: Span | None = None
    education: int | None = None
    graduated: Span | None = None
    is_disabled: bool | None = None
    stated: frozenset[str] = frozenset()
