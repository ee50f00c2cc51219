"""The pages of surveys of wishes: what officers, leaders and jobseekers see, and what they never do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.employment.actions.interest_courses import answer_wish, plan_course
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.enums import InterestState
from sunward.employment.models import InterestAnswer, InterestReply, InterestSurvey, InterestWish
from sunward.employment.own_pass import token_of
from sunward.gatherings.models import Gathering
from tests import factories as make
from tests.employment.fair_acts import AT, DISTRICT, ELSEWHERE, HERE, officer_named, seeker, url
from tests.employment.interest_builders import make_closed_survey, make_reply, make_survey, topic_of
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def shown(client, name, *args, status=200):
    answer = client.get(url(name, *args))
    assert answer.status_code == status
    return answer.content.decode()


def written(**more):
    return {
        "title": "秋季课程意向", "unit": HERE, "opens_on": TODAY.isoformat(),
        "closes_on": (TODAY + 7 * DAY).isoformat(),
        "topics": ["calm"], "own": "Excel", "places": 20, "common_from": 8,
        "key": "7a4ad1c8-5d7f-4a0e-9f7c-6f5d2a1b9c11",
    } | more  # fmt: skip


def own_client(actor, case):
    """The browser of somebody who has answered the question."""
    link, client = make_jobseeker_link(actor=actor, case_id=case.uid, **AT), Client()
    token = token_of(link)
    assert client.post(reverse("own_page", args=[token]), {"typed": case.person.phone[-4:]}).status_code == 302
    return client, token


# Officers.


def test_a_survey_is_written_published_closed_and_planned_on_the_pages(page):
    answer = page.post(url("interest_new"), written())
    survey = InterestSurvey.objects.get()
    assert answer.url == url("interest", survey.uid)
    for verb, state in (("publish", "published"), ("close", "closed"), ("reopen", "published"), ("close", "closed")):
        survey.refresh_from_db()
        page.post(url(f"interest_{verb}", survey.uid), {"version": survey.version})
        survey.refresh_from_db()
        assert survey.state == state
    InterestSurvey.objects.update(common_from=1)
    make_reply(survey, seeker(), 1)
    html = shown(page, "interest", survey.uid)
    press = url("interest_plan", survey.uid, topic_of(survey).uid, 1)
    assert press in html
    answer = page.post(press)
    assert answer.url == reverse("gatherings:gathering", args=[Gathering.objects.get().uid])
    html = shown(page, "interest", survey.uid)
    assert answer.url in html
    assert press not in html


def test_what_was_typed_stays_when_it_is_refused(page):
    answer = page.post(url("interest_new"), written(topics=[], own="", title="很要紧的题目"))
    assert answer.status_code == 422
    assert "很要紧的题目" in answer.content.decode()
    answer = page.post(url("interest_new"), written(unit=ELSEWHERE))
    assert answer.status_code == 422
    assert not InterestSurvey.objects.exists()


def test_two_who_change_one_draft_see_both_versions_to_choose_from(page):
    page.post(url("interest_new"), written())
    survey = InterestSurvey.objects.get()
    asked = url("interest_edit", survey.uid)
    first = {f"initial-{name}": value for name, value in written().items()}
    page.post(asked, written(title="甲的题目", version=1) | first)
    answer = page.post(asked, written(title="乙的题目", version=1) | first)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "甲的题目" in html
    assert "乙的题目" in html
    assert InterestSurvey.objects.get().title == "甲的题目"


def test_once_it_is_published_only_the_last_day_and_the_sizes_are_offered_for_change(page, survey):
    html = shown(page, "interest_edit", survey.uid)
    assert 'name="closes_on"' in html
    assert 'name="title"' not in html
    page.post(
        url("interest_edit", survey.uid),
        {"version": 1, "closes_on": (TODAY + 9 * DAY).isoformat(), "places": 15, "common_from": 5},
    )
    survey.refresh_from_db()
    assert (survey.closes_on, survey.places, survey.common_from) == (TODAY + 9 * DAY, 15, 5)


def test_the_names_beside_single_wishes_leave_a_look_at_each_file(page, user):
    survey = make_closed_survey()
    one, two = seeker("纪单独"), seeker("纪夜校")
    make_reply(survey, one, 1)
    make_reply(survey, two, words=("想上夜校",))
    html = shown(page, "interest_wishes", survey.uid)
    assert all(words in html for words in ("纪单独", "纪夜校", "想上夜校"))
    looks = AuditEntry.objects.filter(code="employment.interest_wishes_opened", actor_id=user.pk)
    assert set(looks.values_list("subject_id", flat=True)) == {one.pk, two.pk}
    html = shown(page, "interest", survey.uid)
    assert "纪单独" not in html
    assert "想上夜校" not in html


def test_who_waits_for_an_answer_comes_first_and_pages_are_turned(page, monkeypatch):
    monkeypatch.setattr("sunward.employment.queries.interests.WISHES_SHOWN", 1)
    survey = make_closed_survey()
    make_reply(survey, seeker("纪先"), words=("夜校",))
    make_reply(survey, seeker("纪后"), words=("Excel",))
    wish = InterestWish.objects.first()
    page.post(url("interest_wish", survey.uid, wish.uid), {"version": 1, "reply": "社区学校有夜班"})
    assert InterestWish.objects.get(pk=wish.pk).reply == "社区学校有夜班"
    first, second = (
        shown(page, "interest_wishes", survey.uid),
        page.get(url("interest_wishes", survey.uid), {"page": 2}).content.decode(),
    )
    assert "纪后" in first
    assert "纪先" not in first
    assert "纪先" in second
    assert page.get(url("interest_wishes", survey.uid), {"page": "-1 or 1"}).status_code == 200


def test_an_officer_below_reads_of_the_answers_those_of_the_own_files_and_nothing_of_a_draft():
    unit = make.make_committee(f"{HERE}002", subdistrict=make.make_subdistrict(HERE))
    below = signed_in(make.make_officer(Role.EMPLOYMENT_OFFICER, unit, username="below", name="below"))
    survey = make_closed_survey(common_from=1)
    mine = make.make_jobseeker("纪自家", unit=unit)
    for case, words in ((mine, "自家的话"), (seeker("纪别家"), "别家的话")):
        make_reply(survey, case, 1, words=(words,))
    html = shown(below, "interest_wishes", survey.uid)
    assert "自家的话" in html
    assert "别家的话" not in html
    assert "纪别家" not in html
    html = shown(below, "interest", survey.uid)
    assert "interest_plan" not in html
    assert url("interest_plan", survey.uid, topic_of(survey).uid, 1) not in html
    assert url("interest_close", survey.uid) not in html
    row = next(row for row in below.get(url("interests")).context["rows"] if row.uid == survey.uid)
    assert (row.people, row.topics[0].people) == (1, 1)
    above = make.actor_of(officer_named("gu"))
    planned = plan_course(actor=above, survey_id=survey.uid, topic_id=topic_of(survey).uid, number=1, **AT)
    wish = InterestWish.objects.get(survey=survey, case=mine)
    answer_wish(
        actor=above,
        survey_id=survey.uid,
        wish_id=wish.uid,
        version=wish.version,
        reply="一起上",
        course=planned.pk,
        **AT,
    )
    [answered] = below.get(url("interest_wishes", survey.uid)).context["page"].rows
    assert (answered.reply, answered.course) == ("一起上", "")
    draft = make_survey(state=InterestState.DRAFT, title="还没发布")
    assert "还没发布" not in shown(below, "interests")
    shown(below, "interest", draft.uid, status=404)


# Leaders.


@pytest.mark.parametrize(
    ("answered", "wishing", "sums"),
    [(4, 4, (None, None)), (5, 5, (5, 5)), (9, 4, (9, None)), (9, 6, (9, None)), (10, 5, (10, 5)), (6, 0, (6, 0))],
)
def test_a_leader_reads_sums_and_none_that_tells_of_a_few(survey, answered, wishing, sums):
    leader = signed_in(make.make_officer(Role.LEADER, make.make_district(), username="leader", name="leader"))
    for number in range(answered):
        make_reply(survey, seeker(), 1 if number < wishing else 2)
    answer = leader.get(url("interests"))
    row = answer.context["rows"][0]
    assert (row.uid, row.people, row.topics[0].people) == (None, *sums)
    assert str(survey.uid) not in answer.content.decode()


def test_a_leader_of_another_sub_district_reads_nothing_of_it_and_nobody_reads_a_draft(survey):
    other = make.make_officer(Role.LEADER, make.make_subdistrict(ELSEWHERE), username="other", name="other")
    assert signed_in(other).get(url("interests")).context["rows"] == ()
    InterestSurvey.objects.update(state=InterestState.DRAFT)
    leader = make.make_officer(Role.LEADER, make.make_district(), username="leader", name="leader")
    assert signed_in(leader).get(url("interests")).context["rows"] == ()


def test_whoever_moved_away_or_found_work_is_counted_nowhere(page, survey):
    gone = seeker("纪工")
    make_reply(survey, gone, 1, words=("夜校",))
    make_reply(survey, seeker("纪走", code=ELSEWHERE), 1, words=("夜校",))
    type(gone).objects.filter(pk=gone.pk).update(state="closed", closed_on=TODAY, close_reason="at_work")
    row = page.get(url("interests")).context["rows"][0]
    assert (row.people, row.topics[0].people) == (0, 0)
    found = page.get(url("interest", survey.uid)).context["page"]
    assert (found.people, found.wishes, found.topics[0].people) == (0, 0, 0)
    assert page.get(url("interest_wishes", survey.uid)).context["page"].rows == ()


# The file.


def test_the_office_writes_down_on_the_file_what_the_person_says(page, survey, user):
    case = seeker("纪求职")
    asked = url("jobseeker_interest", case.uid, survey.uid)
    assert asked in shown(page, "jobseeker_interests", case.uid)
    answer = page.post(asked, {"version": 0, "topics": [str(topic_of(survey).uid)], "words": "夜校\nExcel"})
    assert answer.url == url("jobseeker_interests", case.uid)
    reply = InterestReply.objects.get()
    assert (reply.said_by_id, InterestAnswer.objects.count(), InterestWish.objects.count()) == (user.pk, 1, 2)
    assert "夜校" in shown(page, "jobseeker_interests", case.uid)
    assert url("jobseeker_interests", case.uid) in shown(page, "jobseeker", case.uid)


# The own page.


def test_the_own_page_asks_takes_the_answer_and_takes_it_back(actor, survey):
    case = seeker()
    client, token = own_client(actor, case)
    here = reverse("own_interest", args=[token, survey.uid])
    assert here in client.get(reverse("own_page", args=[token])).content.decode()
    topic = str(topic_of(survey).uid)
    assert client.post(here, {"version": 0, "topics": [topic], "words": "夜校"}).status_code == 302
    html = client.get(here).content.decode()
    assert "夜校" in html
    assert 'value="1"' in html
    assert client.post(here, {"version": 1}).status_code == 422
    assert client.post(here, {"version": 0, "words": "别的"}).status_code == 302
    assert [wish.words for wish in InterestWish.objects.all()] == ["夜校"]
    client.post(reverse("own_interest_take_back", args=[token, survey.uid]))
    assert not InterestReply.objects.exists()


def test_without_a_pass_nothing_is_shown_and_a_survey_of_another_street_is_not_there(actor, survey):
    client, token = own_client(actor, seeker())
    other = make_survey(make.make_subdistrict(ELSEWHERE))
    assert client.get(reverse("own_interest", args=[token, other.uid])).status_code == 404
    stranger = Client().get(reverse("own_interest", args=[token, survey.uid]))
    assert (stranger.status_code, stranger.url) == (302, reverse("own_page", args=[token]))


def test_when_it_is_over_the_own_page_says_what_became_and_takes_no_more(actor):
    survey, case = make_closed_survey(), seeker()
    make_reply(survey, case, 1, words=("夜校",))
    client, token = own_client(actor, case)
    here = reverse("own_interest", args=[token, survey.uid])
    html = client.get(here).content.decode()
    assert "夜校" in html
    assert 'name="topics"' not in html
    client.post(here, {"version": 1, "words": "别的"})
    assert InterestWish.objects.get().words == "夜校"


# How many questions the database is asked.


@pytest.mark.parametrize("name", ["interests", "interest", "interest_wishes"])
def test_a_page_asks_the_database_as_often_for_one_answer_as_for_many(page, survey, name):
    InterestSurvey.objects.update(state=InterestState.CLOSED)
    args = () if name == "interests" else (survey.uid,)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            shown(page, name, *args)
        return len(queries)

    make_reply(survey, seeker(), 1, 2, words=("夜校",))
    make_reply(survey, seeker(), 1, 3)
    page.post(url("interest_plan", survey.uid, topic_of(survey).uid, 1))
    ask()
    few = ask()
    for number in range(6):
        make_reply(survey, seeker(), 1, 2, 3, words=(f"愿望{number}",))
        make_closed_survey(title=f"第{number}次")
    for rank, number in ((1, 2), (2, 1), (3, 1)):
        page.post(url("interest_plan", survey.uid, topic_of(survey, rank).uid, number))
    assert ask() == few


def test_the_own_page_asks_as_often_for_one_wish_as_for_many(actor):
    survey, case = make_closed_survey(common_from=1), seeker()
    client, token = own_client(actor, case)
    reply = make_reply(survey, case, 1, words=("夜校",))
    here = reverse("own_interest", args=[token, survey.uid])

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(here).status_code == 200
        return len(queries)

    press = signed_in(officer_named("district", DISTRICT))
    press.post(url("interest_plan", survey.uid, topic_of(survey).uid, 1))
    few = ask()
    reply.delete()
    make_reply(survey, case, 2, 3, words=("Excel", "摄影"))
    for rank in (2, 3):
        press.post(url("interest_plan", survey.uid, topic_of(survey, rank).uid, 1))
    assert ask() == few
