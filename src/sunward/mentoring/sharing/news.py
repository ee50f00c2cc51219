"""What the writer of a note has to hear of it. Whoever sends messages connects to `note_news`.

A receiver runs inside the act's own transaction, so that a message is written exactly if the act is. News carry no word
of the note and none of the reason: both stand on her page behind its gate.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal
from django.urls import reverse

from sunward.mentoring.enums import MentorState
from sunward.mentoring.models import ExperienceNote


class NoteNewsKind(StrEnum):
    PUBLISHED = "published"
    RETURNED = "returned"
    TAKEN_DOWN = "taken_down"

    @property
    def about(self) -> str:
        return f"experience_{self}"


@dataclass(frozen=True, slots=True)
class NoteNews:
    """`key` is the same however often it is told. No reference: the record of messages would say who wrote the note."""

    key: str
    kind: NoteNewsKind
    user_id: int
    person_id: int
    unit_path: str
    path: str


# Sent with `news=NoteNews(…)`, `now=datetime`.
note_news = Signal()


def tell_writer(note: ExperienceNote, kind: NoteNewsKind) -> NoteNews | None:
    """None where nobody hears it: she does not sign in, or has left."""
    mentor = note.mentor
    if mentor.user_id is None or mentor.state == MentorState.LEFT:
        return None
    return NoteNews(
        key=f"experience:{note.pk}:{note.version}",
        kind=kind,
        user_id=mentor.user_id,
        person_id=mentor.person_id,
        unit_path=note.unit_path,
        path=reverse("mentoring:own_note", args=[note.uid]),
    )
