"""A note of experience: written without anybody's name, read by an officer, then open to mentors of the district."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, Refusal
from sunward.core.search.index import forget, index
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.experts.clearing import clear
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.experts.known import list_known
from sunward.mentoring.experts.one_text import JOIN_LENGTH, join_text, part_text
from sunward.mentoring.models import ExperienceNote, Mentor
from sunward.mentoring.sharing.access import (
    get_sharing_mentor,
    home_path,
    judged_notes,
    lock_note,
    note_not_there,
    note_subject,
    own_notes,
)
from sunward.mentoring.sharing.finding import NOTE_KIND, findable_note
from sunward.mentoring.sharing.news import NoteNewsKind, note_news, tell_writer
from sunward.mentoring.sharing.rules import NOTE_LENGTH, REASON_LENGTH, TITLE_LENGTH
from sunward.people.screening import Known
from sunward.people.screening.known import list_known_of

# Written into Chinese text, in whatever language the page is read.
_HERSELF = "我"


@dataclass(frozen=True, slots=True)
class Told:
    """What she wants to share.

    Of the marked words she says that those `kept` name nobody, and that neutral words stand for those `changed`.
    """

    title: str
    words: str
    topics: tuple[VisitTopic, ...] = ()
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@transaction.atomic
def write_note(*, actor: Actor, key: UUID, told: Told, on: date, now: datetime) -> ExperienceNote:
    """By a mentor. The same key twice is one note; with other words it is not taken for the first."""
    mentor = get_sharing_mentor(actor)
    # Two presses at the same moment wait for each other.
    Mentor.objects.select_for_update(of=("self",)).filter(pk=mentor.pk).first()
    saved = ExperienceNote.objects.filter(uid=key).first()
    if saved is not None:
        if saved.mentor_id != mentor.pk:
            raise note_not_there()
        _refuse_other_words(saved, told, mentor=mentor, on=on)
        return saved
    note = ExperienceNote(uid=key, mentor=mentor, unit_path=home_path(mentor, actor), written_at=now)
    _fill(note, told, mentor=mentor, on=on)
    note.save()
    _record(note, "written", actor=actor, now=now)
    return note


@transaction.atomic
def change_note(
    *, actor: Actor, note_id: UUID, version: int, told: Told, on: date, now: datetime
) -> ExperienceNote:  # fmt: skip
    """Until it is published; what was given back waits to be read anew."""
    mentor = get_sharing_mentor(actor)
    note = lock_note(among=own_notes(actor), note_id=note_id)
    _refuse_moved(note, version, NoteState.WRITTEN, NoteState.RETURNED)
    _fill(note, told, mentor=mentor, on=on)
    note.state, note.written_at, note.reason = NoteState.WRITTEN, now, ""
    _save(note)
    _record(note, "changed", actor=actor, now=now)
    return note


@transaction.atomic
def withdraw_note(*, actor: Actor, note_id: UUID, now: datetime) -> ExperienceNote:
    """Hers to take back at any time, published or not; nobody else reads it from then on."""
    note = lock_note(among=own_notes(actor), note_id=note_id)
    if note.state == NoteState.WITHDRAWN:
        return note
    note.state = NoteState.WITHDRAWN
    _save(note)
    _record(note, "withdrawn", actor=actor, now=now)
    return note


@transaction.atomic
def bring_back_note(*, actor: Actor, note_id: UUID, version: int, now: datetime) -> ExperienceNote:
    """What she took back is hers again and waits to be read. For how long that goes, whoever asks has to know."""
    note = lock_note(among=own_notes(actor), note_id=note_id)
    if note.state != NoteState.WITHDRAWN:
        return note
    _refuse_moved(note, version, NoteState.WITHDRAWN)
    note.state = _state_before(note)
    _save(note)
    _record(note, "brought_back", actor=actor, now=now)
    return note


def _state_before(note: ExperienceNote) -> NoteState:
    """A reason stands only in what was given back. Else it waits to be read, also what was published: whoever was about
    to take it down, since she saw a name in it, could not while it was away."""
    return NoteState.RETURNED if note.reason else NoteState.WRITTEN


@transaction.atomic
def publish_note(*, actor: Actor, note_id: UUID, version: int, now: datetime) -> ExperienceNote:
    """By an officer who has read this very version."""
    note = lock_note(among=judged_notes(actor), note_id=note_id)
    if note.state == NoteState.PUBLISHED:
        return note
    _refuse_moved(note, version, NoteState.WRITTEN)
    note.state, note.reason = NoteState.PUBLISHED, ""
    _judge(note, "published", NoteNewsKind.PUBLISHED, actor=actor, now=now)
    return note


@transaction.atomic
def return_note(*, actor: Actor, note_id: UUID, version: int, reason: str, now: datetime) -> ExperienceNote:
    """With a reason that the writer reads. Also once it is published: a name may be noticed late."""
    note = lock_note(among=judged_notes(actor), note_id=note_id)
    reason = reason.strip()
    if note.state == NoteState.RETURNED and note.reason == reason:
        return note
    if not reason or len(reason) > REASON_LENGTH:
        raise Refusal("mentoring.experience_reason", _("Say in a sentence what she should change."))
    _refuse_moved(note, version, NoteState.WRITTEN, NoteState.PUBLISHED)
    kind = NoteNewsKind.TAKEN_DOWN if note.state == NoteState.PUBLISHED else NoteNewsKind.RETURNED
    note.state, note.reason = NoteState.RETURNED, reason
    _judge(note, "returned", kind, actor=actor, now=now)
    return note


def _fill(note: ExperienceNote, told: Told, *, mentor: Mentor, on: date) -> None:
    """Title and words are searched as one text, the title its first line: one look at the marks is enough."""
    title = " ".join(told.title.split())
    if not title:
        raise Refusal("mentoring.experience_untitled", _("Give it a short title."))
    if not told.words.strip():
        raise Refusal("mentoring.experience_empty", _("Write what you have found out."))
    cleared = clear(
        join_text(title, told.words.strip()), known=_list_known(mentor, on=on), kept=told.kept, changed=told.changed,
        limit=JOIN_LENGTH + NOTE_LENGTH + TITLE_LENGTH,
    )  # fmt: skip
    title, words = part_text(cleared.words)
    if len(title) > TITLE_LENGTH:
        raise Refusal("mentoring.experience_title_long", _("The title is too long. Shorten it a little."))
    note.title, note.words, note.kept = title, words, cleared.kept
    note.topics = [str(topic) for topic in dict.fromkeys(told.topics)]


def _refuse_other_words(saved: ExperienceNote, told: Told, *, mentor: Mentor, on: date) -> None:
    """Sent again from a page that had been left open, after something in it was changed: no word of it may be lost."""
    again = ExperienceNote()
    _fill(again, told, mentor=mentor, on=on)
    if (again.title, again.words, again.topics) != (saved.title, saved.words, saved.topics):
        raise Conflict("mentoring.experience_written", _("This note is handed in already, with other words."))


def _list_known(mentor: Mentor, *, on: date) -> tuple[Known, ...]:
    """Around the files of all her children, also those of long ago, and she herself: she tells of any of them."""
    hers = Q(matches__mentor=mentor) | Q(tutorings__mentor=mentor)
    cases = Case.objects.filter(hers).select_related("person", "unit").distinct()
    found = [*list_known_of(mentor.person, _HERSELF)]
    for case in cases:
        found += list_known(case, on=on)
    return tuple(found)


def _refuse_moved(note: ExperienceNote, version: int, *states: NoteState) -> None:
    if note.version != version or note.state not in states:
        raise Conflict("mentoring.experience_moved_on", _("This note has changed meanwhile. Load the page again."))


def _judge(note: ExperienceNote, step: str, kind: NoteNewsKind, *, actor: Actor, now: datetime) -> None:
    note.read_by_id, note.read_at = actor.user_id, now
    _save(note)
    _record(note, step, actor=actor, now=now)
    news = tell_writer(note, kind)
    if news is not None:
        note_news.send(sender=ExperienceNote, news=news, now=now)


def _save(note: ExperienceNote) -> None:
    """The search box finds it exactly as long as it is published."""
    note.version += 1
    note.save()
    if note.state == NoteState.PUBLISHED:
        index([findable_note(note)])
    else:
        forget(NOTE_KIND, [note.pk])


def _record(note: ExperienceNote, step: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=f"mentoring.experience_{step}", now=now, subject=note_subject(note), unit_path=note.unit_path
    )
