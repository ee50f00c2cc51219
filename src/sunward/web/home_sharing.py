"""Notes of experience that wait on the first page of whoever may publish them; who wrote one is not said."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.mentoring.queries.sharing import waiting_notes

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.mentoring.models import ExperienceNote


def list_waiting_notes(actor: Actor, on: date) -> "QuerySet[ExperienceNote]":
    return waiting_notes(actor).order_by("written_at", "pk")


def tell_note(note: "ExperienceNote", on: date) -> ToDo:
    days = (on - localdate(note.written_at)).days
    word = ngettext("waits %(days)d day", "waits %(days)d days", days) % {"days": days} if days else ""
    return ToDo(title=note.title, href=reverse("mentoring:note_judge", args=[note.uid]), word=word)
