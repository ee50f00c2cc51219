"""Questions to the expert team as those see them who asked: the mentor her own, the staff those of their files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.furniture import Moment, Text, Tone
from sunward.mentoring.experts.access import may_revive, own_questions, question_not_there, staff_questions
from sunward.mentoring.experts.enums import OVER_STATES, ExpertField, QuestionState
from sunward.mentoring.experts.life import back_until
from sunward.mentoring.models import Match, Question

TONES: dict[str, Tone] = {
    QuestionState.ASKED: "info", QuestionState.TAKEN: "info", QuestionState.ANSWERED: "good",
    QuestionState.CLOSED: "off", QuestionState.WITHDRAWN: "off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A line of a list: how it begins and how it stands."""

    uid: UUID
    reference: str
    field: Text
    words: str
    state: Text
    tone: Tone
    asked_at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    who: Text
    words: str
    written_at: datetime
    is_expert: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A question with all that was said. `clock` says what happens next, empty where nothing is awaited.

    `taken_back` is the sentence beside the way back, empty where there is none.
    """

    uid: UUID
    reference: str
    field: Text
    state: Text
    tone: Tone
    clock: Text
    taken_back: Text
    turns: tuple[TurnRow, ...]
    is_answered: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """What a child's file shows of its questions."""

    rows: tuple[QuestionRow, ...]
    moments: tuple[Moment, ...]


def list_own_questions(match: Match, actor: Actor) -> tuple[QuestionRow, ...]:
    """Hers about this child, the latest first. One query."""
    found = own_questions(actor).filter(case_id=match.case_id).order_by("-pk")
    return tuple(
        _row(question, reverse("mentoring:own_question", args=[match.uid, question.uid])) for question in found
    )


def read_part(case: Case) -> QuestionPart:
    """All that were asked about a file that the actor may see. One query."""
    found = list(Question.objects.filter(case=case).select_related("asked_by", "taken_by").order_by("-pk"))
    rows = tuple(_row(question, _href(case, question)) for question in found)
    return QuestionPart(rows, tuple(_moments(case, found)))


def find_own_question(match: Match, actor: Actor, *, question_id: UUID) -> Question:
    """One of hers about the child of a match that lets her read."""
    return _find(own_questions(actor).filter(case_id=match.case_id), question_id)


def find_question(case: Case, actor: Actor, *, question_id: UUID) -> Question:
    """One of a file that comes through the gate."""
    return _find(staff_questions(actor).filter(case=case), question_id)


def _find(among: "QuerySet[Question]", question_id: UUID) -> Question:
    question = among.select_related("asked_by", "taken_by").filter(uid=question_id).first()
    if question is None:
        raise question_not_there()
    return question


def read_talk(question: Question, actor: Actor, *, now: datetime) -> Talk:
    """One query, two more where it was taken back a moment ago. Who answers is named to those who asked; who asked is
    never named to those who answer."""
    first = TurnRow(str(question.asked_by), question.words, question.asked_at, is_expert=False)
    turns = question.turns.select_related("by").order_by("pk")
    return Talk(
        uid=question.uid,
        reference=question.reference,
        field=ExpertField(question.field).label,
        state=QuestionState(question.state).label,
        tone=TONES[question.state],
        clock=say_clock(question, now=now),
        taken_back=_say_taken_back(question, actor, now=now),
        turns=(
            first,
            *(TurnRow(str(turn.by), turn.words, turn.written_at, is_expert=turn.is_expert) for turn in turns),
        ),
        is_answered=question.state == QuestionState.ANSWERED,
        is_over=question.state in OVER_STATES,
    )


def say_clock(question: Question, *, now: datetime) -> Text:
    if question.state == QuestionState.ASKED:
        if question.take_by_at <= now:
            return _("Nobody has taken it in time yet.")
        return _("An expert takes it by %(when)s.") % {"when": _when(question.take_by_at)}
    if question.state == QuestionState.TAKEN and question.answer_by_at is not None:
        if question.answer_by_at <= now:
            return _("The answer is late.")
        return _("The answer comes by %(when)s.") % {"when": _when(question.answer_by_at)}
    return ""


def _say_taken_back(question: Question, actor: Actor, *, now: datetime) -> Text:
    until = back_until(question)
    if until is None or until <= now or not may_revive(actor, question):
        return ""
    return _("Taken back: no expert reads it now. Until %(time)s you can bring it back.") % {
        "time": date_format(localtime(until), "H:i")
    }


def _when(at: datetime) -> str:
    return date_format(localtime(at), "Y-m-d H:i")


def _row(question: Question, href: str) -> QuestionRow:
    return QuestionRow(
        uid=question.uid,
        reference=question.reference,
        field=ExpertField(question.field).label,
        words=question.words,
        state=QuestionState(question.state).label,
        tone=TONES[question.state],
        asked_at=question.asked_at,
        href=href,
    )


def _href(case: Case, question: Question) -> str:
    return reverse("mentoring:child_question", args=[case.uid, question.uid])


def _moments(case: Case, found: Iterable[Question]) -> Iterable[Moment]:
    for question in found:
        href, field = _href(case, question), ExpertField(question.field).label
        yield Moment(
            localdate(question.asked_at), _("Asked the expert team: %(field)s") % {"field": field},
            who=str(question.asked_by), icon="message", href=href,
        )  # fmt: skip
        if question.answered_at is not None:
            yield Moment(
                localdate(question.answered_at), _("The expert team has answered: %(field)s") % {"field": field},
                who=str(question.taken_by or ""), icon="message-circle", tone="good", href=href,
            )  # fmt: skip
