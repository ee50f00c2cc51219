"""A question to the expert team: asked without a name, taken by one, answered within a clock, settled by the asker."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.access import PROGRAMME, child_not_there, get_child_for_change, get_own_match_for_writing
from sunward.mentoring.experts.access import (
    QUESTION_SUBJECT,
    askers_questions,
    expert_questions,
    lock_question,
    may_revive,
    offered_questions,
    question_not_there,
    team_questions,
)
from sunward.mentoring.experts.clearing import clear
from sunward.mentoring.experts.enums import OVER_STATES, ExpertField, QuestionState
from sunward.mentoring.experts.known import list_known
from sunward.mentoring.experts.life import may_bring_back
from sunward.mentoring.experts.news import QuestionNewsKind, question_news
from sunward.mentoring.experts.rules import ANSWER_HOURS, TAKE_HOURS, TURNS_AT_MOST
from sunward.mentoring.models import Expert, Question, QuestionWord
from sunward.mentoring.queries.question_news import tell_asker


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to ask.

    Of the marked words she says that those `kept` name nobody, and that neutral words stand for those `changed`.
    """

    key: UUID
    field: ExpertField
    words: str
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@transaction.atomic
def ask_about_own_child(*, actor: Actor, match_id: UUID, asked: Asked, on: date, now: datetime) -> Question:
    """By a mentor, through her own match."""
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    return _ask(match.case, asked, actor=actor, on=on, now=now)


@transaction.atomic
def ask_about_file(*, actor: Actor, case_id: UUID, asked: Asked, on: date, now: datetime) -> Question:
    """By the staff of the file."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    if case.programme != PROGRAMME:
        raise child_not_there()
    refuse_closed(case)
    return _ask(case, asked, actor=actor, on=on, now=now)


def _ask(case: Case, asked: Asked, *, actor: Actor, on: date, now: datetime) -> Question:
    """The same key twice is one question; with other words it is not taken for the first."""
    # Two presses at the same moment wait for each other.
    User.objects.select_for_update(of=("self",)).filter(pk=actor.user_id).first()
    saved = Question.objects.filter(uid=asked.key).first()
    if saved is not None and (saved.case_id, saved.asked_by_id) != (case.pk, actor.user_id):
        raise question_not_there()
    cleared = clear(asked.words, known=list_known(case, on=on), kept=asked.kept, changed=asked.changed)
    if saved is not None:
        _refuse_other_words((saved.field, saved.words), (asked.field, cleared.words))
        return saved
    question = Question.objects.create(
        uid=asked.key, case=case, asked_by_id=actor.user_id, unit_path=case.unit_path, field=asked.field,
        age_band=_age_band(case.person.age_on(on)), words=cleared.words, kept=cleared.kept, asked_at=now,
        take_by_at=now + timedelta(hours=TAKE_HOURS),
    )  # fmt: skip
    _record(question, "asked", actor=actor, on=on, now=now)
    return question


def _refuse_other_words(saved: tuple[str, ...], said: tuple[str, ...]) -> None:
    """Sent again from a page that had been left open, after something in it was changed: no word of it may be lost."""
    if saved != said:
        raise Conflict("mentoring.question_written", _("This is sent already, with other words."))


def _age_band(age: int | None) -> str:
    """So that an expert knows how old without knowing the age: 0-2, 3-5, 6-8, 9-11, 12-14, 15-17, 18+."""
    if age is None:
        return ""
    return "18+" if age >= 18 else f"{age // 3 * 3}-{age // 3 * 3 + 2}"


@transaction.atomic
def take_question(*, actor: Actor, question_id: UUID, on: date, now: datetime) -> Question:
    """One expert takes it; whoever presses second is told that it is taken."""
    # Who is being ended at this moment shall not come away with a question nobody knows of.
    Expert.objects.select_for_update(of=("self",)).filter(user_id=actor.user_id).first()
    question = lock_question(among=offered_questions(actor), question_id=question_id)
    if question.taken_by_id not in (None, actor.user_id) or question.state == QuestionState.WITHDRAWN:
        raise Conflict("mentoring.question_taken", _("A colleague has taken this question in the meantime."))
    if question.state != QuestionState.ASKED:
        return question
    question.state, question.taken_by_id, question.taken_at = QuestionState.TAKEN, actor.user_id, now
    question.answer_by_at = now + timedelta(hours=ANSWER_HOURS)
    _save(question)
    _record(question, "taken", actor=actor, on=on, now=now)
    _tell_asker(question, QuestionNewsKind.TAKEN, question.version, on=on, now=now)
    return question


@transaction.atomic
def give_back_question(*, actor: Actor, question_id: UUID, on: date, now: datetime) -> Question:
    """She cannot answer it after all; it waits for a colleague anew."""
    question = _lock_taken(actor, question_id)
    if question.state != QuestionState.TAKEN:
        raise Conflict("mentoring.question_moved_on", _("This question has moved on. Load the page again."))
    _let_wait(question, "given_back", actor=actor, on=on, now=now)
    return question


def release_questions(*, actor: Actor, user_id: int, on: date, now: datetime) -> int:
    """What somebody who leaves the team has not answered waits for a colleague anew. Returns how many."""
    taken = Question.objects.select_for_update(of=("self",)).filter(taken_by_id=user_id, state=QuestionState.TAKEN)
    found = list(taken.order_by("pk").select_related("case"))
    for question in found:
        _let_wait(question, "released", actor=actor, on=on, now=now)
    return len(found)


def _let_wait(question: Question, step: str, *, actor: Actor, on: date, now: datetime) -> None:
    question.state, question.taken_by, question.taken_at, question.answer_by_at = QuestionState.ASKED, None, None, None
    question.take_by_at = now + timedelta(hours=TAKE_HOURS)
    _save(question)
    _record(question, step, actor=actor, on=on, now=now)


@transaction.atomic
def advise(
    *, actor: Actor, question_id: UUID, key: UUID, words: str, on: date, now: datetime, kept: Collection[str] = (),
    changed: Collection[str] = (),
) -> QuestionWord:  # fmt: skip
    """The expert's answer, which returns to the file. The same key twice is one answer."""
    question = _lock_taken(actor, question_id)
    turn, is_new = _speak(
        question, actor=actor, key=key, words=words, kept=kept, changed=changed, is_expert=True, on=on, now=now
    )
    if is_new:
        question.state, question.answered_at, question.answer_by_at = QuestionState.ANSWERED, now, None
        _save(question)
        _record(question, "answered", actor=actor, on=on, now=now)
        _tell_asker(question, QuestionNewsKind.ANSWERED, turn.pk, on=on, now=now)
    return turn


@transaction.atomic
def ask_on(
    *, actor: Actor, question_id: UUID, key: UUID, words: str, on: date, now: datetime, kept: Collection[str] = (),
    changed: Collection[str] = (),
) -> QuestionWord:  # fmt: skip
    """Whoever asked adds something; what was answered is the expert's to answer again, or a colleague's if she left."""
    _lock_expert_of(question_id)
    question = lock_question(among=askers_questions(actor), question_id=question_id)
    turn, is_new = _speak(
        question, actor=actor, key=key, words=words, kept=kept, changed=changed, is_expert=False, on=on, now=now
    )
    if is_new and question.state == QuestionState.ANSWERED:
        if _may_answer(question, on=on):
            question.state, question.answer_by_at = QuestionState.TAKEN, now + timedelta(hours=ANSWER_HOURS)
            _save(question)
        else:
            _let_wait(question, "released", actor=actor, on=on, now=now)
    return turn


@transaction.atomic
def settle_question(*, actor: Actor, question_id: UUID, on: date, now: datetime) -> Question:
    """It has helped, or is no longer needed: answered ones are closed, the others taken back."""
    question = lock_question(among=askers_questions(actor), question_id=question_id)
    if question.state in OVER_STATES:
        return question
    is_answered = question.state == QuestionState.ANSWERED
    question.state = QuestionState.CLOSED if is_answered else QuestionState.WITHDRAWN
    # What is taken back keeps its clock: it goes on as if nothing had happened, should that have been a slip.
    question.settled_at = now
    _save(question)
    _record(question, str(question.state), actor=actor, on=on, now=now)
    return question


@transaction.atomic
def bring_back_question(*, actor: Actor, question_id: UUID, on: date, now: datetime) -> Question:
    """It was taken back by mistake a moment ago: it waits again, or is with its expert again, on its first clock.

    A new clock would hide from the officer how long the child has waited. Only a question whose expert has left
    meanwhile begins anew, as every question that comes back to the team.
    """
    _lock_expert_of(question_id)
    question = lock_question(among=askers_questions(actor), question_id=question_id)
    if question.state != QuestionState.WITHDRAWN:
        return question
    if not may_bring_back(question, now=now):
        raise Refusal("mentoring.question_gone", _("It was taken back a while ago. Please ask anew."))
    if not may_revive(actor, question):
        raise Refusal("mentoring.question_kept_back", _("Somebody of the committee has taken it back. Please ask her."))
    refuse_closed(question.case)
    withdraw_facts(
        subject=(QUESTION_SUBJECT, question.pk), kinds=(f"mentoring.question_{QuestionState.WITHDRAWN}",), now=now
    )
    question.settled_at = None
    if question.taken_by_id is not None and not _may_answer(question, on=on):
        _let_wait(question, "brought_back", actor=actor, on=on, now=now)
        return question
    question.state = QuestionState.ASKED if question.taken_by_id is None else QuestionState.TAKEN
    _save(question)
    _record(question, "brought_back", actor=actor, on=on, now=now)
    return question


def _lock_expert_of(question_id: UUID) -> None:
    """Before the question itself, as whoever ends an expert does: she is not ended while a question becomes hers."""
    taken = Question.objects.filter(uid=question_id).values("taken_by_id")
    list(Expert.objects.select_for_update(of=("self",)).filter(user_id__in=taken))


def _may_answer(question: Question, *, on: date) -> bool:
    """Whether she who took it could still read it today."""
    expert = question.taken_by
    return (
        expert is not None
        and expert.is_active
        and team_questions(read_actor(expert, on=on)).filter(pk=question.pk).exists()
    )


def _lock_taken(actor: Actor, question_id: UUID) -> Question:
    return lock_question(among=expert_questions(actor).filter(taken_by_id=actor.user_id), question_id=question_id)


def _speak(
    question: Question, *, actor: Actor, key: UUID, words: str, kept: Collection[str], changed: Collection[str],
    is_expert: bool, on: date, now: datetime,
) -> tuple[QuestionWord, bool]:  # fmt: skip
    saved = QuestionWord.objects.filter(uid=key).first()
    # To an expert it would say who is known around the file.
    known = () if is_expert else list_known(question.case, on=on)
    if saved is not None:
        if (saved.question_id, saved.by_id) != (question.pk, actor.user_id):
            raise question_not_there()
        _refuse_other_words((saved.words,), (clear(words, known=known, kept=kept, changed=changed).words,))
        return saved, False
    if question.state in OVER_STATES:
        raise Conflict("mentoring.question_moved_on", _("This question has moved on. Load the page again."))
    if question.turns.count() >= TURNS_AT_MOST:
        raise Refusal("mentoring.question_too_long", _("This talk has become long. Settle it and ask anew."))
    cleared = clear(words, known=known, kept=kept, changed=changed)
    turn = QuestionWord.objects.create(
        uid=key, question=question, by_id=actor.user_id, is_expert=is_expert, words=cleared.words, written_at=now
    )
    return turn, True


def _tell_asker(question: Question, kind: QuestionNewsKind, occasion: int, *, on: date, now: datetime) -> None:
    for news in tell_asker(question, kind, occasion=occasion, on=on):
        question_news.send(sender=Question, news=news, now=now)


_MOVED = (
    "state", "taken_by", "taken_at", "take_by_at", "answer_by_at", "answered_at", "settled_at",
)  # fmt: skip


def _save(question: Question) -> None:
    question.version += 1
    question.save(update_fields=["version", *_MOVED])


def _record(question: Question, step: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(
        question.case, actor=actor, code=f"mentoring.question_{step}", on=on, now=now,
        subject=(QUESTION_SUBJECT, question.pk), attributes={"field": str(question.field)},
    )  # fmt: skip
