"""Proposals of meetings as a list, and what an answer can be."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.blueprint.access import kept_paths, visible_proposals
from sunward.blueprint.enums import Answer
from sunward.blueprint.models import MeetingProposal
from sunward.blueprint.queries.meeting_page import ProposalRow, read_proposal
from sunward.core.furniture import Tab
from sunward.core.tables import Column

COLUMNS = (
    Column("text", _("What was proposed")),
    Column("speaker", _("Proposed by"), ("speaker__unit__code", "speaker__number")),
    Column("meeting", _("Meeting"), ("meeting__met_on", "number")),
    Column("due", _("Answer by"), ("meeting__answers_due_on", "meeting", "number")),
    Column("answer", _("Answer"), ("answer", "answered_on")),
)


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """`meeting_href` is empty for whoever sees the own unit's proposals and not the meeting."""

    row: ProposalRow
    unit: str
    name: str
    meeting: str
    met_on: date
    due_on: date
    meeting_id: UUID
    is_kept: bool


def list_proposals(actor: Actor, *, waiting: bool) -> QuerySet[MeetingProposal]:
    found = visible_proposals(actor).select_related("meeting", "speaker__unit", "merged_into")
    return found.filter(answer="") if waiting else found


def to_listed(row: MeetingProposal, actor: Actor, *, on: date) -> ListedProposal:
    return ListedProposal(
        row=read_proposal(row, row.meeting, on=on), unit=str(row.speaker), name=row.speaker.name,
        meeting=row.meeting.title, met_on=row.meeting.met_on, due_on=row.meeting.answers_due_on,
        meeting_id=row.meeting.uid, is_kept=row.meeting.unit_path in kept_paths(actor),
    )  # fmt: skip


def tabs(actor: Actor, *, waiting: bool) -> list[Tab]:
    href = reverse("blueprint:proposals")
    count = visible_proposals(actor).filter(answer="").count()
    return [
        Tab(pgettext_lazy("proposals", "All"), href, is_current=not waiting),
        Tab(_("Waits for an answer"), f"{href}?waiting=1", is_current=waiting, count=count),
    ]


def list_others(row: MeetingProposal) -> list[tuple[str, str]]:
    """With which it can be merged: those of the meeting that stand by themselves."""
    found = MeetingProposal.objects.filter(meeting=row.meeting).exclude(pk=row.pk).exclude(answer=Answer.MERGED)
    return [
        (str(one.number), f"{one.number}. {one.speaker} {one.text[:50]}")
        for one in found.select_related("speaker__unit").order_by("number")
    ]


def list_answers() -> list[tuple[str, object]]:
    return [(answer.value, answer.label) for answer in Answer]
