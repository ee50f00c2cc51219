"""Which lines need somebody's word: who is to be chased, and which notice is due. Pure."""

from datetime import date, timedelta

from sunward.blueprint.enums import Lifecycle, LightColour, NoticeLevel
from sunward.blueprint.following.chain import Course
from sunward.blueprint.lights.light import Light, Why

OPEN = (Lifecycle.ISSUED, Lifecycle.ACKNOWLEDGED, Lifecycle.RETURNED)
SOON = timedelta(days=14)


def needs_chasing(course: Course, light: Light, *, on: date) -> bool:
    """Somebody owes something: to acknowledge, to report, to catch up or to hand in."""
    if course.lifecycle not in OPEN:
        return False
    is_unread = (
        course.lifecycle == Lifecycle.ISSUED and course.acknowledge_by is not None and course.acknowledge_by < on
    )
    return is_unread or course.is_late(on=on) or light.colour == LightColour.RED or light.why == Why.UNREPORTED


def notice_due(course: Course, light: Light, *, on: date) -> tuple[NoticeLevel, date] | None:
    """The most serious notice that a line calls for today, and the day that it is about: of each pair one is written.

    Not the light: what nobody acknowledged is told of whatever its colour is.
    """
    if course.lifecycle not in OPEN:
        return None
    if course.due_on is not None and course.due_on < on:
        return NoticeLevel.SUPERVISION, course.due_on
    if course.lifecycle == Lifecycle.ISSUED and course.acknowledge_by is not None and course.acknowledge_by < on:
        return NoticeLevel.WARNING, course.acknowledge_by
    told = dict(light.told)
    day = told.get("day")
    if light.why == Why.STEP_LATE and isinstance(day, date):
        return NoticeLevel.WARNING, day
    if course.due_on is not None and course.due_on - on <= SOON:
        return NoticeLevel.REMINDER, course.due_on
    return None
