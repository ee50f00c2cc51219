"""What comes of the wishes: a press makes one draft, a discarded one frees its line, and everybody gets an answer."""

from datetime import timedelta

import pytest

from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions import interest_courses as acts
from sunward.employment.actions.interest_coming import come_to_own_course, give_own_course_back
from sunward.employment.course_series import CoursePart, CourseSeries
from sunward.employment.enums import InterestState
from sunward.employment.models import InterestCourse, InterestSurvey, InterestWish
from sunward.employment.queries.interest_plans import read_plan
from sunward.employment.queries.own_interests import read_own_survey
from sunward.gatherings.actions.planning import SessionTime, set_sessions
from sunward.gatherings.actions.publishing import cancel_gathering, discard_draft, publish_gathering
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.fair_acts import AT, ELSEWHERE, HERE, officer_named, own, seeker
from tests.employment.interest_builders import make_closed_survey, make_reply, make_survey, topic_of
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def over():
    """Three wish the first topic, at two places a session; one the second; one has an own wish."""
    survey = make_closed_survey()
    people = [seeker(f"纪{number}") for number in "甲乙丙"]
    for person in people:
        make_reply(survey, person, 1)
    make_reply(survey, seeker("纪丁"), 2, words=("夜校",))
    return survey


def plan(actor, survey, number=1, rank=1, **more):
    return acts.plan_course(
        actor=actor, survey_id=survey.uid, topic_id=topic_of(survey, rank).uid, number=number, **AT | more
    )


def decline(actor, survey, because, rank=2):
    return acts.decline_topic(
        actor=actor, survey_id=survey.uid, topic_id=topic_of(survey, rank).uid, because=because, **AT
    )


def answer(actor, survey, wish, version=1, reply="", course=None):
    return acts.answer_wish(
        actor=actor, survey_id=survey.uid, wish_id=wish.uid, version=version, reply=reply, course=course, **AT
    )


def publish(actor, gathering, **more):
    Gathering.objects.filter(pk=gathering.pk).update(place="社区学校", **more)
    begins = NOW + 3 * DAY
    set_sessions(
        actor=actor, gathering_id=gathering.uid, version=1, sessions=[SessionTime(begins, begins + HOUR)], **AT
    )
    return publish_gathering(actor=actor, gathering_id=gathering.uid, version=2, **AT)


def own_page(survey, case):
    return read_own_survey(InterestSurvey.objects.select_related("unit").get(pk=survey.pk), case, on=TODAY)


def test_the_plan_is_what_merging_makes_of_the_answers_of_open_files_of_the_unit(over):
    moved, gone = seeker("纪走", code=ELSEWHERE), seeker("纪工")
    make_reply(over, moved, 1)
    make_reply(over, gone, 1)
    type(gone).objects.filter(pk=gone.pk).update(state="closed", closed_on=TODAY, close_reason="at_work")
    found = read_plan(over, InterestWish.objects.filter(survey=over))
    assert [(line.topic, line.sizes) for line in found.lines] == [(topic_of(over).pk, (2, 1))]
    assert [(one.topic, one.words) for one in found.singles] == [(topic_of(over, 2).pk, ""), (None, "夜校")]


def test_one_press_makes_a_draft_of_the_line_and_a_second_press_makes_no_other(actor, over):
    first = plan(actor, over)
    assert plan(actor, over) == first
    gathering = Gathering.objects.get()
    assert (gathering.kind, gathering.state, gathering.host.code, gathering.places) == (
        "employment.course_session", GatheringState.DRAFT, HERE, 2,
    )  # fmt: skip
    assert gathering.fields == {"series": CourseSeries.SMALL, "part": CoursePart.ANALYSIS}
    assert "1" in gathering.title
    assert plan(actor, over, 2) != first
    assert Gathering.objects.count() == 2


def test_a_draft_that_is_thrown_away_frees_its_line_and_so_does_one_that_is_cancelled(actor, over):
    first = plan(actor, over).gathering
    discard_draft(actor=actor, gathering_id=first.uid, version=1, now=NOW)
    assert not InterestCourse.objects.exists()
    second = plan(actor, over).gathering
    publish(actor, second)
    cancel_gathering(actor=actor, gathering_id=second.uid, version=3, reason="讲师病了", **AT)
    third = plan(actor, over).gathering
    assert third.pk not in (first.pk, second.pk)
    assert InterestCourse.objects.get().gathering == third


@pytest.mark.parametrize(("number", "rank"), [(0, 1), (3, 1), (1, 2), (1, 3)])
def test_what_the_plan_does_not_have_cannot_be_planned(actor, over, number, rank):
    with pytest.raises(Conflict, match="interest_line_gone"):
        plan(actor, over, number, rank)
    assert not Gathering.objects.exists()


def test_nothing_is_decided_while_people_are_still_answering(actor):
    survey = make_survey()
    for _person in range(2):
        make_reply(survey, seeker(), 1, words=("夜校",))
    for decide in (
        lambda: plan(actor, survey),
        lambda: decline(actor, survey, "今年没有讲师"),
        lambda: answer(actor, survey, InterestWish.objects.first(), reply="好"),
    ):
        with pytest.raises(Conflict, match="interest_survey_running"):
            decide()
    plan(actor, survey, on=TODAY + 7 * DAY)


def test_an_office_beside_plans_declines_and_answers_nothing(over):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    for decide in (
        lambda: plan(other, over),
        lambda: decline(other, over, "没有"),
        lambda: answer(other, over, InterestWish.objects.get(), reply="好"),
    ):
        with pytest.raises(NotThere):
            decide()


def test_not_this_time_is_said_with_a_reason_and_taken_back(actor, over):
    decline(actor, over, "  今年没有讲师 ")
    topic = topic_of(over, 2)
    assert (topic.declined_because, topic.declined_by_id) == ("今年没有讲师", actor.user_id)
    decline(actor, over, "")
    assert (topic_of(over, 2).declined_because, topic_of(over, 2).declined_at) == ("", None)


def test_a_topic_is_either_planned_or_not_this_time(actor, over):
    decline(actor, over, "没有讲师", rank=1)
    with pytest.raises(Conflict, match="topic_is_declined"):
        plan(actor, over)
    decline(actor, over, "", rank=1)
    plan(actor, over)
    with pytest.raises(Conflict, match="topic_planned"):
        decline(actor, over, "没有讲师", rank=1)


def test_a_single_wish_is_answered_with_words_or_a_course_of_the_survey_and_counts_once(actor, over):
    wish, course = InterestWish.objects.get(), plan(actor, over)
    elsewhere = make_closed_survey(title="另一次", common_from=1)
    make_reply(elsewhere, seeker(), 1)
    with pytest.raises(Refusal, match="interest_course_gone"):
        answer(actor, over, wish, course=plan(actor, elsewhere).pk)
    answer(actor, over, wish, reply="晚上的班在社区学校，九月开始")
    with pytest.raises(Conflict, match="wish_changed"):
        answer(actor, over, wish, reply="别的")
    found = answer(actor, over, wish, version=2, course=course.pk)
    assert (found.reply, found.course, found.version) == ("", course, 3)
    assert standing_facts().filter(kind=acts.REPLIED).count() == 1
    answer(actor, over, wish, version=3)
    assert not standing_facts().filter(kind=acts.REPLIED).exists()
    assert InterestWish.objects.get().replied_at is None


def test_the_own_page_says_what_became_of_each_wish_and_nothing_of_a_draft(actor, over):
    case = seeker("纪戊")
    make_reply(over, case, 1, 2, 3, words=("夜校班",))
    gathering = plan(actor, over).gathering
    decline(actor, over, "今年没有讲师", rank=3)
    wishes = own_page(over, case).wishes
    assert [(str(wish.label), bool(wish.courses)) for wish in wishes][2:] == [("短视频剪辑", False), ("夜校班", False)]
    assert wishes[0].courses == ()
    assert "planned" in str(wishes[0].said) or "正在" in str(wishes[0].said)
    assert wishes[2].said == "今年没有讲师"
    publish(actor, gathering)
    course = own_page(over, case).wishes[0].courses[0]
    assert (course.where, course.is_open, course.is_cancelled, course.state) == ("社区学校", True, False, "")
    cancel_gathering(actor=actor, gathering_id=gathering.uid, version=3, reason="讲师病了", **AT)
    course = own_page(over, case).wishes[0].courses[0]
    assert (course.is_open, course.is_cancelled) == (False, True)


def test_the_person_takes_a_place_in_a_course_that_came_of_the_wish_and_gives_it_back(actor, over):
    people = [seeker(f"纪{number}") for number in "戊己庚"]
    for person in people:
        make_reply(over, person, 1)
    gathering = plan(actor, over).gathering
    asked = {"survey_id": over.uid, "gathering_id": gathering.uid}
    passes = [own(person, actor) for person in people]
    with pytest.raises(NotThere):
        come_to_own_course(**asked, **passes[0])
    publish(actor, gathering)
    states = [come_to_own_course(**asked, **shown).state for shown in (*passes, passes[0])]
    assert states == ["placed", "placed", "waiting", "placed"]
    assert [own_page(over, person).wishes[0].courses[0].state for person in people] == ["placed", "placed", "waiting"]
    for _press in range(2):
        give_own_course_back(**asked, **passes[0])
    assert [own_page(over, person).wishes[0].courses[0].state for person in people] == ["", "placed", "placed"]
    assert come_to_own_course(**asked, **passes[0]).state == "waiting"
    cancel_gathering(actor=actor, gathering_id=gathering.uid, version=3, reason="讲师病了", **AT)
    with pytest.raises(Refusal, match="interest_course_over"):
        come_to_own_course(**asked, **passes[0])


def test_nobody_takes_a_place_in_a_course_that_they_did_not_wish(actor, over):
    gathering = plan(actor, over).gathering
    publish(actor, gathering)
    stranger, answered = seeker("纪辛"), InterestWish.objects.get()
    make_reply(over, stranger, 2)
    asked = {"survey_id": over.uid, "gathering_id": gathering.uid}
    with pytest.raises(NotThere):
        come_to_own_course(**asked, **own(stranger, actor))
    with pytest.raises(NotThere):
        come_to_own_course(**asked, **own(answered.case, actor))
    answer(actor, over, answered, course=InterestCourse.objects.get().pk)
    assert come_to_own_course(**asked, **own(answered.case, actor)).state == "placed"
    assert own_page(over, answered.case).wishes[-1].courses[0].state == "placed"


def test_a_survey_that_ended_with_its_last_day_is_planned_without_being_closed(actor):
    survey = make_survey(closes_on=TODAY - DAY, opens_on=TODAY - 5 * DAY, state=InterestState.PUBLISHED)
    for _person in range(2):
        make_reply(survey, seeker(), 1)
    assert plan(actor, survey).number == 1
