"""Eight press for one line at the same moment: there is one draft."""

import pytest

from sunward.employment.actions.interest_courses import plan_course
from sunward.employment.models import InterestCourse
from sunward.gatherings.models import Gathering
from tests import factories as make
from tests.employment.fair_acts import AT
from tests.employment.interest_builders import make_closed_survey, make_reply, topic_of
from tests.employment.test_appointments_at_once import HANDS, officer, seekers
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_who_press_for_one_line_make_one_draft():
    actor, survey = make.actor_of(officer("gu")), make_closed_survey(places=8)
    for case in seekers():
        make_reply(survey, case, 1)
    topic = topic_of(survey)
    press = {"actor": actor, "survey_id": survey.uid, "topic_id": topic.uid, "number": 1, **AT}
    assert not refusals(at_once(*[lambda: plan_course(**press)] * HANDS))
    assert Gathering.objects.count() == InterestCourse.objects.count() == 1
