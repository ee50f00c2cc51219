"""A vacancy that is changed: read and checked anew, held for what is newly found, and no edit wins unseen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.vacancies import close_vacancy, release_vacancy, reopen_vacancy
from sunward.employment.actions.vacancy_changing import VacancyChanges, change_vacancy
from sunward.employment.actions.vacancy_occupation import set_vacancy_occupation
from sunward.employment.enums import VacancyState
from sunward.employment.models import Vacancy
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}


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


def open_one(**more):
    given = {"description": "整理货架", "salary_text": "5000-7000", "contact_phone": "13800001111"} | more
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), **given)


def said_of(row, **more):
    given = {
        "title": row.title, "kind": row.kind, "places_min": row.places_min, "places_max": row.places_max,
        "salary_text": row.salary_text, "description": row.description, "workplace": row.workplace,
        "education": row.education, "valid_until": row.valid_until, "contact_name": row.contact_name,
        "contact_phone": "",
    }  # fmt: skip
    return VacancyChanges(**given | more)


def change(officer, row, version=1, **more):
    return change_vacancy(actor=officer, vacancy_id=row.uid, version=version, changes=said_of(row, **more), **AT)


def posted(page, row, **typed):
    """The form as a browser sends it: what stood there when it was opened, hidden, and what is typed over it."""
    form = page.get(reverse("employment:vacancy_edit", args=[row.uid])).context["form"]
    shown = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    hidden = {f"initial-{name}": value for name, value in shown.items() if name != "contact_phone"}
    return shown | hidden | {"version": str(row.version)} | typed


def test_a_change_reads_the_salary_anew_and_leaves_who_verified_it(officer):
    row = change(officer, open_one(), salary_text="8千-1.2万·13薪", places_max=5)
    assert (row.salary_min, row.salary_max, row.salary_months, row.places_max) == (8000, 12000, 13, 5)
    assert (row.state, row.verified_on, row.version) == (VacancyState.OPEN, TODAY, 2)
    fact = standing_facts().get(subject_kind="vacancy", subject_id=row.pk)
    assert (fact.kind, fact.attributes) == ("employment.vacancy_edited", {"columns": ["places_max", "salary_text"]})


def test_a_salary_that_only_a_list_could_tell_is_left_where_nobody_changes_it(officer):
    row = change(officer, open_one(salary_text="", salary_min=5000, salary_max=6000), title="仓管员")
    assert (row.title, row.salary_min, row.salary_max) == ("仓管员", 5000, 6000)


def test_words_that_the_check_finds_anew_hold_it_and_who_verified_it_stays_known(officer):
    row = change(officer, open_one(), title="仓库管理员（限男性）")
    assert row.state == VacancyState.HELD
    assert row.findings[0]["rule"] == "disc_gender"
    assert (row.verified_on, row.verified_until) == (TODAY, TODAY + 30 * DAY)
    row = release_vacancy(actor=officer, vacancy_id=row.uid, version=2, reason="law", **AT)
    assert row.state == VacancyState.OPEN


def test_what_was_reviewed_is_not_held_again_for_another_change(officer):
    row = open_one(title="客服（限女性）", state=VacancyState.HELD, verified_on=None, verified_until=None, findings=[
        {"rule": "disc_gender", "level": "block", "field": "title", "words": "限女性", "start": 3, "end": 6}
    ])  # fmt: skip
    row = release_vacancy(actor=officer, vacancy_id=row.uid, version=1, reason="misread", **AT)
    row = change(officer, row, version=2, description="接听电话")
    assert row.state == VacancyState.WAITING
    row = change(officer, row, version=3, description="接听电话，35岁以下")
    assert (row.state, row.reviewed_on) == (VacancyState.HELD, None)


def test_wording_that_was_put_right_is_not_held_any_more(officer):
    row = change(officer, open_one(), title="保安（限男性）")
    row = change(officer, row, version=2, title="保安")
    assert (row.state, row.findings) == (VacancyState.OPEN, [])


def test_what_a_column_of_its_own_asked_for_stays_found_although_the_words_are_changed(officer):
    apart = {"rule": "disc_age", "level": "warn", "field": "age", "words": "35岁以下", "start": 0, "end": 5}
    row = open_one(state=VacancyState.HELD, verified_on=None, verified_until=None, findings=[apart])
    row = change(officer, row, title="理货员")
    assert (row.state, row.findings) == (VacancyState.HELD, [apart])


def test_an_earlier_last_day_of_the_employer_shortens_what_somebody_answered_for(officer):
    row = change(officer, open_one(), valid_until=TODAY + 3 * DAY)
    assert row.verified_until == TODAY + 3 * DAY


def test_the_same_said_twice_is_one_change_and_other_words_on_an_old_version_are_refused(officer):
    row = open_one()
    for _press in range(2):
        change(officer, row, title="理货员")
    assert AuditEntry.objects.filter(code="employment.vacancy_edited").count() == 1
    with pytest.raises(Conflict):
        change(officer, row, title="分拣员")


@pytest.mark.parametrize(
    "wrong",
    [
        {"places_min": 3, "places_max": 2},
        {"places_max": 10_000},
        {"salary_text": "1-100万"},
        {"description": ""},
        {"description": "长" * 60_000},
        {"valid_until": TODAY - DAY},
    ],
)
def test_what_cannot_be_is_refused(officer, wrong):
    row = open_one()
    with pytest.raises(Refusal):
        change(officer, row, **wrong)
    row.refresh_from_db()
    assert row.version == 1


def test_a_very_long_description_that_a_list_told_does_not_keep_the_title_from_being_changed(officer):
    row = change(officer, open_one(description="长" * 60_000), title="理货员")
    assert (row.title, len(row.description)) == ("理货员", 60_000)


def test_another_office_and_a_closed_vacancy_change_nothing(officer):
    row = open_one()
    elsewhere = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(ELSEWHERE)))
    with pytest.raises(NotThere):
        change(elsewhere, row, title="理货员")
    row = close_vacancy(actor=officer, vacancy_id=row.uid, version=1, reason="filled", **AT)
    with pytest.raises(Conflict):
        change(officer, row, version=2, title="理货员")


def test_a_held_change_that_is_closed_and_opened_again_is_held_again(officer):
    row = change(officer, open_one(), title="仓库管理员（限男性）")
    row = close_vacancy(actor=officer, vacancy_id=row.uid, version=2, reason="filled", **AT)
    assert reopen_vacancy(actor=officer, vacancy_id=row.uid, version=3, **AT).state == VacancyState.HELD


def test_the_form_never_shows_the_telephone_and_an_empty_one_keeps_it(page):
    row = open_one()
    shown = page.get(reverse("employment:vacancy_edit", args=[row.uid])).content.decode()
    assert "13800001111" not in shown
    page.post(reverse("employment:vacancy_edit", args=[row.uid]), posted(page, row, title="理货员"))
    row.refresh_from_db()
    assert (row.title, row.contact_phone, row.places_min, row.places_max) == ("理货员", "13800001111", 2, 2)


def test_what_the_check_finds_is_shown_before_the_change_is_kept(page):
    row = open_one()
    said = posted(page, row, title="仓库管理员（限男性）")
    shown = page.post(reverse("employment:vacancy_edit", args=[row.uid]), said)
    assert shown.status_code == 422
    assert "就业促进法 27" in shown.content.decode()
    row.refresh_from_db()
    assert row.version == 1
    page.post(reverse("employment:vacancy_edit", args=[row.uid]), said | {"seen": shown.context["reading"].mark})
    row.refresh_from_db()
    assert row.state == VacancyState.HELD


def test_two_who_change_one_vacancy_choose_what_shall_stand(page, officer):
    row = open_one()
    mine = posted(page, row, title="理货员", workplace="大桥路2号")
    change(officer, row, title="分拣员")
    screen = page.post(reverse("employment:vacancy_edit", args=[row.uid]), mine)
    assert screen.status_code == 409
    assert [dispute.theirs for dispute in screen.context["merge"].disputes] == ["分拣员"]
    chosen = dict(screen.context["merge"].hidden) | {"version": "2", "choose-title": "mine"}
    assert page.post(reverse("employment:vacancy_edit", args=[row.uid]), chosen).status_code == 302
    row = Vacancy.objects.get()
    assert (row.title, row.workplace, row.version) == ("理货员", "大桥路2号", 3)


def test_another_title_is_coded_anew_unless_a_person_chose_its_occupation(officer):
    by_itself = change(officer, open_one(occupation="4-02-06-01"), title="理货员")
    chosen = open_one()
    set_vacancy_occupation(actor=officer, vacancy_id=chosen.uid, version=1, occupation="4-02-06-01", **AT)
    chosen = change(officer, chosen, version=2, title="理货员")
    assert (by_itself.occupation, chosen.occupation) == ("", "4-02-06-01")
    assert change(officer, open_one(occupation="4-02-06-01"), workplace="大桥路2号").occupation == "4-02-06-01"
