"""The expert team as the officer who keeps it sees it: who answers what, what nobody covers, what is late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.core.furniture import Text
from sunward.mentoring.experts.access import TEAM_ROLES, overdue_questions, team_candidates, team_members
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Expert, Question
from sunward.mentoring.queries.questions import say_clock

LATE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """`at_hand` counts what she has taken and not answered, `answered` what she has, settled or not."""

    uid: UUID
    name: str
    about: str
    fields: tuple[Text, ...]
    at_hand: int
    answered: int


@dataclass(frozen=True, slots=True)
class LateRow:
    """A question whose clock has run out; it names nobody."""

    reference: str
    field: Text
    who: str
    told: Text
    href: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`uncovered` are fields in which nobody answers."""

    experts: tuple[ExpertRow, ...]
    uncovered: tuple[Text, ...]
    late: tuple[LateRow, ...]
    late_count: int
    has_candidates: bool


def read_team_page(actor: Actor, *, now: datetime) -> TeamPage:
    """Five queries, however large the team."""
    standing = team_members(actor).filter(Q(left_on=None) | Q(left_on__gt=actor.on))
    experts = list(standing.select_related("user").order_by("user__name", "pk"))
    counts = _count(experts, actor)
    covered = {field for expert in experts for field in expert.fields}
    late = overdue_questions(actor, by=now)
    shown = late.select_related("taken_by", "case").order_by("asked_at", "pk")
    return TeamPage(
        experts=tuple(_row(expert, counts) for expert in experts),
        uncovered=tuple(field.label for field in ExpertField if field not in covered),
        late=tuple(_late(one, now=now) for one in shown[:LATE_SHOWN]),
        late_count=late.count(),
        has_candidates=team_candidates(actor).exists(),
    )


def list_candidates(actor: Actor) -> list[tuple[int, str]]:
    """Keys and names, by name. One query."""
    return [(user.pk, str(user)) for user in team_candidates(actor).order_by("name", "pk")]


def _count(experts: list[Expert], actor: Actor) -> dict[int, tuple[int, int]]:
    """By user: how many she has at hand, and how many she has answered; here, not on a team she was on before."""
    at_hand = Count("pk", filter=Q(state=QuestionState.TAKEN))
    answered = Count("pk", filter=Q(state__in=(QuestionState.ANSWERED, QuestionState.CLOSED)))
    here = Question.objects.filter(below(actor.paths(*TEAM_ROLES))).order_by()
    found = here.filter(taken_by__in=[expert.user_id for expert in experts])
    counted = found.values("taken_by_id").annotate(at_hand=at_hand, answered=answered)
    return {row["taken_by_id"]: (row["at_hand"], row["answered"]) for row in counted}


def _row(expert: Expert, counts: dict[int, tuple[int, int]]) -> ExpertRow:
    at_hand, answered = counts.get(expert.user_id, (0, 0))
    return ExpertRow(
        uid=expert.uid,
        name=str(expert.user),
        about=expert.about,
        fields=tuple(ExpertField(field).label for field in expert.fields),
        at_hand=at_hand,
        answered=answered,
    )


def _late(question: Question, *, now: datetime) -> LateRow:
    return LateRow(
        reference=question.reference,
        field=ExpertField(question.field).label,
        who=str(question.taken_by or ""),
        told=say_clock(question, now=now),
        href=reverse("mentoring:child_question", args=[question.case.uid, question.uid]),
    )
