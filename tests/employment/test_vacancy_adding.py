"""A vacancy written down by hand: nothing typed is lost, nothing found is hidden, sent twice it is one."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.core.refusals import NotAllowed, Refusal
from sunward.employment.actions.vacancy_adding import VacancyDetails, add_vacancy
from sunward.employment.enums import Channel, VacancyState
from sunward.employment.models import Employer, Vacancy
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE)))


@pytest.fixture
def page(client, officer):
    client.force_login(User.objects.get(pk=officer.user_id))
    return client


def typed(**more):
    unit = make.make_subdistrict(HERE)
    return {
        "key": str(uuid4()), "employer": "上海示例云帆信息技术有限公司", "title": "运维工程师", "kind": "full_time",
        "places": "10", "salary_text": "8千-1.2万·13薪", "description": "机房巡检", "workplace": "大桥路1号",
        "contact_phone": "021-00001234", "channel": "online_visit", "unit_id": str(unit.pk),
    } | more  # fmt: skip


def details(**more):
    return VacancyDetails(
        **{
            "employer": "上海示例云帆信息技术有限公司", "title": "运维工程师", "kind": "full_time", "places": 10,
            "salary_text": "8千-1.2万·13薪", "description": "机房巡检", "workplace": "大桥路1号",
            "unit_id": make.make_subdistrict(HERE).pk, "channel": Channel.ONLINE_VISIT,
        } | more
    )  # fmt: skip


def test_what_an_officer_writes_down_waits_to_be_verified_with_its_salary_read_and_its_source(page):
    answer = page.post(reverse("employment:vacancy_new"), typed())
    row = Vacancy.objects.get()
    assert answer.status_code == 302
    assert (row.state, row.salary_min, row.salary_max, row.salary_months) == (VacancyState.WAITING, 8000, 12000, 13)
    assert row.sources.get().channel == Channel.ONLINE_VISIT
    assert standing_facts().get(subject_kind="vacancy", subject_id=row.pk).kind == "employment.vacancy_added"


def test_a_form_that_is_sent_twice_is_one_vacancy(page):
    said = typed()
    for _press in range(2):
        page.post(reverse("employment:vacancy_new"), said)
    assert Vacancy.objects.count() == Employer.objects.count() == 1


def test_what_the_check_finds_is_shown_before_it_is_kept_and_held_after_it(page):
    said = typed(title="客服（限女性）")
    shown = page.post(reverse("employment:vacancy_new"), said)
    assert shown.status_code == 422
    assert "就业促进法 27" in shown.content.decode()
    assert "大桥路1号" in shown.content.decode()
    assert not Vacancy.objects.exists()
    page.post(reverse("employment:vacancy_new"), said | {"seen": shown.context["reading"].mark})
    assert Vacancy.objects.get().state == VacancyState.HELD


def test_findings_that_were_seen_do_not_let_other_words_pass_unseen(page):
    seen = page.post(reverse("employment:vacancy_new"), typed(title="客服（限女性）")).context["reading"].mark
    page.post(reverse("employment:vacancy_new"), typed(title="保安（限男性）", seen=seen))
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"places": "0"},
        {"places": "10000"},
        {"salary_text": "1-100万"},
        {"description": "   "},
        {"description": "长" * 60_000},
        {"uscc": "91310110123456789X"},
        {"valid_until": "2020-01-01"},
    ],
)
def test_what_cannot_be_is_refused_with_everything_typed_still_there(page, wrong):
    answer = page.post(reverse("employment:vacancy_new"), typed() | wrong)
    assert answer.status_code == 422
    assert "大桥路1号" in answer.content.decode()
    assert not Vacancy.objects.exists()


def test_the_same_employer_is_found_again_by_its_name(officer):
    for title in ("甲岗", "乙岗"):
        add_vacancy(actor=officer, key=uuid4(), details=details(title=title), on=TODAY, now=NOW)
    assert Employer.objects.get().vacancies.count() == 2


def test_nobody_adds_a_vacancy_for_another_office(officer):
    foreign = make.make_subdistrict(ELSEWHERE)
    with pytest.raises(NotAllowed):
        add_vacancy(actor=officer, key=uuid4(), details=details(unit_id=foreign.pk), on=TODAY, now=NOW)


def test_the_act_itself_refuses_a_salary_that_cannot_be_believed(officer):
    with pytest.raises(Refusal):
        add_vacancy(actor=officer, key=uuid4(), details=details(salary_text="1-100万"), on=TODAY, now=NOW)


def test_the_reading_says_the_salary_in_yuan_and_keeps_nothing(page):
    answer = page.post(reverse("employment:vacancy_reading"), {"salary_text": "8千-1.2万", "title": "招男士优先"})
    assert "8000" in answer.content.decode()
    assert "就业促进法 27" in answer.content.decode()
    assert not Vacancy.objects.exists()
