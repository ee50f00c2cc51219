"""The pages of recommendations: choosing, one of them, each step, and the work that came of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.employment.enums import StepKind
from sunward.employment.models import JobWish, Placement, Recommendation
from sunward.employment.queries.recommendations import SAY, following
from sunward.employment.recommendations import chain
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE))
    client.force_login(user)
    return user


def seeker(name="纪求职"):
    return make.make_jobseeker(name, unit=make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE)))


def vacancy(**more):
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), **more)


def url(name, *args):
    return reverse(f"employment:{name}", args=args)


def choose(client, case, post, **more):
    return client.post(url("jobseeker_recommend", case.uid), {"vacancy": post.uid} | more)


def step(client, row, name, **more):
    row.refresh_from_db()
    given = {"happened_on": TODAY, "version": row.version} | more
    return client.post(url("recommendation_step", row.case.uid, row.uid, name), given)


def test_what_suits_a_wish_comes_first_and_what_was_told_is_not_offered_again(client, officer):
    case, other, wished = seeker(), vacancy(title="收银员"), vacancy(title="超市仓库管理员")
    JobWish.objects.create(case=case, words="仓库管理员")
    page = client.get(url("jobseeker_recommend", case.uid)).context["page"]
    assert [row.title for row, _wished in page.rows] == [wished.title, other.title]
    assert [is_wished for _row, is_wished in page.rows] == [True, False]
    assert choose(client, case, wished, is_told="on").status_code == 302
    page = client.get(url("jobseeker_recommend", case.uid)).context["page"]
    assert [row.title for row, _wished in page.rows] == [other.title]


def test_the_way_to_being_hired_is_walked_on_the_pages_and_stands_on_the_file(client, officer):
    case, post = seeker(), vacancy()
    choose(client, case, post, is_told="on")
    row = Recommendation.objects.get()
    for kind in ("read", "applied", "invited", "interviewed"):
        more = {"expected_on": TODAY} if kind == "invited" else {}
        assert step(client, row, kind, **more).status_code == 302
    work = {"expected_on": TODAY, "kind": "contract", "basis": "contract"}
    assert step(client, row, "hired", **work).status_code == 302
    text = client.get(url("jobseeker", case.uid)).content.decode()
    assert post.title in text
    assert str(StepKind.HIRED.label) in text
    assert Placement.objects.get().title == post.title
    text = client.get(url("recommendation", case.uid, row.uid)).content.decode()
    assert str(SAY[StepKind.STAYED]) in text
    row.refresh_from_db()
    assert client.post(url("recommendation_withdraw", case.uid, row.uid), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.step == StepKind.INTERVIEWED


def test_what_is_missing_stands_in_red_and_what_was_typed_stays(client, officer):
    case = seeker()
    choose(client, case, vacancy(), is_told="on")
    row = Recommendation.objects.get()
    answer = step(client, row, "dismissed", note="说要再想想")
    assert answer.status_code == 422
    assert "说要再想想" in answer.content.decode()
    row.refresh_from_db()
    assert row.step == StepKind.TOLD


def test_a_form_that_was_opened_without_a_version_begins_with_the_one_that_stands(client, officer):
    case = seeker()
    choose(client, case, vacancy(), is_told="on")
    row = Recommendation.objects.get()
    page = client.get(url("recommendation_step", case.uid, row.uid, "read"))
    assert page.context["form"]["version"].value() == row.version
    page = client.get(url("recommendation_step", case.uid, row.uid, "read") + "?version=1")
    assert page.context["form"]["version"].value() == "1"


def test_a_step_that_nobody_knows_and_a_recommendation_of_another_file_are_not_there(client, officer):
    case = seeker()
    choose(client, case, vacancy(), is_told="on")
    row = Recommendation.objects.get()
    for kind in ("drawn", "nonsense"):
        assert client.get(url("recommendation_step", case.uid, row.uid, kind)).status_code == 404
    assert client.get(url("recommendation", seeker("另一位").uid, row.uid)).status_code == 404


def test_every_step_that_may_follow_has_a_button_and_every_button_a_step():
    for before in StepKind:
        said = {one.kind for one in following(before)}
        assert said == {kind.value for kind in chain.NEXT[before]} - {StepKind.TOLD}


def test_the_page_to_choose_asks_as_many_questions_for_one_vacancy_as_for_many(client, officer):
    case = seeker()
    client.get(url("jobseeker_recommend", case.uid))
    counts = []
    for more in (1, 12):
        for _number in range(more):
            vacancy()
        with CaptureQueriesContext(connection) as queries:
            client.get(url("jobseeker_recommend", case.uid))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_work_is_written_down_checked_ended_and_taken_back(client, officer):
    case = seeker()
    given = {"kind": "flexible", "employer_name": "示例便利店", "title": "店员", "started_on": TODAY, "basis": "said"}
    assert client.post(url("placement_new", case.uid), given).status_code == 302
    row = Placement.objects.get()
    assert "示例便利店" in client.get(url("jobseeker", case.uid)).content.decode()
    assert client.post(url("placement_check", case.uid, row.uid), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    end = {"version": row.version, "ended_on": TODAY, "reason": "resigned"}
    assert client.post(url("placement_end", case.uid, row.uid), end).status_code == 302
    row.refresh_from_db()
    assert client.post(url("placement_withdraw", case.uid, row.uid), {"version": row.version}).status_code == 302
    assert "示例便利店" not in client.get(url("jobseeker", case.uid)).content.decode()


def test_work_without_an_employer_is_refused_with_a_sentence(client, officer):
    answer = client.post(
        url("placement_new", seeker().uid), {"kind": "contract", "started_on": TODAY, "basis": "said"}
    )  # fmt: skip
    assert answer.status_code == 422
    assert not Placement.objects.exists()
