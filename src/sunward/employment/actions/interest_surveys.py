"""A survey of what jobseekers wish to learn is written, published, closed and opened again; a draft is thrown away.

Its row is the lock of everything in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict, Refusal
from sunward.employment import jobs
from sunward.employment.access.interests import get_survey_for_change, survey_subject, survey_units
from sunward.employment.enums import InterestState
from sunward.employment.interests.topics import LONGEST_OWN, MOST_OWN, Topic
from sunward.employment.models import InterestCourse, InterestSurvey, InterestTopic
from sunward.ledger.actions import NewFact, record_fact

WRITTEN, CHANGED, DISCARDED = (
    "employment.interest_survey_written",
    "employment.interest_survey_edited",
    "employment.interest_survey_discarded",
)
PUBLISHED, CLOSED, REOPENED = (
    "employment.interest_survey_published",
    "employment.interest_survey_closed",
    "employment.interest_survey_reopened",
)
CHANGED_MEANWHILE = "employment.interest_survey_changed"
LONGEST_DAYS, PLACES_AT_MOST = 120, 500


@dataclass(frozen=True, slots=True)
class SurveyTerms:
    """What may still be changed while people answer."""

    closes_on: date
    places: int
    common_from: int


@dataclass(frozen=True, slots=True)
class SurveyDetails:
    """Everything that is written in a draft. `unit` is the code of whose jobseekers are asked."""

    title: str
    unit: str
    opens_on: date
    terms: SurveyTerms
    topics: tuple[Topic, ...]


@transaction.atomic
def write_survey(*, actor: Actor, key: UUID, details: SurveyDetails, on: date, now: datetime) -> InterestSurvey:
    """A draft that nobody outside sees. `key` is the form's own: sent twice, it is one survey."""
    survey = InterestSurvey(uid=key, made_by_id=actor.user_id, made_at=now)
    _take_over(survey, details, actor)
    known = InterestSurvey.objects.filter(uid=key, unit=survey.unit).first()
    if known is not None:
        return known
    _refuse_past(survey, on=on)
    survey.save(force_insert=True)
    _write_topics(survey, details.topics)
    _record(survey, WRITTEN, actor=actor, now=now)
    return survey


@transaction.atomic
def edit_survey(
    *, actor: Actor, survey_id: UUID, version: int, details: SurveyDetails, on: date, now: datetime
) -> InterestSurvey:
    """Everything, while it is a draft."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    _refuse_old(survey, version)
    if survey.state != InterestState.DRAFT:
        raise Conflict(
            "employment.interest_survey_published", _("It is published already: what is asked stays as it is.")
        )
    _take_over(survey, details, actor)
    _refuse_past(survey, on=on)
    InterestTopic.objects.filter(survey=survey).delete()
    _write_topics(survey, details.topics)
    _save(survey)
    _record(survey, CHANGED, actor=actor, now=now)
    return survey


@transaction.atomic
def adjust_survey(
    *, actor: Actor, survey_id: UUID, version: int, terms: SurveyTerms, on: date, now: datetime
) -> InterestSurvey:
    """Longer or shorter, and how the wishes are merged: also while people answer, and afterwards."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    _refuse_old(survey, version)
    survey.closes_on, survey.places, survey.common_from = terms.closes_on, terms.places, terms.common_from
    _refuse_terms(survey)
    _save(survey)
    _record(survey, CHANGED, actor=actor, now=now)
    return survey


@transaction.atomic
def discard_survey(*, actor: Actor, survey_id: UUID, version: int, now: datetime) -> None:
    """Throw away a draft; nobody outside has ever seen it."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    _refuse_old(survey, version)
    if survey.state != InterestState.DRAFT:
        raise Conflict(
            "employment.interest_survey_told", _("People have been asked already. Close it, so that they are answered.")
        )
    _record(survey, DISCARDED, actor=actor, now=now)
    survey.delete()


@transaction.atomic
def publish_survey(*, actor: Actor, survey_id: UUID, version: int, on: date, now: datetime) -> InterestSurvey:
    """Open from its first day; a job tells everybody concerned, each once. Pressed twice, it is published once."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    if survey.state != InterestState.DRAFT:
        return survey
    _refuse_old(survey, version)
    if survey.closes_on < on:
        raise Refusal("employment.interest_survey_past", _("Its last day is over already. Change the days first."))
    survey.state, survey.published_at, survey.published_by_id = InterestState.PUBLISHED, now, actor.user_id
    _save(survey)
    if survey.is_open(on):
        # Else those are told on its first day, by the morning's job.
        enqueue(jobs.tell_interest_survey.about(f"employment.interest_survey:{survey.pk}"), survey_id=survey.pk)
    _record_fact(survey, PUBLISHED, actor=actor, on=on, now=now)
    _record(survey, PUBLISHED, actor=actor, now=now)
    return survey


@transaction.atomic
def close_survey(*, actor: Actor, survey_id: UUID, version: int, on: date, now: datetime) -> InterestSurvey:
    """Before its last day: nobody answers any more."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    if survey.state == InterestState.CLOSED:
        return survey
    _refuse_old(survey, version)
    if survey.state != InterestState.PUBLISHED:
        raise Conflict("employment.interest_survey_draft", _("It is not published yet. You can throw it away instead."))
    survey.state, survey.closed_at = InterestState.CLOSED, now
    _save(survey)
    _record(survey, CLOSED, actor=actor, now=now)
    return survey


@transaction.atomic
def reopen_survey(*, actor: Actor, survey_id: UUID, version: int, on: date, now: datetime) -> InterestSurvey:
    """Until its last day, and as long as nothing was planned of it."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    if survey.state != InterestState.CLOSED:
        return survey
    _refuse_old(survey, version)
    if survey.closes_on < on:
        raise Refusal("employment.interest_survey_past", _("Its last day is over already. Change the days first."))
    if InterestCourse.objects.filter(topic__survey=survey).exists():
        raise Conflict(
            "employment.interest_survey_planned", _("Courses have been planned of it already: it stays closed.")
        )
    survey.state, survey.closed_at = InterestState.PUBLISHED, None
    _save(survey)
    _record(survey, REOPENED, actor=actor, now=now)
    return survey


def _take_over(survey: InterestSurvey, details: SurveyDetails, actor: Actor) -> None:
    unit = survey_units(actor).filter(code=details.unit).first()
    if unit is None:
        raise Refusal("employment.interest_unit", _("Choose a unit of your own."))
    survey.unit, survey.unit_path, survey.title = unit, unit.path, details.title.strip()
    survey.opens_on, survey.closes_on = details.opens_on, details.terms.closes_on
    survey.places, survey.common_from = details.terms.places, details.terms.common_from
    _refuse_terms(survey)
    own = [topic.words for topic in details.topics if topic.words]
    if not details.topics:
        raise Refusal("employment.interest_no_topic", _("Tick at least one topic, or write one down."))
    if len(own) > MOST_OWN or any(len(words) > LONGEST_OWN for words in own):
        raise Refusal(
            "employment.interest_topics_too_many",
            _("At most twelve topics of your own, each in forty characters: people read them on a telephone."),
        )


def _refuse_terms(survey: InterestSurvey) -> None:
    if survey.closes_on < survey.opens_on:
        raise Refusal("employment.interest_days", _("The last day must not be before the first."))
    if survey.closes_on - survey.opens_on > timedelta(days=LONGEST_DAYS):
        raise Refusal(
            "employment.interest_too_long", _("A survey runs for four months at most: people wait for an answer.")
        )
    if not 1 <= survey.places <= PLACES_AT_MOST or not 1 <= survey.common_from <= PLACES_AT_MOST:
        raise Refusal("employment.interest_sizes", _("Write a number from 1 to 500."))


def _refuse_past(survey: InterestSurvey, *, on: date) -> None:
    if survey.closes_on < on:
        raise Refusal("employment.interest_survey_over", _("The last day is over already. Choose a later one."))


def _refuse_old(survey: InterestSurvey, version: int) -> None:
    if version != survey.version:
        raise Conflict(CHANGED_MEANWHILE, _("Somebody else has just changed this survey. Look at it again."))


def _write_topics(survey: InterestSurvey, topics: Iterable[Topic]) -> None:
    InterestTopic.objects.bulk_create(
        InterestTopic(survey=survey, rank=rank, series=topic.series, part=topic.part, words=topic.words)
        for rank, topic in enumerate(topics, start=1)
    )


def _save(survey: InterestSurvey) -> None:
    survey.version += 1
    survey.save()


def _record_fact(survey: InterestSurvey, kind: str, *, actor: Actor, on: date, now: datetime) -> None:
    subject = survey_subject(survey)
    record_fact(
        NewFact(
            kind=kind, subject_kind=subject.kind, subject_id=survey.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=survey.unit_id, unit_path=survey.unit_path, attributes={"programme": "employment"},
        ),
        now=now,
    )  # fmt: skip


def _record(survey: InterestSurvey, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, code=code, now=now, subject=survey_subject(survey), unit_path=survey.unit_path)
