"""Stories and wishes on the home page: before whoever may release or answer them, and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.employment.models import InterestCourse, InterestWish, Story
from sunward.employment.stories.enums import StoryState
from sunward.web.home_jobseeker_words import (
    list_stories_to_release,
    list_surveys_to_answer,
    tell_story,
    tell_survey,
)
from sunward.web.home_todo import read_todo_list
from tests import factories as make
from tests.employment.interest_builders import make_closed_survey, make_reply, make_survey, topic_of
from tests.employment.story_builders import agree, make_released, make_story, release
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
OFFICER = Role.EMPLOYMENT_OFFICER
KEYS = ("stories_to_release", "interests_unanswered")
DAY = timedelta(days=1)


def someone(role=OFFICER, code=HERE):
    return make.actor_of(make.make_officer(role, make.make_subdistrict(code)))


def shown(actor):
    groups = read_todo_list(actor, on=TODAY).groups
    return {one.key: [(line.title, line.note, line.word) for line in one.lines] for one in groups if one.key in KEYS}


def test_a_story_waits_for_a_second_officer_of_the_file_and_not_for_who_wrote_any_of_it():
    writer, second = someone(), someone()
    case = make.make_jobseeker("沈佳")
    story = make_story(writer, case)
    assert shown(second) == {}, "nobody releases what the person has not agreed to"
    agree(writer, case)
    assert shown(second) == {"stories_to_release": [(story.title, "小禾", "")]}
    for other in (writer, someone(code=ELSEWHERE), someone(Role.SUPERVISOR), someone(Role.LEADER)):
        assert shown(other) == {}
    release(second, story)
    assert shown(second) == {}


def test_who_wrote_is_told_by_the_whole_number_of_an_account():
    case = make.make_jobseeker("沈佳")
    writer = someone()
    agree(writer, case)
    story = make_story(writer, case)
    for writers, own, expected in (([12, 3], 3, []), ([12, 3], 12, []), ([12, 3], 2, [story]), ([112], 12, [story])):
        Story.objects.filter(pk=story.pk).update(written_by_ids=writers)
        assert list(Story.objects.not_by(own)) == expected


@pytest.mark.parametrize("state", [StoryState.RETURNED, StoryState.WITHDRAWN])
def test_what_was_given_back_or_taken_back_waits_for_nobody(state):
    writer, second, case = someone(), someone(), make.make_jobseeker("沈佳")
    agree(writer, case)
    make_story(writer, case)
    Story.objects.update(state=state)
    assert shown(second) == {}
    make_released(writer, second, make.make_jobseeker("陆一"))
    assert shown(second) == {}


def test_wishes_without_an_answer_wait_for_whoever_writes_the_survey_once_it_is_over():
    survey, case = make_closed_survey(title="秋季课程"), make.make_jobseeker("沈佳")
    make_reply(survey, case, words=("想学茶艺", "想学剪纸"))
    make_reply(make_survey(title="还开着"), case, words=("想学开车",))
    ended = make_survey(title="昨天结束", closes_on=TODAY - DAY, opens_on=TODAY - 9 * DAY)
    make_reply(ended, case, words=("想学电工",))
    told = [("昨天结束", f"{TODAY - DAY}截止", "1条意向"), ("秋季课程", f"{TODAY}截止", "2条意向")]
    district = make.actor_of(make.make_officer(OFFICER))
    assert shown(someone()) == shown(district) == {"interests_unanswered": told}
    point = make.make_unit("310110012901", parent=make.make_subdistrict(HERE), kind="service_point")
    for other in (someone(code=ELSEWHERE), someone(Role.LEADER), make.actor_of(make.make_officer(OFFICER, point))):
        assert shown(other) == {}


def test_what_ended_first_comes_first_also_where_it_was_closed_before_its_last_day():
    late = make_closed_survey(
        title="提前结束", closes_on=TODAY + 9 * DAY, closed_at=make.NOW - 3 * DAY, opens_on=TODAY - 9 * DAY
    )
    early = make_survey(title="昨天结束", closes_on=TODAY - DAY, opens_on=TODAY - 9 * DAY)
    for survey in (early, late):
        make_reply(survey, make.make_jobseeker(), words=("想学茶艺",))
    lines = shown(someone())["interests_unanswered"]
    assert [(title, note) for title, note, _word in lines] == [
        ("提前结束", f"{TODAY - 3 * DAY}截止"), ("昨天结束", f"{TODAY - DAY}截止"),
    ]  # fmt: skip


def test_a_wish_that_was_answered_or_whose_person_needs_no_answer_waits_no_more():
    survey, case, gone = make_closed_survey(), make.make_jobseeker("沈佳"), make.make_jobseeker("陆一")
    make_reply(survey, case, words=("想学茶艺",))
    make_reply(survey, gone, words=("想学剪纸",))
    officer = someone()
    elsewhere = make.make_subdistrict(ELSEWHERE)
    Case.objects.filter(pk=gone.pk).update(unit=elsewhere, unit_path=elsewhere.path)
    assert [row.unanswered for row in list_surveys_to_answer(officer, TODAY)] == [1]
    wish = InterestWish.objects.get(case=case)
    wish.reply = "明年春天开班"
    wish.save()
    assert shown(officer) == {}
    assert not InterestCourse.objects.filter(topic=topic_of(survey)).exists()


def test_both_lists_cost_a_query_each_however_long():
    officer = someone()
    for _number in range(3):
        make_reply(make_closed_survey(), make.make_jobseeker(), words=("想学茶艺",))
        writer, case = someone(), make.make_jobseeker()
        agree(writer, case)
        make_story(writer, case)
    with CaptureQueriesContext(connection) as asked:
        assert len([tell_survey(row, TODAY) for row in list_surveys_to_answer(officer, TODAY)]) == 3
        assert len([tell_story(row, TODAY) for row in list_stories_to_release(officer, TODAY)]) == 3
    assert len(asked) == 2
