"""Subjects and weekly hours as a page says them."""

from collections.abc import Iterable
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from sunward.core.furniture import Text
from sunward.mentoring.tutoring.enums import Subject


def label_subjects(codes: Iterable[object]) -> tuple[Text, ...]:
    return tuple(Subject(code).label for code in codes if code in Subject.values)


def say_hour(weekday: int | None, begins: time | None) -> str:
    """“Saturday 14:30”; where nothing is fixed yet it says so."""
    if weekday is None or begins is None:
        return gettext("hour still to be agreed")
    return gettext("%(day)s %(time)s") % {"day": WEEKDAYS[weekday], "time": f"{begins:%H:%M}"}
