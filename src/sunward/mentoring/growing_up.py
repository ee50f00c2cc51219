"""Growing up: help ends at 18, but for whoever is still at school (沪府规〔2025〕11号). Days only, no database.

Nothing closes by itself. Before the birthday somebody is asked to prepare; from the birthday on, whether to close or to
keep the file because of school; and while it is kept, again every September, when the school year begins.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ADULT_AGE = 18
PREPARE_MONTHS = 3
SCHOOL_YEAR_BEGINS = (9, 1)
# Nobody studies longer at a stretch; then it is asked anew, whatever was written down.
SCHOOL_YEARS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Keeping:
    """A file kept because of school: written down on a day, until a day at most."""

    recorded_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class GrowingUp:
    """Where somebody stands on one day. `asks_on` is when the question falls due; `state` what is to be done today."""

    adult_on: date
    asks_on: date
    state: Literal["child", "prepare", "kept", "decide"]


def adult_on(born_on: date) -> date:
    """The eighteenth birthday; whoever was born on 29 February has it on 1 March."""
    try:
        return born_on.replace(year=born_on.year + ADULT_AGE)
    except ValueError:
        return date(born_on.year + ADULT_AGE, 3, 1)


def is_grown_up(born_on: date | None, *, on: date) -> bool:
    """Of age on the day; nobody is whose birthday is not known."""
    return born_on is not None and adult_on(born_on) <= on


def born_for_adult(on: date) -> date:
    """Whoever was born on this day or before is of age on `on`: the same rule, for a query."""
    try:
        return on.replace(year=on.year - ADULT_AGE)
    except ValueError:
        return date(on.year - ADULT_AGE, 2, 28)


def prepare_on(born_on: date) -> date:
    """Three months before; where the month has no such day, its last one."""
    grown = adult_on(born_on)
    months = grown.year * 12 + grown.month - 1 - PREPARE_MONTHS
    year, month = divmod(months, 12)
    for day in range(grown.day, grown.day - 4, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError(born_on)


def read_growing_up(born_on: date, kept: Keeping | None, *, on: date) -> GrowingUp:
    """`kept` is the latest that was written down."""
    grown = adult_on(born_on)
    asks_on = grown if kept is None else max(grown, min(_next_school_year(kept.recorded_on), kept.until_on))
    if on >= asks_on:
        return GrowingUp(grown, asks_on, "decide")
    if on >= grown or kept is not None:
        return GrowingUp(grown, asks_on, "kept")
    return GrowingUp(grown, asks_on, "prepare" if on >= prepare_on(born_on) else "child")


def _next_school_year(after: date) -> date:
    """The first beginning of a school year after the day."""
    begins = after.replace(month=SCHOOL_YEAR_BEGINS[0], day=SCHOOL_YEAR_BEGINS[1])
    return begins if begins > after else begins.replace(year=begins.year + 1)
