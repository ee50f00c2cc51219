"""Surveys of what jobseekers wish to learn, with topics and answers, for tests; everything is invented."""

from datetime import timedelta
from typing import Any

from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.employment.course_series import CoursePart, CourseSeries
from sunward.employment.enums import InterestState
from sunward.employment.models import InterestAnswer, InterestReply, InterestSurvey, InterestTopic, InterestWish
from tests.factories import NOW, TODAY, make_subdistrict

DAY = timedelta(days=1)


def make_survey(unit: Unit | None = None, *, words: tuple[str, ...] = ("短视频剪辑",), **more: Any) -> InterestSurvey:
    """Open today, of the sub-district: a part of the small courses, the calming series, and words of the office."""
    unit = unit or make_subdistrict("310110012")
    given = {
        "title": "秋季课程意向", "unit": unit, "unit_path": unit.path, "state": InterestState.PUBLISHED,
        "opens_on": TODAY - DAY, "closes_on": TODAY + 6 * DAY, "places": 2, "common_from": 2, "made_at": NOW,
        "published_at": NOW,
    } | more  # fmt: skip
    survey = InterestSurvey.objects.create(**given)
    topics = [
        {"series": CourseSeries.SMALL, "part": CoursePart.ANALYSIS},
        {"series": CourseSeries.CALM},
        *({"series": CourseSeries.OTHER, "words": said} for said in words),
    ]
    for rank, topic in enumerate(topics, start=1):
        InterestTopic.objects.create(survey=survey, rank=rank, **topic)
    return survey


def make_closed_survey(unit: Unit | None = None, **more: Any) -> InterestSurvey:
    return make_survey(unit, **{"state": InterestState.CLOSED, "closed_at": NOW} | more)


def make_reply(survey: InterestSurvey, case: Case, *ranks: int, words: tuple[str, ...] = ()) -> InterestReply:
    """What the file wishes: topics by their place in the survey, and own words."""
    for topic in InterestTopic.objects.filter(survey=survey, rank__in=ranks):
        InterestAnswer.objects.create(topic=topic, case=case)
    for said in words:
        InterestWish.objects.create(survey=survey, case=case, words=said, made_at=NOW)
    return InterestReply.objects.create(survey=survey, case=case, said_at=NOW)


def topic_of(survey: InterestSurvey, rank: int = 1) -> InterestTopic:
    return InterestTopic.objects.get(survey=survey, rank=rank)
