"""Who may read a question. An expert reads what waits in her fields and what she has taken, and never comes to a file.

A mentor reads her own while her match lets her read; the staff of the child's units read all of the file's questions.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, User
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.ledger.queries import standing_facts
from sunward.mentoring.access import own_matches
from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.models import Expert, Question

QUESTION_SUBJECT = "question"
EXPERT_SUBJECT = "expert"
# Who keeps the expert team.
TEAM_ROLES = (Role.DISTRICT_OFFICER,)


def question_subject(question: Question) -> Subject:
    return Subject(QUESTION_SUBJECT, question.pk)


def expert_subject(expert: Expert) -> Subject:
    return Subject(EXPERT_SUBJECT, expert.pk)


def expert_not_there() -> NotThere:
    return NotThere("mentoring.expert_not_there", _("There is no such expert, or she is not on your team."))


def question_not_there() -> NotThere:
    return NotThere("mentoring.question_not_there", _("There is no such question, or it is not yours to see."))


def find_expert(actor: Actor) -> Expert | None:
    """The actor as one of the team on the day; nobody, without the post or after she has left."""
    if not actor.has(Role.EXPERT):
        return None
    standing = Expert.objects.filter(user_id=actor.user_id, joined_on__lte=actor.on)
    return standing.filter(Q(left_on=None) | Q(left_on__gt=actor.on)).first()


def team_members(actor: Actor) -> QuerySet[Expert]:
    """Whoever is or was on the teams that the officer keeps."""
    return Expert.objects.filter(below(actor.paths(*TEAM_ROLES)))


def team_candidates(actor: Actor) -> QuerySet[User]:
    """Who holds a post as expert in the officer's units and is on nobody's team; who has left may come back, or join
    another district's."""
    posts = Assignment.objects.current(on=actor.on).filter(below(actor.paths(*TEAM_ROLES), "unit__path"))
    standing = Expert.objects.filter(Q(left_on=None) | Q(left_on__gt=actor.on)).values("user_id")
    candidates = User.objects.filter(pk__in=posts.filter(role=Role.EXPERT).values("user_id"), is_active=True)
    return candidates.exclude(pk__in=standing)


def get_expert(*, actor: Actor, expert_id: UUID) -> Expert:
    """One who stands on the officer's team today."""
    standing = team_members(actor).filter(Q(left_on=None) | Q(left_on__gt=actor.on))
    expert = standing.select_related("user").filter(uid=expert_id).first()
    if expert is None:
        raise expert_not_there()
    return expert


def lock_expert(*, actor: Actor, expert_id: UUID) -> Expert:
    """The same for a change: the row is held until the act is done, and is judged under the lock."""
    Expert.objects.select_for_update(of=("self",)).filter(uid=expert_id).first()
    return get_expert(actor=actor, expert_id=expert_id)


def expert_questions(actor: Actor) -> QuerySet[Question]:
    """What waits in her fields within her team's units, and what she has taken herself."""
    expert = find_expert(actor)
    if expert is None:
        return Question.objects.none()
    waiting = Q(state=QuestionState.ASKED, field__in=expert.fields)
    mine = Q(taken_by_id=actor.user_id) & ~Q(state=QuestionState.WITHDRAWN)
    return Question.objects.filter(_within_team(actor, expert)).filter(waiting | mine)


def team_questions(actor: Actor) -> QuerySet[Question]:
    """All that her team answers for, in whatever field: no page shows these."""
    expert = find_expert(actor)
    return Question.objects.none() if expert is None else Question.objects.filter(_within_team(actor, expert))


def offered_questions(actor: Actor) -> QuerySet[Question]:
    """What was ever offered to her, taken by a colleague or not: whoever presses second is told so, and no more."""
    expert = find_expert(actor)
    if expert is None:
        return Question.objects.none()
    return Question.objects.filter(_within_team(actor, expert), field__in=expert.fields)


def _within_team(actor: Actor, expert: Expert) -> Q:
    """A team answers for its whole district, also whoever has her post in one of the district's departments."""
    has_post = any(path.startswith(expert.unit_path) for path in actor.paths(Role.EXPERT))
    return below((expert.unit_path,) if has_post else ())


def staff_questions(actor: Actor) -> QuerySet[Question]:
    """Of the files in the actor's units."""
    return Question.objects.filter(below(actor.casework_paths()))


def own_questions(actor: Actor) -> QuerySet[Question]:
    """A mentor's own, about children whom her match lets her read about today."""
    readable = own_matches(actor).values("case_id")
    return Question.objects.filter(asked_by_id=actor.user_id, case_id__in=readable)


def askers_questions(actor: Actor) -> QuerySet[Question]:
    """Those in which the actor may speak for the asking side."""
    return Question.objects.filter(
        Q(pk__in=own_questions(actor).values("pk")) | Q(pk__in=staff_questions(actor).values("pk"))
    )


def overdue(*, by: datetime) -> Q:
    """Not taken, or not answered, when its clock ran out."""
    return Q(state=QuestionState.ASKED, take_by_at__lte=by) | Q(state=QuestionState.TAKEN, answer_by_at__lte=by)


def overdue_questions(actor: Actor, *, by: datetime) -> QuerySet[Question]:
    """Those of whoever keeps the team."""
    return Question.objects.filter(below(actor.paths(*TEAM_ROLES))).filter(overdue(by=by))


def may_revive(actor: Actor, question: Question) -> bool:
    """Who may bring back what was taken back: the staff of the file, and a mentor what she took back herself.

    The staff may have seen a name in it that she does not see: what they take back is not hers to show again.
    """
    if staff_questions(actor).filter(pk=question.pk).exists():
        return True
    taken_back = standing_facts().filter(
        kind=f"mentoring.question_{QuestionState.WITHDRAWN}", subject_kind=QUESTION_SUBJECT, subject_id=question.pk
    )
    return taken_back.filter(actor_id=actor.user_id).exists()


def get_question(*, among: QuerySet[Question], actor: Actor, question_id: UUID, now: datetime) -> Question:
    """One of those that the caller's gate lets through; writes the look."""
    question = among.filter(uid=question_id).first()
    if question is None:
        raise question_not_there()
    record_look(
        actor=actor, code="mentoring.question_opened", now=now, subject=question_subject(question),
        unit_path=question.unit_path, purpose="advice",
    )  # fmt: skip
    return question


def lock_question(*, among: QuerySet[Question], question_id: UUID) -> Question:
    """The same for a change: the row is held until the act is done, and is judged again under the lock."""
    Question.objects.select_for_update(of=("self",)).filter(uid=question_id).first()
    question = among.filter(uid=question_id).select_related("case").first()
    if question is None:
        raise question_not_there()
    return question
