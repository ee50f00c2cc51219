"""Questions as an expert sees them: field, age group, words and a reference. No file, no name, no office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.mentoring.experts.access import expert_questions, find_expert
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Mentor, Question
from sunward.mentoring.queries.questions import TONES, TurnRow

ANSWERED_ON_DESK = 20


@dataclass(frozen=True, slots=True)
class AdviceRow:
    uid: UUID
    reference: str
    field: Text
    age_band: str
    words: str
    state: Text
    tone: Tone
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class AdviceDesk:
    """An expert's home. `is_member` is false while the officer has not put her on the team, or after she has left."""

    is_member: bool
    mine: tuple[AdviceRow, ...]
    waiting: tuple[AdviceRow, ...]
    answered: tuple[AdviceRow, ...]


@dataclass(frozen=True, slots=True)
class AdvicePage:
    row: AdviceRow
    turns: tuple[TurnRow, ...]
    may_take: bool
    may_give_back: bool
    may_answer: bool


def read_advice_desk(actor: Actor, *, now: datetime) -> AdviceDesk:
    """What waits and what she has taken, the first due first; what she has answered, the latest first."""
    if find_expert(actor) is None:
        return AdviceDesk(is_member=False, mine=(), waiting=(), answered=())
    found = expert_questions(actor)
    taken = found.filter(state=QuestionState.TAKEN).order_by("answer_by_at", "pk")
    waiting = found.filter(state=QuestionState.ASKED).order_by("take_by_at", "pk")
    answered = found.filter(state__in=(QuestionState.ANSWERED, QuestionState.CLOSED)).order_by("-answered_at", "-pk")
    return AdviceDesk(
        is_member=True,
        mine=_rows(taken, now),
        waiting=_rows(waiting, now),
        answered=_rows(answered[:ANSWERED_ON_DESK], now),
    )


def read_advice(question: Question, actor: Actor, *, now: datetime) -> AdvicePage:
    """Who asks is "a neighbour mom" or "a colleague", never more."""
    is_mentor = Exists(Mentor.objects.filter(user=OuterRef("by")))
    turns = question.turns.annotate(is_mentor=is_mentor).select_related("by").order_by("pk")
    asker = Mentor.objects.filter(user=question.asked_by_id).exists()
    first = TurnRow(_asker(is_mentor=asker), question.words, question.asked_at, is_expert=False)
    said = (
        TurnRow(
            str(turn.by) if turn.is_expert else _asker(is_mentor=turn.is_mentor), turn.words, turn.written_at,
            is_expert=turn.is_expert,
        )
        for turn in turns
    )  # fmt: skip
    is_hers = question.taken_by_id == actor.user_id
    return AdvicePage(
        row=_row(question, now),
        turns=(first, *said),
        may_take=question.state == QuestionState.ASKED,
        may_give_back=is_hers and question.state == QuestionState.TAKEN,
        may_answer=is_hers and question.state in (QuestionState.TAKEN, QuestionState.ANSWERED),
    )


def _asker(*, is_mentor: bool) -> Text:
    return _("A neighbour mom") if is_mentor else _("A colleague of the committee or above")


def _rows(found: "QuerySet[Question]", now: datetime) -> tuple[AdviceRow, ...]:
    questions: Iterable[Question] = found
    return tuple(_row(question, now) for question in questions)


def _row(question: Question, now: datetime) -> AdviceRow:
    due = {QuestionState.ASKED: question.take_by_at, QuestionState.TAKEN: question.answer_by_at}
    due_at = due.get(QuestionState(question.state))
    return AdviceRow(
        uid=question.uid,
        reference=question.reference,
        field=ExpertField(question.field).label,
        age_band=question.age_band,
        words=question.words,
        state=QuestionState(question.state).label,
        tone=TONES[question.state],
        due_at=due_at,
        is_late=due_at is not None and due_at <= now,
    )
