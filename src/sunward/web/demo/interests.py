"""What jobseekers of the demo district wish to learn: one survey that is over, with its plan, and one that is open."""

from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

from sunward.accounts.access import read_actor
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions import interest_answers, interest_courses, interest_surveys
from sunward.employment.actions.interest_answers import Wished
from sunward.employment.actions.interest_surveys import SurveyDetails, SurveyTerms
from sunward.employment.interests.topics import DECLARED, read_topics
from sunward.employment.models import InterestSurvey, InterestTopic, InterestWish
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT

_OWN = "短视频剪辑\nExcel 零基础\n养老护理入门"
# Of so many in a hundred, by the place of the topic in the survey, each wishes it.
_WISHED = (70, 25, 45, 30, 55, 60, 40, 8)
_WORDS = ("想学修家电，白天要带孩子，晚上有班吗", "普通话面试怎么练", "叉车证在哪里考")
_PEOPLE, _ANSWERED_OPEN = 32, 6


def make_interests(random: Random, moment: Moment) -> None:
    found = Case.objects.open().filter(programme=PROGRAMME).order_by("pk")
    people = list(islice(found, _PEOPLE))
    over = _ask("本季课程意向调研", moment.earlier(30), days=20)
    for number, case in enumerate(people):
        _answer(over, case, random, moment.earlier(25), words=_WORDS[number : number + 1])
    _decide(over, moment)
    still_open = _ask("下一季课程意向调研", moment.earlier(2), days=14)
    for case in people[:_ANSWERED_OPEN]:
        _answer(still_open, case, random, moment)


def _ask(title: str, moment: Moment, *, days: int) -> InterestSurvey:
    terms = SurveyTerms(closes_on=moment.on + timedelta(days=days), places=12, common_from=6)
    details = SurveyDetails(title, DISTRICT, moment.on, terms, read_topics(DECLARED, _OWN))
    survey = interest_surveys.write_survey(**_given(moment), key=uuid4(), details=details)
    return interest_surveys.publish_survey(**_given(moment), survey_id=survey.uid, version=survey.version)


def _answer(survey: InterestSurvey, case: Case, random: Random, moment: Moment, *, words: tuple[str, ...] = ()) -> None:
    """As the office writes it down on the telephone."""
    asked = InterestTopic.objects.filter(survey=survey)
    topics = frozenset(topic.uid for topic, share in zip(asked, _WISHED, strict=True) if random.randrange(100) < share)
    if topics or words:
        interest_answers.answer_survey(
            **_given(moment), case_id=case.uid, survey_id=survey.uid, wished=Wished(topics, words)
        )


def _decide(survey: InterestSurvey, moment: Moment) -> None:
    """A course is being planned, a topic is not this time, one wish has an answer; the rest waits."""
    given = _given(moment) | {"survey_id": survey.uid}
    topics = list(InterestTopic.objects.filter(survey=survey))
    interest_courses.plan_course(**given, topic_id=topics[0].uid, number=1)
    interest_courses.decline_topic(
        **given, topic_id=topics[-1].uid, because="这次报名的人少，区职业技能培训中心每月开班，可以帮您报名。"
    )
    wish = InterestWish.objects.filter(survey=survey).first()
    if wish is not None:
        interest_courses.answer_wish(
            **given, wish_id=wish.uid, version=wish.version, course=None,
            reply="社区学校九月有家电维修夜班，18:30 开始，我们帮您留了一个报名名额。",
        )  # fmt: skip


def _given(moment: Moment) -> dict[str, Any]:
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    return {"actor": officer, "on": moment.on, "now": moment.now}
