"""Things that happen rarely, a fair a month: held against the days that were planned; few make no slope."""

from dataclasses import dataclass
from datetime import date, timedelta

from sunward.blueprint.lights.light import C, Light, Why, light

# A planned day that has just gone by: what happened yesterday may not be told yet.
GRACE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """`planned` days, and the days on which such a thing took place; one each."""

    planned: tuple[date, ...]
    held: tuple[date, ...] = ()


def light_calendar(asked: Calendar, *, on: date) -> Light:
    """By the n-th planned day n of them have taken place: whichever of them stands for which."""
    due = sorted(day for day in asked.planned if day <= on)
    if not due:
        return light(C.GREY, Why.NO_CALENDAR)
    held = sorted(day for day in asked.held if day <= on)
    missing = due[len(held) :]
    told = {"held": len(held), "planned": len(due)}
    if any(day + timedelta(days=GRACE_DAYS) < on for day in missing):
        return light(C.RED, Why.CALENDAR_MISSED, day=missing[0], **told)
    if missing:
        return light(C.AMBER, Why.CALENDAR_WAITS, day=missing[0], **told)
    if _comes_late(held, len(due) - 1, due[-1]):
        return light(C.CAUGHT_UP, Why.CALENDAR_CAUGHT_UP, day=due[-1], **told)
    return light(C.GREEN, Why.CALENDAR_KEPT, **told)


def _comes_late(held: list[date], place: int, planned: date) -> bool:
    return held[place] > planned + timedelta(days=GRACE_DAYS)
