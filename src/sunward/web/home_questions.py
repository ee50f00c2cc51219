"""Questions to the expert team whose clock has run out, or does today: whoever keeps the team looks after them."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.mentoring.experts.access import overdue_questions
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.experts.life import due_at
from sunward.mentoring.models import Question


def list_due_questions(actor: Actor, on: date) -> "QuerySet[Any]":
    """By the end of the day, as follow-ups are: this list is kept for a day and knows no hour."""
    found = overdue_questions(actor, by=make_aware(datetime.combine(on, time.max)))
    return found.select_related("case").order_by("asked_at", "pk")


def tell_question(question: Question, on: date) -> ToDo:
    """By its reference and field, as everywhere."""
    late = (on - localdate(due_at(question))).days
    return ToDo(
        title=f"{question.reference} · {ExpertField(question.field).label}",
        href=reverse("mentoring:child_question", args=[question.case.uid, question.uid]),
        note=QuestionState(question.state).label,
        word=ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late > 0 else _("Today"),
        tone="warn",
    )
