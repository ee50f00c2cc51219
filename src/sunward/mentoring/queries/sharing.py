"""Notes of experience: what is published, as others read it; what she wrote, as she sees it; what waits for a judge.

Nobody is named on any of them, not even who wrote it: what a note says is judged, not whose it is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Tab, Text, Tone
from sunward.core.tables import Column, LedgerPage, read_ledger
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote
from sunward.mentoring.sharing.access import (
    JUDGING_ROLES,
    find_sharing_mentor,
    judged_notes,
    own_notes,
    published_notes,
)

TONES: dict[str, Tone] = {
    NoteState.WRITTEN: "info", NoteState.PUBLISHED: "good", NoteState.RETURNED: "warn", NoteState.WITHDRAWN: "off",
}  # fmt: skip
CHANGEABLE = (NoteState.WRITTEN, NoteState.RETURNED)
# Of what somebody types into the field for words.
SEARCH_LENGTH = 60
RETURNED_SHOWN = 20
_GAPS = re.compile(r"[\s\x00,，、;；。]+")
_NEWEST = (Column("read", _("Published"), ("read_at",)),)
_LONGEST_WAITING = (Column("written", _("Handed in"), ("written_at",)),)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line of a list. `at`: since when it is published, or waits."""

    uid: UUID
    title: str
    words: str
    topics: tuple[Text, ...]
    at: datetime | None
    is_own: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OwnNote:
    """`told` says what becomes of it next; `back_version` is None where it cannot be brought back."""

    uid: UUID
    title: str
    words: str
    topics: tuple[Text, ...]
    state: Text
    tone: Tone
    told: Text
    written_at: datetime
    reason: str
    version: int
    may_change: bool
    may_take_back: bool
    may_bring_back: bool


@dataclass(frozen=True, slots=True)
class NotePage:
    """A published note. The addresses are empty for whoever neither wrote nor judges it."""

    uid: UUID
    title: str
    words: str
    topics: tuple[Text, ...]
    at: datetime | None
    own_href: str
    judge_href: str


@dataclass(frozen=True, slots=True)
class JudgedNote:
    uid: UUID
    title: str
    words: str
    topics: tuple[Text, ...]
    state: Text
    tone: Tone
    written_at: datetime
    kept: int
    reason: str
    version: int
    may_publish: bool
    may_return: bool
    is_published: bool


def read_words(asked: QueryDict) -> str:
    """What is searched for, as it is shown again."""
    return " ".join(_split(asked.get("q", "")))


def list_published(actor: Actor, *, asked: QueryDict) -> LedgerPage[NoteRow]:
    """The latest first, those only that hold every word that is searched for. Four queries."""
    mentor = find_sharing_mentor(actor)
    own = mentor.pk if mentor else 0
    found = _hold(published_notes(actor), _split(asked.get("q", "")))
    return read_ledger(found, asked=asked, columns=_NEWEST, order="-read", shape=lambda note: _row(note, own=own))


def list_waiting(actor: Actor, *, asked: QueryDict) -> LedgerPage[NoteRow]:
    """Who has waited longest comes first."""
    return read_ledger(waiting_notes(actor), asked=asked, columns=_LONGEST_WAITING, order="written", shape=_row)


def list_returned(actor: Actor) -> tuple[NoteRow, ...]:
    """What is with the writers again, the latest first."""
    found = judged_notes(actor).filter(state=NoteState.RETURNED).order_by("-read_at", "-pk")
    return tuple(map(_row, found[:RETURNED_SHOWN]))


def waiting_notes(actor: Actor) -> QuerySet[ExperienceNote]:
    return judged_notes(actor).filter(state=NoteState.WRITTEN)


def list_own(actor: Actor, *, taken: Collection[UUID]) -> tuple[OwnNote, ...]:
    """All that she wrote, the latest first; `taken` can still be brought back."""
    return tuple(read_own(note, taken=taken) for note in own_notes(actor).order_by("-written_at", "-pk"))


def read_own(note: ExperienceNote, *, taken: Collection[UUID]) -> OwnNote:
    return OwnNote(
        uid=note.uid,
        title=note.title,
        words=note.words,
        topics=_topics(note),
        state=NoteState(note.state).label,
        tone=TONES[note.state],
        told=_TOLD[NoteState(note.state)],
        written_at=note.written_at,
        reason=note.reason if note.state == NoteState.RETURNED else "",
        version=note.version,
        may_change=note.state in CHANGEABLE,
        may_take_back=note.state != NoteState.WITHDRAWN,
        may_bring_back=note.state == NoteState.WITHDRAWN and note.uid in taken,
    )


def read_published(note: ExperienceNote, actor: Actor) -> NotePage:
    is_own = own_notes(actor).filter(pk=note.pk).exists()
    is_judged = not is_own and judged_notes(actor).filter(pk=note.pk).exists()
    return NotePage(
        uid=note.uid,
        title=note.title,
        words=note.words,
        topics=_topics(note),
        at=note.read_at,
        own_href=reverse("mentoring:own_note", args=[note.uid]) if is_own else "",
        judge_href=reverse("mentoring:note_judge", args=[note.uid]) if is_judged else "",
    )


def read_judged(note: ExperienceNote) -> JudgedNote:
    return JudgedNote(
        uid=note.uid,
        title=note.title,
        words=note.words,
        topics=_topics(note),
        state=NoteState(note.state).label,
        tone=TONES[note.state],
        written_at=note.written_at,
        kept=note.kept,
        reason=note.reason,
        version=note.version,
        may_publish=note.state == NoteState.WRITTEN,
        may_return=note.state in (NoteState.WRITTEN, NoteState.PUBLISHED),
        is_published=note.state == NoteState.PUBLISHED,
    )


def list_tabs(actor: Actor, current: str) -> tuple[Tab, ...]:
    """What all read, what she wrote herself, and what waits for her to judge. One query each."""
    tabs = [Tab(_("Published"), reverse("mentoring:notes"), current == "published")]
    if find_sharing_mentor(actor) is not None:
        tabs.append(Tab(_("My own"), reverse("mentoring:own_notes"), current == "own"))
    if actor.has(*JUDGING_ROLES):
        waiting = waiting_notes(actor).count()
        tabs.append(Tab(_("Waiting to be read"), reverse("mentoring:waiting_notes"), current == "waiting", waiting))
    return tuple(tabs) if len(tabs) > 1 else ()


_TOLD: dict[NoteState, Text] = {
    NoteState.WRITTEN: _("The sub-district or the district reads it first. Until then nobody else sees it."),
    NoteState.PUBLISHED: _("All neighbour moms of your district can read it. Your name does not stand on it."),
    NoteState.RETURNED: _("Please change what the reason says and hand it in again. Other readers do not see it."),
    NoteState.WITHDRAWN: _("You have taken it back. Nobody else sees it."),
}


def _split(words: str) -> list[str]:
    return [word for word in _GAPS.split(words[:SEARCH_LENGTH]) if word]


def _hold(found: QuerySet[ExperienceNote], words: list[str]) -> QuerySet[ExperienceNote]:
    """In title or words themselves: the search box keeps no more than the beginning of a text."""
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(words__icontains=word))
    return found


def _topics(note: ExperienceNote) -> tuple[Text, ...]:
    return tuple(VisitTopic(topic).label for topic in note.topics if topic in VisitTopic.values)


def _row(note: ExperienceNote, *, own: int = 0) -> NoteRow:
    return NoteRow(
        uid=note.uid,
        title=note.title,
        words=note.words,
        topics=_topics(note),
        at=note.read_at if note.state == NoteState.PUBLISHED else note.written_at,
        is_own=note.mentor_id == own,
        reason=note.reason,
    )
