"""Surveys of wishes on a jobseeker's own page: what is asked, what was said, and what has come of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.employment.access.interests import asking_surveys, own_surveys, wished_courses
from sunward.employment.models import (
    InterestAnswer,
    InterestCourse,
    InterestReply,
    InterestSurvey,
    InterestTopic,
    InterestWish,
)
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import SignUp
from sunward.gatherings.queries.wording import say_when

# So long after its last day a survey still stands on the page.
OVER_SHOWN_DAYS = 120


@dataclass(frozen=True, slots=True)
class OwnSurvey:
    uid: UUID
    title: str
    until: date
    is_open: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A session that was announced. `state` is empty, or that of the person's own place: ``placed``, ``waiting``."""

    uid: UUID
    title: str
    when: str
    where: str
    is_cancelled: bool
    is_open: bool
    state: str


@dataclass(frozen=True, slots=True)
class OwnWish:
    """`said`: what has come of it in words, where no course says it."""

    label: Text
    said: Text
    courses: tuple[OwnCourse, ...]


@dataclass(frozen=True, slots=True)
class OwnSurveyPage:
    """`topics` are pairs of key and words; `chosen` and `words` what the person has said until now."""

    uid: UUID
    title: str
    office: str
    until: date
    is_open: bool
    is_answered: bool
    version: int
    topics: tuple[tuple[str, Text], ...]
    chosen: tuple[str, ...]
    words: tuple[str, ...]
    wishes: tuple[OwnWish, ...]


def list_own_surveys(case: Case, *, on: date) -> tuple[OwnSurvey, ...]:
    """Open ones first. Two queries."""
    since = on - timedelta(days=OVER_SHOWN_DAYS)
    rows = list(own_surveys(case, on=on).filter(closes_on__gte=since).order_by("closes_on", "pk"))
    answered = set(InterestReply.objects.filter(case=case, survey__in=rows).values_list("survey", flat=True))
    found = [OwnSurvey(row.uid, row.title, row.closes_on, row.is_open(on), row.pk in answered) for row in rows]
    return tuple(sorted(found, key=lambda row: (not row.is_open, row.is_answered)))


def read_own_survey(survey: InterestSurvey, case: Case, *, on: date) -> OwnSurveyPage:
    """A fixed number of queries. Whoever has moved away reads what was said and changes it no more."""
    reply = InterestReply.objects.filter(survey=survey, case=case).first()
    topics = list(InterestTopic.objects.filter(survey=survey))
    chosen = set(InterestAnswer.objects.filter(topic__survey=survey, case=case).values_list("topic", flat=True))
    wishes = list(InterestWish.objects.filter(survey=survey, case=case).select_related("course__gathering"))
    is_open = survey.is_open(on) and asking_surveys(case).filter(pk=survey.pk).exists()
    return OwnSurveyPage(
        uid=survey.uid, title=survey.title, office=survey.unit.name, until=survey.closes_on, is_open=is_open,
        is_answered=reply is not None, version=reply.version if reply else 0,
        topics=tuple((str(topic.uid), topic.label) for topic in topics),
        chosen=tuple(str(topic.uid) for topic in topics if topic.pk in chosen),
        words=tuple(wish.words for wish in wishes),
        wishes=() if is_open else _became(case, [topic for topic in topics if topic.pk in chosen], wishes),
    )  # fmt: skip


def _became(case: Case, topics: list[InterestTopic], wishes: list[InterestWish]) -> tuple[OwnWish, ...]:
    found: dict[int, list[InterestCourse]] = defaultdict(list)
    survey_courses = wished_courses(case).filter(
        Q(topic__in=topics) | Q(pk__in=[wish.course_id for wish in wishes if wish.course_id])
    )
    courses = {
        row.pk: row for row in survey_courses.select_related("gathering").prefetch_related("gathering__sessions")
    }
    for row in courses.values():
        found[row.topic_id].append(row)
    own = SignUp.objects.standing().filter(person=case.person_id, gathering__interest_course__in=courses)
    states = dict(own.values_list("gathering", "state"))
    return (
        *(_own_wish(topic.label, topic.declined_because, found[topic.pk], states) for topic in topics),
        *(
            _own_wish(wish.words, wish.reply, [courses[wish.course_id]] if wish.course_id else [], states)
            for wish in wishes
        ),
    )


def _own_wish(label: Text, reply: str, courses: list[InterestCourse], states: Mapping[int, str]) -> OwnWish:
    """A draft is not announced: until it is, a course is being planned."""
    told = [row for row in courses if row.gathering.published_at is not None]
    said: Text = reply
    if not told and not reply:
        is_planned = any(row.gathering.state == GatheringState.DRAFT for row in courses)
        said = (
            _("A course is being planned. We tell you here when it is.") if is_planned else _("We are looking at it.")
        )
    return OwnWish(label, said, tuple(_own_course(row, states) for row in told))


def _own_course(row: InterestCourse, states: Mapping[int, str]) -> OwnCourse:
    gathering = row.gathering
    return OwnCourse(
        uid=gathering.uid, title=gathering.title, when=say_when(gathering), where=gathering.place,
        is_cancelled=gathering.state == GatheringState.CANCELLED,
        is_open=gathering.state == GatheringState.PUBLISHED, state=states.get(gathering.pk, ""),
    )  # fmt: skip
