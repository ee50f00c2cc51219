"""What a jobseeker wishes to learn: said, changed and taken back, by the person on the own page or by the office.

Always in the same order: the file is locked, then the survey, so that no answer comes after it was closed. An answer is
always the whole of it: what is said no more is gone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.interests import REPLY_SUBJECT, asking_surveys, survey_not_there
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.own_page import lock_own_case
from sunward.employment.models import InterestAnswer, InterestReply, InterestSurvey, InterestTopic, InterestWish

ANSWERED, TAKEN_BACK = "employment.interest_answered", "employment.interest_taken_back"
# One in a line.
MOST_WISHES, LONGEST_WISH = 5, 100


@dataclass(frozen=True, slots=True)
class Wished:
    """Topics by their uid, and wishes in own words. `version`: of the answer that was shown, 0 for none."""

    topics: frozenset[UUID]
    words: tuple[str, ...] = ()
    version: int = 0


@transaction.atomic
def answer_survey(
    *, actor: Actor, case_id: UUID, survey_id: UUID, wished: Wished, on: date, now: datetime
) -> InterestReply:
    """By the office, as the person says on the telephone."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    return _answer(case, survey_id, wished, actor=actor, on=on, now=now)


@transaction.atomic
def answer_own_survey(
    *, token: str, shown: str, survey_id: UUID, wished: Wished, on: date, now: datetime
) -> InterestReply:
    """By the jobseeker, on the own page."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    return _answer(case, survey_id, wished, actor=own_actor(on=on), on=on, now=now)


@transaction.atomic
def take_answer_back(*, actor: Actor, case_id: UUID, survey_id: UUID, on: date, now: datetime) -> None:
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    _take_back(case, survey_id, actor=actor, on=on, now=now)


@transaction.atomic
def take_own_answer_back(*, token: str, shown: str, survey_id: UUID, on: date, now: datetime) -> None:
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    _take_back(case, survey_id, actor=own_actor(on=on), on=on, now=now)


def _answer(case: Case, survey_id: UUID, wished: Wished, *, actor: Actor, on: date, now: datetime) -> InterestReply:
    survey = _lock_open(case, survey_id, on=on)
    words = _read_words(wished.words)
    topics = set(InterestTopic.objects.filter(survey=survey, uid__in=wished.topics).values_list("pk", flat=True))
    if len(topics) != len(wished.topics):
        raise Refusal("employment.interest_topic_gone", _("One of these topics is not asked any more. Look again."))
    if not topics and not words:
        raise Refusal("employment.interest_nothing", _("Choose a topic, or write down what you would like to learn."))
    reply = InterestReply.objects.filter(survey=survey, case=case).first()
    if reply is not None and _standing_topics(survey, case) == topics and _standing_words(survey, case) == words:
        return reply
    if wished.version != (reply.version if reply else 0):
        raise Conflict(
            "employment.interest_answered_meanwhile",
            _("This was answered in the meantime. Look at what stands there now, and change it if it is not right."),
        )
    _write_topics(survey, case, topics)
    _write_words(survey, case, words, now=now)
    reply = _write_reply(reply, survey, case, actor=actor, now=now)
    withdraw_facts(subject=(REPLY_SUBJECT, reply.pk), now=now)
    record_case_act(
        case, actor=actor, code=ANSWERED, on=on, now=now, subject=(REPLY_SUBJECT, reply.pk),
        attributes={"survey": survey.pk, "topics": len(topics), "own_words": len(words)},
    )  # fmt: skip
    return reply


def _take_back(case: Case, survey_id: UUID, *, actor: Actor, on: date, now: datetime) -> None:
    """Taken back twice is taken back once."""
    survey = _lock_open(case, survey_id, on=on)
    reply = InterestReply.objects.filter(survey=survey, case=case).first()
    if reply is None:
        return
    _write_topics(survey, case, set())
    _write_words(survey, case, [], now=now)
    withdraw_facts(subject=(REPLY_SUBJECT, reply.pk), now=now)
    reply.delete()
    record_act(
        actor=actor, code=TAKEN_BACK, now=now, subject=case_subject(case), unit_path=case.unit_path, survey=survey.pk
    )


def _lock_open(case: Case, survey_id: UUID, *, on: date) -> InterestSurvey:
    survey = asking_surveys(case).select_for_update(of=("self",)).filter(uid=survey_id).first()
    if survey is None:
        raise survey_not_there()
    if not survey.is_open(on):
        raise Refusal("employment.interest_survey_shut", _("This survey is over: answers cannot be changed any more."))
    return survey


def _read_words(typed: tuple[str, ...]) -> list[str]:
    words = list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in typed))))
    if len(words) > MOST_WISHES or any(len(one) > LONGEST_WISH for one in words):
        raise Refusal(
            "employment.interest_words_long",
            _("Please write at most five wishes, one in a line, each in no more than a hundred characters."),
        )
    return words


def _standing_topics(survey: InterestSurvey, case: Case) -> set[int]:
    return set(InterestAnswer.objects.filter(topic__survey=survey, case=case).values_list("topic", flat=True))


def _standing_words(survey: InterestSurvey, case: Case) -> list[str]:
    return [wish.words for wish in InterestWish.objects.filter(survey=survey, case=case)]


def _write_topics(survey: InterestSurvey, case: Case, topics: set[int]) -> None:
    standing = _standing_topics(survey, case)
    InterestAnswer.objects.filter(topic__in=standing - topics, case=case).delete()
    InterestAnswer.objects.bulk_create(InterestAnswer(topic_id=pk, case=case) for pk in sorted(topics - standing))


def _write_words(survey: InterestSurvey, case: Case, words: list[str], *, now: datetime) -> None:
    """What is still wished keeps its row, and the office's answer with it."""
    rows = list(InterestWish.objects.filter(survey=survey, case=case))
    InterestWish.objects.filter(pk__in=[row.pk for row in rows if row.words not in words]).delete()
    known = {row.words for row in rows}
    for said in words:
        if said not in known:
            InterestWish.objects.create(survey=survey, case=case, words=said, made_at=now)


def _write_reply(
    reply: InterestReply | None, survey: InterestSurvey, case: Case, *, actor: Actor, now: datetime
) -> InterestReply:
    if reply is None:
        return InterestReply.objects.create(survey=survey, case=case, said_at=now, said_by_id=actor.user_id)
    reply.version += 1
    reply.said_at, reply.said_by_id = now, actor.user_id
    reply.save()
    return reply
