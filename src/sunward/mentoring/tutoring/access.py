"""Who may see a tutoring. The student never comes to the child's file: through here come a given name and an hour.

What a student may see is decided anew each time: the tutoring runs, the guardian's consent is valid today, and so is
the student's own vetting. A paused or closed one shows nothing.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.accounts.scopes import above, below
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState
from sunward.core.refusals import NotThere
from sunward.core.sealing import blind_index
from sunward.mentoring.access import mentor_subject
from sunward.mentoring.enums import MentorKind
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.models.tutoring import TutoringQuerySet
from sunward.mentoring.tutoring.enums import TutoringState
from sunward.mentoring.tutoring.limits import FAMILY_LINK_TRIES
from sunward.mentoring.vetting import read_standing
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord


def visible_tutorings(actor: Actor) -> TutoringQuerySet:
    """Tutorings whose child is in the actor's units."""
    return Tutoring.objects.filter(below(actor.casework_paths()))


def visible_students(actor: Actor) -> "QuerySet[Mentor]":
    """Students who serve the actor's units: of these units, of a unit that holds them, or of none.

    What can be seen of them is what a pair needs; their file with its numbers stays with the unit that keeps it.
    """
    paths = actor.casework_paths()
    if not paths:
        return Mentor.objects.none()
    near = below(paths) | Q(unit_path__in=above(paths)) | Q(unit_path="")
    return Mentor.objects.filter(near, kind=MentorKind.STUDENT)


def get_student(*, actor: Actor, mentor_id: UUID, now: datetime) -> Mentor:
    student = visible_students(actor).select_related("person", "unit", "user").filter(uid=mentor_id).first()
    if student is None:
        raise NotThere("mentoring.student_not_there", _("There is no such student, or it is not yours to see."))
    record_look(
        actor=actor, code="mentoring.student_opened", now=now, subject=mentor_subject(student),
        unit_path=student.unit_path, purpose="tutoring",
    )  # fmt: skip
    return student


def get_tutoring(*, actor: Actor, tutoring_id: UUID, now: datetime) -> Tutoring:
    """A tutoring for casework people; a look at the child's file, for its name is on the page."""
    found = visible_tutorings(actor).select_related("case__person", "case__unit", "mentor__person")
    tutoring = found.filter(uid=tutoring_id).first()
    if tutoring is None:
        raise tutoring_not_there()
    record_look(
        actor=actor, code="mentoring.tutoring_opened", now=now, subject=case_subject(tutoring.case),
        unit_path=tutoring.unit_path, purpose="tutoring",
    )  # fmt: skip
    return tutoring


def own_offers(actor: Actor) -> TutoringQuerySet:
    """What waits for the signed-in student's word. An offer has no name, only a school stage, subjects and hours."""
    return _own(actor).filter(state=TutoringState.PROPOSED, student_agreed_on=None)


def own_tutorings(actor: Actor) -> TutoringQuerySet:
    """The signed-in student's pupils: running, consented to, and none while her own vetting does not hold."""
    mentor = Mentor.objects.filter(user_id=actor.user_id, kind=MentorKind.STUDENT).first()
    if mentor is None or not read_standing(mentor.vetting_facts.all(), on=actor.on).may_match:
        return Tutoring.objects.none()
    return _own(actor).filter(consented(actor.on), state=TutoringState.RUNNING)


def consented(on: date) -> Exists:
    """Whoever cares for the child on the day consents to tutoring online. A former guardian's word ends with her."""
    valid = ConsentRecord.objects.valid(on=on).by_guardian(on=on)
    return Exists(valid.filter(person=OuterRef("case__person"), purpose=Purpose.TUTORING))


def has_consent(tutoring: Tutoring, *, on: date) -> bool:
    return Tutoring.objects.filter(consented(on), pk=tutoring.pk).exists()


def _own(actor: Actor) -> TutoringQuerySet:
    if not actor.has(Role.MENTOR):
        return Tutoring.objects.none()
    return Tutoring.objects.filter(
        mentor__user_id=actor.user_id, mentor__kind=MentorKind.STUDENT, case__state=CaseState.OPEN
    )  # fmt: skip


def get_own_tutoring(*, actor: Actor, tutoring_id: UUID, now: datetime) -> Tutoring:
    """The student's way to her pupil; writes the look on the child's file."""
    found = own_tutorings(actor).select_related("case__person", "case__child", "mentor")
    tutoring = found.filter(uid=tutoring_id).first()
    if tutoring is None:
        raise tutoring_not_there()
    record_look(
        actor=actor, code="mentoring.pupil_opened_by_student", now=now, subject=case_subject(tutoring.case),
        unit_path=tutoring.unit_path, purpose="tutoring",
    )  # fmt: skip
    return tutoring


def token_index(token: str) -> str:
    return blind_index(token, purpose="mentoring.tutoring_family")


def family_tutorings(*, token: str, on: date) -> TutoringQuerySet:
    """The family's page behind its link. Wrong, revoked, over, closed, paused, consent withdrawn, answered wrongly too
    often: nothing is found, and the answer is one and the same."""
    if not token:
        return Tutoring.objects.none()
    return Tutoring.objects.filter(
        consented(on), family_token_index=token_index(token), family_link_until_on__gte=on,
        family_link_failures__lt=FAMILY_LINK_TRIES, state=TutoringState.RUNNING, case__state=CaseState.OPEN,
    )  # fmt: skip


def family_page_not_there() -> NotThere:
    return NotThere("mentoring.family_page_not_there", _("This link is not open any more. Please call the committee."))


def tutoring_not_there() -> NotThere:
    return NotThere("mentoring.tutoring_not_there", _("There is no such tutoring, or it is not yours to see."))


def session_not_there() -> NotThere:
    return NotThere("mentoring.session_not_there", _("There is no such session, or it is not yours to see."))
