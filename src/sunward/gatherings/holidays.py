"""Public holidays and the weekends that are worked for them, as the State Council announces them for each year."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import chinese_calendar
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Chinese names come from our own catalogue: the library knows them, but not in the reader's language.
_NAMES: dict[str, str | Promise] = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "National Day": _("National Day"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
}


@dataclass(frozen=True, slots=True)
class DayMark:
    """What is special about a day: a public holiday by its name, or a weekend on which people work for one."""

    kind: Literal["holiday", "workday"]
    name: str | Promise

    @property
    def is_holiday(self) -> bool:
        return self.kind == "holiday"


def is_announced(year: int) -> bool:
    """Whether the holidays of the year are known: they are announced in the autumn before."""
    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def mark_of(day: date) -> DayMark | None:
    """None for an ordinary day, a plain weekend, and every day of a year that is not announced yet."""
    if not is_announced(day.year):
        return None
    is_off, name = chinese_calendar.get_holiday_detail(day)
    if is_off:
        return DayMark("holiday", _NAMES.get(name, name)) if name else None
    return DayMark("workday", _("Works for the holiday")) if day.weekday() >= 5 else None
