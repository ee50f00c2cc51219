"""Who may read a note of experience. A mentor reads her own, and like the staff what is published in her district.

Before it is published only those read it who judge it: supervisors and officers of the writer's units.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote, Mentor

NOTE_SUBJECT = "note"
JUDGING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)
_SHARING_KINDS = (MentorKind.MOTHER, MentorKind.STUDENT)
_HANDED_IN = (NoteState.WRITTEN, NoteState.RETURNED, NoteState.PUBLISHED)


def note_subject(note: ExperienceNote) -> Subject:
    return Subject(NOTE_SUBJECT, note.pk)


def note_not_there() -> NotThere:
    return NotThere("mentoring.experience_not_there", _("There is no such note, or it is not yours to see."))


def find_sharing_mentor(actor: Actor) -> Mentor | None:
    """The actor as a mentor who shares; nobody, without the post or after she has left."""
    if not actor.has(Role.MENTOR):
        return None
    found = Mentor.objects.filter(user_id=actor.user_id, kind__in=_SHARING_KINDS).exclude(state=MentorState.LEFT)
    return found.select_related("person").first()


def get_sharing_mentor(actor: Actor) -> Mentor:
    mentor = find_sharing_mentor(actor)
    if mentor is None:
        raise note_not_there()
    return mentor


def home_path(mentor: Mentor, actor: Actor) -> str:
    """Where her notes belong; a student has no unit of her own, but her post has one."""
    return mentor.unit_path or next(iter(actor.paths(Role.MENTOR)), "")


def own_notes(actor: Actor) -> QuerySet[ExperienceNote]:
    mentor = find_sharing_mentor(actor)
    return ExperienceNote.objects.none() if mentor is None else ExperienceNote.objects.filter(mentor=mentor)


def reading_districts(actor: Actor) -> tuple[str, ...]:
    """Whose published notes the actor reads, as a mentor or as staff; none for a mentor who has left, or an expert."""
    paths, mentor = actor.casework_paths(), find_sharing_mentor(actor)
    if mentor is not None:
        paths += (home_path(mentor, actor),)
    return tuple(sorted({_district(path) for path in paths if path.strip("/")}))


def within_reading_districts(actor: Actor) -> Q:
    """What has a `unit_path` in a district whose published notes the actor reads."""
    return below(reading_districts(actor))


def published_notes(actor: Actor) -> QuerySet[ExperienceNote]:
    """Read by an officer and open to the whole district, whoever wrote it."""
    return ExperienceNote.objects.filter(within_reading_districts(actor), state=NoteState.PUBLISHED)


def judged_notes(actor: Actor) -> QuerySet[ExperienceNote]:
    """Those the actor may publish or give back; nobody judges what she wrote herself."""
    found = ExperienceNote.objects.filter(below(actor.paths(*JUDGING_ROLES)), state__in=_HANDED_IN)
    # `exclude` would keep no note of a mentor without a sign-in.
    return found.filter(Q(mentor__user=None) | ~Q(mentor__user_id=actor.user_id))


def get_note(*, among: QuerySet[ExperienceNote], note_id: UUID) -> ExperienceNote:
    """One of those that the caller's gate lets through."""
    note = among.filter(uid=note_id).first()
    if note is None:
        raise note_not_there()
    return note


def lock_note(*, among: QuerySet[ExperienceNote], note_id: UUID) -> ExperienceNote:
    """The row is held until the act is done, and is judged again under the lock."""
    ExperienceNote.objects.select_for_update(of=("self",)).filter(uid=note_id).first()
    return get_note(among=among, note_id=note_id)


def _district(path: str) -> str:
    return f"/{path.strip('/').split('/')[0]}/"
