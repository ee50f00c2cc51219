"""A survey of wishes: who writes it, when it can be answered, who hears of it, and who answers for whom."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.core.jobs.worker import drain
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment import jobs
from sunward.employment.actions import interest_answers as answers
from sunward.employment.actions import interest_surveys as acts
from sunward.employment.actions.file_joining import part_files
from sunward.employment.actions.interest_answers import Wished
from sunward.employment.course_series import CoursePart, CourseSeries
from sunward.employment.enums import InterestState
from sunward.employment.interests.topics import read_topics
from sunward.employment.models import InterestAnswer, InterestReply, InterestSurvey, InterestTopic, InterestWish
from sunward.employment.queries.interest_plans import read_plan
from sunward.ledger.queries import standing_facts
from sunward.outreach.models import Message
from sunward.people.actions import merge_persons
from sunward.people.duplicates import find_duplicates
from sunward.people.models import PossibleDuplicate
from tests import factories as make
from tests.employment.fair_acts import AT, DISTRICT, ELSEWHERE, HERE, officer_named, own, seeker
from tests.employment.interest_builders import make_closed_survey, make_reply, make_survey, topic_of
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TERMS = acts.SurveyTerms(closes_on=TODAY + 7 * DAY, places=20, common_from=8)


def details(**more):
    given = {
        "title": "秋季课程意向", "unit": HERE, "opens_on": TODAY, "terms": TERMS,
        "topics": read_topics(["calm", "small-analysis"], "短视频剪辑\n\n 短视频剪辑 \nExcel"),
    } | more  # fmt: skip
    return acts.SurveyDetails(**given)


def write(actor, key=None, **more):
    return acts.write_survey(actor=actor, key=key or uuid4(), details=details(**more), **AT)


def wished(survey, *ranks, words=(), version=0):
    uids = InterestTopic.objects.filter(survey=survey, rank__in=ranks).values_list("uid", flat=True)
    return Wished(frozenset(uids), tuple(words), version)


def say(actor, case, survey, *ranks, **more):
    return answers.answer_survey(
        actor=actor, case_id=case.uid, survey_id=survey.uid, wished=wished(survey, *ranks, **more), **AT
    )


def told():
    return {message.person_id for message in Message.objects.filter(about="employment.interest_survey")}


# Written.


def test_a_survey_asks_the_declared_topics_in_their_order_and_then_the_offices_own_words(actor):
    survey = write(actor)
    assert [(topic.series, topic.part, topic.words) for topic in survey.topics.all()] == [
        (CourseSeries.SMALL, CoursePart.ANALYSIS, ""),
        (CourseSeries.CALM, "", ""),
        (CourseSeries.OTHER, "", "短视频剪辑"),
        (CourseSeries.OTHER, "", "Excel"),
    ]


def test_a_form_that_is_sent_twice_writes_one_survey(actor):
    key = uuid4()
    assert write(actor, key) == write(actor, key)
    assert InterestSurvey.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"topics": ()}, "interest_no_topic"),
        ({"topics": read_topics([], "\n".join(f"课{number}" for number in range(13)))}, "topics_too_many"),
        ({"topics": read_topics([], "长" * 41)}, "topics_too_many"),
        ({"unit": ELSEWHERE}, "interest_unit"),
        ({"opens_on": TODAY + 8 * DAY}, "interest_days"),
        ({"opens_on": TODAY - 9 * DAY, "terms": replace(TERMS, closes_on=TODAY - DAY)}, "survey_over"),
        ({"terms": replace(TERMS, closes_on=TODAY + 121 * DAY)}, "interest_too_long"),
        ({"terms": replace(TERMS, places=0)}, "interest_sizes"),
        ({"terms": replace(TERMS, common_from=501)}, "interest_sizes"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(actor, wrong, code):
    make.make_subdistrict(ELSEWHERE)
    with pytest.raises(Refusal, match=code):
        write(actor, **wrong)
    assert not InterestSurvey.objects.exists()


def test_a_draft_is_changed_and_thrown_away_and_what_is_published_is_neither(actor):
    survey = write(actor)
    changed = acts.edit_survey(
        actor=actor, survey_id=survey.uid, version=1, details=details(topics=read_topics([], "Excel")), **AT
    )
    assert [topic.words for topic in changed.topics.all()] == ["Excel"]
    with pytest.raises(Conflict, match="interest_survey_changed"):
        acts.discard_survey(actor=actor, survey_id=survey.uid, version=1, now=NOW)
    acts.publish_survey(actor=actor, survey_id=survey.uid, version=2, **AT)
    with pytest.raises(Conflict, match="interest_survey_published"):
        acts.edit_survey(actor=actor, survey_id=survey.uid, version=3, details=details(), **AT)
    with pytest.raises(Conflict, match="interest_survey_told"):
        acts.discard_survey(actor=actor, survey_id=survey.uid, version=3, now=NOW)
    other = write(actor)
    acts.discard_survey(actor=actor, survey_id=other.uid, version=1, now=NOW)
    assert list(InterestSurvey.objects.all()) == [survey]


def test_the_last_day_and_the_sizes_may_change_while_people_answer(actor, survey):
    terms = acts.SurveyTerms(closes_on=TODAY + 9 * DAY, places=15, common_from=5)
    found = acts.adjust_survey(actor=actor, survey_id=survey.uid, version=1, terms=terms, **AT)
    assert (found.closes_on, found.places, found.common_from, found.version) == (TODAY + 9 * DAY, 15, 5, 2)
    with pytest.raises(Conflict):
        acts.adjust_survey(actor=actor, survey_id=survey.uid, version=1, terms=terms, **AT)


@pytest.mark.parametrize("code", [ELSEWHERE, f"{HERE}900"])
def test_an_office_beside_or_below_changes_nothing_of_it(survey, code):
    other = make.actor_of(below() if len(code) > 9 else officer_named("elsewhere", code))
    for act in (acts.publish_survey, acts.close_survey, acts.reopen_survey):
        with pytest.raises(NotThere):
            act(actor=other, survey_id=survey.uid, version=1, **AT)
    with pytest.raises(NotThere):
        acts.adjust_survey(actor=other, survey_id=survey.uid, version=1, terms=TERMS, **AT)


def below():
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return make.make_officer("employment_officer", unit, username="below", name="below")


# Published and closed.


def test_published_twice_everybody_of_the_unit_is_told_once_and_nobody_else(actor):
    here, there, over = seeker("纪求职"), seeker(code=ELSEWHERE), seeker()
    type(over).objects.filter(pk=over.pk).update(state="closed", closed_on=TODAY, close_reason="at_work")
    survey = write(actor)
    for _press in range(2):
        acts.publish_survey(actor=actor, survey_id=survey.uid, version=1, **AT)
    drain()
    jobs.tell_open_interest_surveys.func(jobs_run())
    assert told() == {here.person_id}
    assert there.person_id not in told()
    message = Message.objects.get()
    assert "秋季课程意向" in message.body
    assert "纪求职" not in message.body
    assert str(survey.uid) in message.path
    assert standing_facts().filter(kind=acts.PUBLISHED).count() == 1


def jobs_run():
    class Run:
        def step(self):
            from contextlib import nullcontext

            return nullcontext()

        def report(self, **said):
            """Nobody looks."""

    return Run()


def test_a_survey_that_opens_later_is_told_on_its_first_day_and_whoever_comes_later_too(actor, monkeypatch):
    first = seeker()
    survey = write(actor, opens_on=TODAY + DAY)
    acts.publish_survey(actor=actor, survey_id=survey.uid, version=1, **AT)
    drain()
    assert told() == set()
    monkeypatch.setattr("sunward.core.clock.today", lambda: TODAY + DAY)
    jobs.tell_open_interest_surveys.func(jobs_run())
    assert told() == {first.person_id}
    second = seeker()
    jobs.tell_open_interest_surveys.func(jobs_run())
    assert told() == {first.person_id, second.person_id}
    assert Message.objects.count() == 2


def test_whoever_has_answered_already_is_not_told(actor, survey):
    InterestSurvey.objects.update(published_by_id=actor.user_id)
    make_reply(survey, seeker(), 1)
    other = seeker()
    jobs.tell_open_interest_surveys.func(jobs_run())
    assert told() == {other.person_id}


def test_closed_too_early_it_is_opened_again_until_its_last_day(actor, survey):
    acts.close_survey(actor=actor, survey_id=survey.uid, version=1, **AT)
    with pytest.raises(Refusal, match="interest_survey_shut"):
        say(actor, seeker(), survey, 1)
    again = acts.reopen_survey(actor=actor, survey_id=survey.uid, version=2, **AT)
    assert (again.state, again.closed_at) == (InterestState.PUBLISHED, None)
    say(actor, seeker(), survey, 1)
    acts.close_survey(actor=actor, survey_id=survey.uid, version=3, **AT)
    with pytest.raises(Refusal, match="survey_past"):
        acts.reopen_survey(actor=actor, survey_id=survey.uid, version=4, on=TODAY + 7 * DAY, now=NOW)


# Answered.


def test_an_answer_is_the_whole_of_it_and_can_be_changed_and_taken_back(actor, survey):
    case = seeker()
    say(actor, case, survey, 1, 2, words=["夜校", " 夜校 ", "", "Excel"])
    kept = InterestWish.objects.get(case=case, pk=next(w.pk for w in InterestWish.objects.all() if w.words == "Excel"))
    say(actor, case, survey, 2, 3, words=["Excel"], version=1)
    assert set(InterestAnswer.objects.values_list("topic__rank", flat=True)) == {2, 3}
    assert [wish.pk for wish in InterestWish.objects.all()] == [kept.pk]
    fact = standing_facts().get(kind=answers.ANSWERED)
    assert (fact.attributes["topics"], fact.attributes["own_words"], fact.person_id) == (2, 1, case.person_id)
    for _press in range(2):
        answers.take_answer_back(actor=actor, case_id=case.uid, survey_id=survey.uid, **AT)
    assert not InterestAnswer.objects.exists()
    assert not InterestWish.objects.exists()
    assert not standing_facts().filter(kind=answers.ANSWERED).exists()


def test_said_twice_the_same_changes_nothing_and_an_old_page_overrules_nobody_unseen(actor, survey):
    case = seeker()
    first = say(actor, case, survey, 1)
    assert say(actor, case, survey, 1).version == first.version
    with pytest.raises(Conflict, match="answered_meanwhile"):
        say(actor, case, survey, 2)
    assert InterestAnswer.objects.get().topic.rank == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "interest_nothing"),
        ({"words": ["  "]}, "interest_nothing"),
        ({"words": ["长" * 101]}, "interest_words_long"),
        ({"words": [f"愿望{number}" for number in range(6)]}, "interest_words_long"),
    ],
)
def test_an_answer_that_says_nothing_or_too_much_is_refused_in_words(actor, survey, more, code):
    with pytest.raises(Refusal, match=code):
        say(actor, seeker(), survey, **more)


def test_a_topic_of_another_survey_is_no_answer(actor, survey):
    other = topic_of(make_survey(title="另一次"))
    with pytest.raises(Refusal, match="topic_gone"):
        answers.answer_survey(
            actor=actor, case_id=seeker().uid, survey_id=survey.uid, wished=Wished(frozenset({other.uid})), **AT
        )


def test_the_person_answers_on_the_own_page_and_only_what_the_own_office_or_one_above_asks(actor, survey):
    case = seeker()
    given = own(case, actor)
    answers.answer_own_survey(survey_id=survey.uid, wished=wished(survey, 1, words=["夜校"]), **given)
    reply = InterestReply.objects.get()
    assert (reply.case, reply.said_by_id) == (case, 0)
    district = make_survey(make.make_district(), title="全区")
    answers.answer_own_survey(survey_id=district.uid, wished=wished(district, 1), **given)
    for wrong in (make_survey(make.make_subdistrict(ELSEWHERE)), make_survey(state=InterestState.DRAFT, title="草稿")):
        with pytest.raises(NotThere):
            answers.answer_own_survey(survey_id=wrong.uid, wished=wished(wrong, 1), **given)
    answers.take_own_answer_back(survey_id=survey.uid, **given)
    assert InterestReply.objects.get().survey == district


@pytest.mark.parametrize("days", [-2, 7])
def test_nothing_is_answered_before_the_first_day_or_after_the_last(actor, survey, days):
    with pytest.raises(Refusal, match="interest_survey_shut"):
        answers.answer_survey(
            actor=actor, case_id=seeker().uid, survey_id=survey.uid, wished=wished(survey, 1),
            on=TODAY + days * DAY, now=NOW,
        )  # fmt: skip


def test_an_officer_answers_for_nobody_whose_file_another_office_keeps(survey):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    with pytest.raises(NotThere):
        say(other, seeker(), survey, 1)


# Two files of one person.


def test_two_files_that_become_one_wish_once_and_have_their_own_wishes_back_when_they_are_parted():
    district = make.actor_of(officer_named("district", DISTRICT))
    survey = make_closed_survey(make.make_district(), common_from=1)
    one, two = seeker("纪求职"), seeker("纪求职", code=ELSEWHERE)
    make_reply(survey, one, 1, 2, words=("夜校",))
    make_reply(survey, two, 2, 3, words=("Excel",))
    type(one.person).objects.filter(pk__in=(one.person_id, two.person_id)).update(birth_date=TODAY.replace(year=1990))
    before = sorted(InterestAnswer.objects.values_list("case", "topic__rank"))
    find_duplicates([one.person_id])
    pair = PossibleDuplicate.objects.get()
    merge_persons(actor=district, duplicate_id=pair.pk, now=NOW)
    plan = read_plan(survey, InterestWish.objects.filter(survey=survey))
    assert [len(line.cases) for line in plan.lines] == [1, 1, 1]
    assert {wish.words for wish in plan.singles} == {"夜校", "Excel"}
    stays = one if type(one).objects.get(pk=one.pk).state == "open" else two
    part_files(actor=district, case_id=stays.uid, now=NOW)
    assert sorted(InterestAnswer.objects.values_list("case", "topic__rank")) == before
