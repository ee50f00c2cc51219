"""What the search box knows of a note of experience: title and beginning, as long as it is published."""

from collections.abc import Iterator

from sunward.casework.finding import CHUNK
from sunward.core.search.index import Findable
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote

NOTE_KIND = "mentoring.note"
_TEXT_LENGTH = 300


def findable_note(note: ExperienceNote) -> Findable:
    """The beginning, the box keeps no more; the page of the notes searches all of their words."""
    text = f"{note.title} {note.words}"[:_TEXT_LENGTH]
    return Findable(kind=NOTE_KIND, object_id=note.pk, unit_path=note.unit_path, text=text)


def all_findable_notes() -> Iterator[Findable]:
    published = ExperienceNote.objects.filter(state=NoteState.PUBLISHED).order_by("pk")
    for note in published.iterator(chunk_size=CHUNK):
        yield findable_note(note)
