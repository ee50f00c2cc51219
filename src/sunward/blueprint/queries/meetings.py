"""Meetings as a list: on which day, how far each is, and what waits in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.access import kept_units, visible_meetings
from sunward.blueprint.enums import LineState
from sunward.blueprint.models import DeliveryPlan, Meeting, MeetingProposal, MeetingQuestion, PaperLine, Speaker
from sunward.core.furniture import Text, Tone
from sunward.core.refusals import NotThere
from sunward.core.tables import Column

COLUMNS = (
    Column("title", _("Meeting"), ("title",)),
    Column("met", _("Day"), ("met_on", "pk")),
    Column("state", _("State")),
    Column("waiting", _("Still to be done")),
)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """`open_lines` and `unanswered` are what waits for a person in it."""

    title: str
    href: str
    unit: str
    met_on: date
    state: Text
    tone: Tone
    open_lines: int
    unanswered: int


def list_meetings(actor: Actor) -> QuerySet[Meeting]:
    return with_what_waits(visible_meetings(actor).select_related("unit"))


def with_what_waits(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each counted by itself: joined in one query, the lines of a meeting would be multiplied by its proposals."""
    return meetings.annotate(
        open_lines=_number(PaperLine.objects.filter(state=LineState.OPEN)),
        unanswered=_number(MeetingProposal.objects.filter(answer="")),
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def to_row(meeting: Meeting) -> MeetingRow:
    return MeetingRow(
        title=meeting.title,
        href=reverse("blueprint:meeting", args=[meeting.uid]),
        unit=meeting.unit.name,
        met_on=meeting.met_on,
        state=meeting.get_state_display(),
        tone="good" if meeting.is_approved else "warn",
        open_lines=meeting.open_lines,  # type: ignore[attr-defined]
        unanswered=meeting.unanswered,  # type: ignore[attr-defined]
    )


def list_units_to_keep(actor: Actor) -> list[tuple[str, str]]:
    return [(unit.code, unit.name) for unit in kept_units(actor).order_by("code")]


def list_plans_to_look_at(actor: Actor) -> list[tuple[str, str]]:
    """Plans that a stocktake can be of; those that came of a stocktake are looked at with the plan that it was of."""
    rows = DeliveryPlan.objects.filter(unit__in=kept_units(actor), meeting__looks_at=None)
    return [(str(uid), title) for uid, title in rows.order_by("-meeting__met_on", "-pk").values_list("uid", "title")]


def is_written_down(actor: Actor, key: UUID) -> bool:
    return visible_meetings(actor).filter(uid=key).exists()


def questions_of(actor: Actor, plan: str) -> list[str]:
    """Of a plan that the actor keeps: a stocktake begins with them. An address that nobody made has none."""
    if plan not in dict(list_plans_to_look_at(actor)):
        return []
    rows = MeetingQuestion.objects.filter(meeting__plan__uid=plan).order_by("number")
    return list(rows.values_list("text", flat=True))


def list_questions(meeting: Meeting) -> list[str]:
    return list(meeting.questions.order_by("number").values_list("text", flat=True))


def find_speaker(meeting: Meeting, number: int) -> Speaker:
    found = meeting.speakers.filter(number=number).first()
    if found is None:
        raise NotThere("blueprint.speaker_not_there", _("There is no such speaker."))
    return found
