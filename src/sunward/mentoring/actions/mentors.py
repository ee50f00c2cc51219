"""Mentors' files: adding by hand, and editing what was seen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.actions import make_user, write_post
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.core.search.index import index
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.access import mentor_subject, visible_mentors
from sunward.mentoring.actions.children import PersonChanges, change_person, find_or_make_person, get_own_unit
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.finding import findable_mentor
from sunward.mentoring.models import Match, Mentor
from sunward.people.models import Person
from sunward.people.registering import PersonDetails


@dataclass(frozen=True, slots=True)
class MentorDetails:
    """What is known of a volunteer beyond the person."""

    kind: str = MentorKind.MOTHER
    state: str = MentorState.APPLIED
    capacity: int = 1
    occupation: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()
    own_children: tuple[str, ...] = ()
    school: str = ""
    major: str = ""
    subjects: tuple[str, ...] = ()
    joined_on: date | None = None


@transaction.atomic
def add_mentor(*, actor: Actor, person: PersonDetails, mentor: MentorDetails, on: date, now: datetime) -> Mentor:
    """Open a volunteer's file by hand. She may be matched once her vetting says so, never by this act."""
    if mentor.state != MentorState.APPLIED:
        raise Refusal(
            "mentoring.not_complete",
            _("An applicant becomes a neighbour mom by the steps on her page, not in this form."),
        )
    unit = get_own_unit(actor, person.unit_id)
    row = find_or_make_person(actor, person._replace(unit_path=unit.path))
    Person.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if Mentor.objects.filter(person=row).exists():
        raise Conflict("mentoring.mentor_there", _("She has a file already. Search for her name."))
    made = Mentor(person=row, unit=unit, unit_path=unit.path)
    _write(made, mentor)
    made.save()
    index([findable_mentor(made)])
    record_mentor_act(made, actor=actor, code="mentoring.mentor_added", on=on, now=now)
    return made


@transaction.atomic
def edit_mentor(
    *,
    actor: Actor,
    mentor_id: UUID,
    version: int,
    person: PersonChanges,
    mentor: MentorDetails,
    on: date,
    now: datetime,
) -> Mentor:
    """Change what the file says; `version` is the one the person saw."""
    row = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if version != row.version:
        raise Conflict("mentoring.mentor_changed", _("Somebody else has just changed this file. Look at it again."))
    taken = Match.objects.live().filter(mentor=row).count()
    if mentor.capacity < taken:
        raise Refusal("mentoring.capacity_taken", _("She already looks after more children than that."))
    if (mentor.state == MentorState.LEFT) != (row.state == MentorState.LEFT):
        raise Refusal("mentoring.leaves_elsewhere", _("Leaving and coming back are on her page, not in this form."))
    if row.state == MentorState.APPLIED and mentor.state != MentorState.APPLIED:
        raise Refusal(
            "mentoring.not_complete",
            _("An applicant becomes a neighbour mom by the steps on her page, not in this form."),
        )
    unit = row.unit
    if unit is None or person.unit_id != unit.pk:
        unit = get_own_unit(actor, person.unit_id)
    change_person(Person.objects.select_for_update(of=("self",)).get(pk=row.person_id), person, unit=unit)
    row.person.refresh_from_db()
    before = _columns(row)
    row.unit, row.unit_path = unit, unit.path
    _write(row, mentor)
    row.version += 1
    row.save()
    index([findable_mentor(row)])
    changed = sorted(name for name, value in _columns(row).items() if before[name] != value)
    record_mentor_act(row, actor=actor, code="mentoring.mentor_edited", on=on, now=now, columns=changed)
    return row


@transaction.atomic
def give_sign_in(*, actor: Actor, mentor_id: UUID, username: str, on: date, now: datetime) -> str:
    """Make her account, with the post of a neighbour mom in her unit: it opens her children and nothing else.

    Returns the one-time password, to be shown once.
    """
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if mentor.user_id is not None:
        raise Conflict("mentoring.sign_in_there", _("She can sign in already. The administrator gives new passwords."))
    if mentor.unit_id is None or mentor.state == MentorState.LEFT:
        raise Refusal("mentoring.no_sign_in", _("Write down where she lives first, and that she has not left."))
    user, password = make_user(username=username, name=mentor.person.name)
    write_post(user=user, role=Role.MENTOR, unit_id=mentor.unit_id, from_on=on)
    mentor.user = user
    mentor.version += 1
    mentor.save(update_fields=["user", "version"])
    record_mentor_act(mentor, actor=actor, code="mentoring.sign_in_given", on=on, now=now, user=user.pk)
    return password


def get_mentor_for_change(*, actor: Actor, mentor_id: UUID) -> Mentor:
    """The mentor's row, locked, inside the act's transaction.

    Her unit, which may be none, is not read along: whoever waited for the lock would get that of before.
    """
    found = visible_mentors(actor).select_for_update(of=("self",)).select_related("person")
    mentor = found.filter(uid=mentor_id).first()
    if mentor is None:
        raise NotThere("mentoring.mentor_not_there", _("There is no such neighbour mom, or she is not yours to see."))
    return mentor


def record_mentor_act(mentor: Mentor, *, actor: Actor, code: str, on: date, now: datetime, **detail: object) -> None:
    record_fact(
        NewFact(
            kind=code, subject_kind="mentor", subject_id=mentor.pk, happened_on=on, actor_id=actor.user_id,
            person_id=mentor.person_id, unit_id=mentor.unit_id, unit_path=mentor.unit_path, attributes=dict(detail),
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=mentor_subject(mentor), unit_path=mentor.unit_path, **detail)


def _write(row: Mentor, details: MentorDetails) -> None:
    row.kind, row.state, row.capacity = details.kind, details.state, details.capacity
    row.occupation, row.school, row.major = details.occupation, details.school, details.major
    row.skills, row.languages, row.slots = list(details.skills), list(details.languages), list(details.slots)
    row.honours, row.own_children = list(details.honours), list(details.own_children)
    row.subjects, row.joined_on = list(details.subjects), details.joined_on


def _columns(row: Mentor) -> dict[str, object]:
    names = (
        "unit_id", "kind", "state", "capacity", "occupation", "school", "major", "skills", "languages", "slots",
        "honours", "own_children", "subjects", "joined_on",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}
