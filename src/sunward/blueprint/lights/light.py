"""A colour with its reason, and the lines that numbers are held against."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from sunward.blueprint.enums import LightColour, Rhythm
from sunward.core.months import add_months

C = LightColour
# From worst to best. Grey is worst: whoever tells nothing is never better off than who tells something bad.
ORDER = (C.GREY, C.RED, C.AMBER, C.CAUGHT_UP, C.GREEN)


class Why(StrEnum):
    """The rule that gave the colour; `wording.say` has the sentences."""

    NOT_BEGUN = "not_begun"
    TOO_EARLY = "too_early"
    UNREPORTED = "unreported"
    FEW_POINTS = "few_points"
    REACHED = "reached"
    REACHED_LATE = "reached_late"
    ON_COURSE = "on_course"
    ON_COURSE_AGAIN = "on_course_again"
    BEHIND_BUT_GAINING = "behind_but_gaining"
    SLOWING = "slowing"
    FALLS_SHORT = "falls_short"
    DEADLINE_PASSED = "deadline_passed"
    WITHIN_LIMIT = "within_limit"
    NEARS_LIMIT = "nears_limit"
    OVER_LIMIT = "over_limit"
    SHIFT = "shift"
    TREND = "trend"
    MOSTLY_BEHIND = "mostly_behind"
    NO_SIGNAL = "no_signal"
    BACK_ON_LINE = "back_on_line"
    NO_STEPS = "no_steps"
    STEP_LATE = "step_late"
    STEP_REACHED_LATE = "step_reached_late"
    WAITS_FOR_OTHER = "waits_for_other"
    DUE_SOON = "due_soon"
    HANDED_IN = "handed_in"
    STEPS_REACHED = "steps_reached"
    NO_CALENDAR = "no_calendar"
    CALENDAR_KEPT = "calendar_kept"
    CALENDAR_CAUGHT_UP = "calendar_caught_up"
    CALENDAR_WAITS = "calendar_waits"
    CALENDAR_MISSED = "calendar_missed"
    CLOSED = "closed"
    CLOSED_LATE = "closed_late"
    CLOSED_SHORT = "closed_short"
    CLOSED_UNTOLD = "closed_untold"
    NOT_ISSUED = "not_issued"
    ONLY_MONTHS = "only_months"
    NOT_PUBLISHED = "not_published"
    MONTH_HIDDEN = "month_hidden"
    MONTH_UNPUBLISHED = "month_unpublished"


# Reasons that speak of no number: whoever reads the line reads them.
NUMBERLESS = frozenset(
    {
        Why.CLOSED_UNTOLD, Why.NOT_ISSUED, Why.ONLY_MONTHS, Why.NOT_PUBLISHED, Why.MONTH_HIDDEN, Why.MONTH_UNPUBLISHED,
    }
)  # fmt: skip


class Untold(StrEnum):
    """Why nothing is told of a month: what was counted in it is protected, or nothing of it was published."""

    HIDDEN = "hidden"
    UNPUBLISHED = "unpublished"


Told = tuple[tuple[str, str | int | date | Decimal], ...]


@dataclass(frozen=True, slots=True)
class Light:
    """`told` is what the sentence of the reason speaks of, by name."""

    colour: LightColour
    why: Why
    told: Told = ()

    @property
    def rank(self) -> int:
        """The higher the better; see `ORDER`."""
        return ORDER.index(self.colour)


def light(colour: LightColour, why: Why, **told: str | int | date | Decimal) -> Light:
    return Light(colour, why, tuple(told.items()))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the line that a number is to follow. `is_fixed`: it holds the line where it stood when later points
    were changed, and is none that could be missed."""

    on: date
    value: Decimal
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known at the end of a period that ends on `last`; None: nobody reported, which is not zero. `untold`:
    of a figure about persons, why it is not known; of a sum of months, the first of them that is not told."""

    last: date
    value: Decimal | None
    untold: Untold | None = None


def expected(line: Sequence[Point], day: date) -> Decimal:
    """Where the line stands on a day: straight between two points, level before the first and after the last."""
    if day <= line[0].on:
        return line[0].value
    for before, after in pairwise(line):
        if day <= after.on:
            share = Decimal((day - before.on).days) / (after.on - before.on).days
            return before.value + (after.value - before.value) * share
    return line[-1].value


def period_ends(starts_on: date, rhythm: Rhythm, *, cuts: Collection[date] = (), until: date) -> tuple[date, ...]:
    """The last days of the periods that are over: Sundays or ends of months, and deadlines themselves.

    The day `until` ends its own period: at its end what happened is known.
    """
    ends: list[date] = []
    end = _first_end(starts_on, rhythm)
    while end <= until:
        ends.append(end)
        end = end + timedelta(days=7) if rhythm == Rhythm.WEEK else _first_end(end + timedelta(days=1), rhythm)
    return tuple(sorted({*ends, *(cut for cut in cuts if starts_on <= cut <= until)}))


def _first_end(day: date, rhythm: Rhythm) -> date:
    if rhythm == Rhythm.WEEK:
        return day + timedelta(days=6 - day.weekday())
    return add_months(day.replace(day=1), 1) - timedelta(days=1)
