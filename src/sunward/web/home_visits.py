"""What visits put on the list of those who plan and care: who is not back, and what nobody has read yet."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.mentoring.enums import VisitMood
from sunward.mentoring.models import SafeReturn, Visit
from sunward.mentoring.queries import visit_file, ways

_WORRYING = (VisitMood.TENSE, VisitMood.LOW)


def list_not_back(actor: Actor, on: date) -> "QuerySet[Any]":
    return ways.list_not_back(actor)


def tell_not_back(way: SafeReturn, on: date) -> ToDo:
    mentor = way.match.mentor.person.name
    expected = date_format(localtime(way.expected_back_at), "H:i")
    return ToDo(
        title=mentor, href=reverse("mentoring:way", args=[way.uid]), note=way.match.case.unit.short_name,
        word=_("Wanted to be back by %(time)s") % {"time": expected}, tone="urgent", person=mentor,
    )  # fmt: skip


def list_unread_visits(actor: Actor, on: date) -> "QuerySet[Any]":
    return visit_file.list_unread_visits(actor, on=on)


def tell_unread_visit(visit: Visit, on: date) -> ToDo:
    child = visit.match.case.person.name
    mood = VisitMood(visit.mood).label if visit.mood in _WORRYING else ""
    return ToDo(
        title=child, href=reverse("mentoring:child_visit", args=[visit.record.uid]),
        note=f"{visit.match.mentor.person.name} · {date_format(visit.record.happened_on, 'Y-m-d')}", word=mood,
        tone="warn" if mood else "calm", person=child,
    )  # fmt: skip
