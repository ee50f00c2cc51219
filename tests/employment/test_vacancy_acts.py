"""The life of a vacancy: who reads, who answers for it until when, and what a closing takes back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.vacancies import changeable_vacancies, get_vacancy, visible_vacancies
from sunward.employment.actions.vacancies import (
    close_vacancy,
    release_vacancy,
    reopen_vacancy,
    suggest_until,
    verify_vacancy,
)
from sunward.employment.enums import VacancyState
from sunward.employment.models import Vacancy
from sunward.ledger.queries import standing_facts
from sunward.web.home_vacancies import list_waiting_vacancies
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
FINDING = {"rule": "disc_gender", "level": "block", "field": "title", "words": "限男", "start": 0, "end": 2}
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(code=HERE, **more):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code), **more))


def waiting(**more):
    given = {"state": VacancyState.WAITING, "verified_on": None, "verified_until": None} | more
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), **given)


def kinds_of(row):
    return [fact.kind for fact in standing_facts().filter(subject_kind="vacancy", subject_id=row.pk)]


def test_officers_of_the_district_read_a_vacancy_and_its_own_office_alone_changes_it():
    row = waiting()
    here, elsewhere = officer(), officer(ELSEWHERE)
    assert list(visible_vacancies(elsewhere)) == list(changeable_vacancies(here)) == [row]
    assert not changeable_vacancies(elsewhere).exists()
    with pytest.raises(NotThere):
        verify_vacancy(actor=elsewhere, vacancy_id=row.uid, version=1, until=TODAY, **AT)


def test_an_officer_of_another_district_finds_no_vacancy():
    row = waiting()
    abroad = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_unit("310109", name="虹口区")))
    with pytest.raises(NotThere):
        get_vacancy(actor=abroad, vacancy_id=row.uid)


def test_a_vacancy_is_open_until_the_day_somebody_answers_for_and_then_ends_by_itself():
    row, actor = waiting(), officer()
    until = suggest_until(row, on=TODAY)
    assert until == TODAY + 30 * DAY
    verify_vacancy(actor=actor, vacancy_id=row.uid, version=1, until=until, **AT)
    assert Vacancy.objects.open(on=until).get() == row
    assert not Vacancy.objects.open(on=until + DAY).exists()
    assert kinds_of(row) == ["employment.vacancy_verified"]


def test_verifying_twice_with_one_press_of_the_button_leaves_one_fact():
    row, actor = waiting(), officer()
    for _press in range(2):
        verify_vacancy(actor=actor, vacancy_id=row.uid, version=1, until=TODAY + DAY, **AT)
    assert kinds_of(row) == ["employment.vacancy_verified"]
    assert AuditEntry.objects.filter(code="employment.vacancy_verified").count() == 1


def test_nobody_answers_for_longer_than_the_employer_offers_it_nor_than_ninety_days():
    row, actor = waiting(valid_until=TODAY + 5 * DAY), officer()
    assert suggest_until(row, on=TODAY) == TODAY + 5 * DAY
    for until in (TODAY + 6 * DAY, TODAY - DAY):
        with pytest.raises(Refusal):
            verify_vacancy(actor=actor, vacancy_id=row.uid, version=1, until=until, **AT)
    with pytest.raises(Refusal):
        verify_vacancy(actor=actor, vacancy_id=waiting().uid, version=1, until=TODAY + 91 * DAY, **AT)
    row.refresh_from_db()
    assert row.state == VacancyState.WAITING


def test_a_held_wording_is_reviewed_by_a_person_with_a_reason_before_it_is_verified():
    row, actor = waiting(state=VacancyState.HELD, findings=[FINDING]), officer()
    with pytest.raises(Conflict):
        verify_vacancy(actor=actor, vacancy_id=row.uid, version=1, until=TODAY, **AT)
    with pytest.raises(Refusal):
        release_vacancy(actor=actor, vacancy_id=row.uid, version=1, reason="", **AT)
    row = release_vacancy(actor=actor, vacancy_id=row.uid, version=1, reason="misread", **AT)
    assert (row.state, row.reviewed_by_id, row.reviewed_on) == (VacancyState.WAITING, actor.user_id, TODAY)
    assert AuditEntry.objects.get(code="employment.vacancy_released").detail == {"reason": "misread"}


def test_a_closing_that_is_taken_back_puts_the_vacancy_where_it_stood():
    actor = officer()
    for before, more in (
        (VacancyState.WAITING, {}),
        (VacancyState.HELD, {"findings": [FINDING]}),
        (VacancyState.OPEN, {"verified_on": TODAY, "verified_until": TODAY}),
    ):
        row = waiting(state=before, **more)
        close_vacancy(actor=actor, vacancy_id=row.uid, version=1, reason="filled", **AT)
        assert kinds_of(row) == ["employment.vacancy_closed"]
        row = reopen_vacancy(actor=actor, vacancy_id=row.uid, version=2, **AT)
        assert (row.state, row.close_reason, kinds_of(row)) == (before, "", [])


def test_a_vacancy_that_somebody_else_has_changed_is_looked_at_again():
    row = waiting(version=2)
    with pytest.raises(Conflict):
        close_vacancy(actor=officer(), vacancy_id=row.uid, version=1, reason="filled", **AT)


def test_what_waits_for_the_own_office_comes_first_and_no_telephone_is_in_the_list(client):
    actor = officer(username="lin")
    for number in range(3):
        waiting(title=f"外岗{number}", unit=make.make_subdistrict(ELSEWHERE))
    waiting(title="本岗", contact_phone="13800001111")
    make_vacancy(title="新开岗")
    client.force_login(make_user_of(actor))
    page = client.get(reverse("employment:vacancies")).content.decode()
    assert page.index("本岗") < page.index("新开岗")
    assert "13800001111" not in page


def test_a_list_of_forty_asks_no_more_than_a_list_of_four(client):
    client.force_login(make_user_of(officer()))
    counts = []
    for _round in range(2):
        for _number in range(4 if not counts else 36):
            waiting()
        client.get(reverse("employment:vacancies"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("employment:vacancies"), {"size": "50"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "running_out"}, {"快到期"}),
        ({"state": "run_out"}, {"已到期"}),
        ({"state": "closed"}, {"已关闭"}),
        ({"q": "快到"}, {"快到期"}),
        ({"subdistrict": ELSEWHERE}, set()),
        ({"state": "nonsense"}, {"快到期", "已到期"}),
    ],
)
def test_the_list_is_narrowed_by_state_words_and_sub_district(client, asked, found):
    make.make_subdistrict(ELSEWHERE)
    employer = make_employer(make.make_subdistrict(HERE))
    make_vacancy(employer, title="快到期", verified_until=TODAY + 7 * DAY)
    make_vacancy(employer, title="已到期", verified_until=TODAY - DAY)
    make_vacancy(employer, title="已关闭", state=VacancyState.CLOSED, close_reason="filled")
    client.force_login(make_user_of(officer()))
    page = client.get(reverse("employment:vacancies"), asked)
    assert {row.title for row in page.context["page"]} == found


def test_the_page_shows_findings_with_their_article_and_the_telephone_and_writes_the_look(client):
    row = waiting(state=VacancyState.HELD, findings=[FINDING], contact_name="钱经理", contact_phone="13800001111")
    client.force_login(make_user_of(officer()))
    page = client.get(reverse("employment:vacancy", args=[row.uid])).content.decode()
    assert "就业促进法 27" in page
    assert "13800001111" in page
    assert AuditEntry.objects.get(code="employment.vacancy_opened").subject_id == row.pk


def test_what_was_refused_keeps_the_day_that_was_typed(client):
    row = waiting(valid_until=TODAY + DAY)
    client.force_login(make_user_of(officer()))
    typed = (TODAY + 9 * DAY).isoformat()
    page = client.post(reverse("employment:vacancy_verify", args=[row.uid]), {"version": 1, "until": typed})
    assert page.status_code == 422
    assert typed in page.content.decode()


def test_a_script_in_a_title_and_a_very_long_description_are_shown_as_words(client):
    row = waiting(title="<script>alert(1)</script>", description="长" * 60_000)
    client.force_login(make_user_of(officer()))
    page = client.get(reverse("employment:vacancy", args=[row.uid])).content.decode()
    assert "<script>alert" not in page
    employer = client.get(reverse("employment:employer", args=[row.employer.uid])).content.decode()
    assert "<script>alert" not in employer


def make_user_of(actor):
    from sunward.accounts.models import User

    return User.objects.get(pk=actor.user_id)


def test_an_advert_that_had_expired_when_it_came_in_waits_for_nobody(client):
    over = waiting(title="过期岗", valid_until=TODAY - DAY)
    held = waiting(title="过期且有问题", valid_until=TODAY - DAY, state=VacancyState.HELD, findings=[FINDING])
    last_day = waiting(title="今天截止", valid_until=TODAY)
    actor = officer()
    assert list(list_waiting_vacancies(actor, TODAY)) == [last_day]
    client.force_login(make_user_of(actor))
    for state, found in (("waiting", {"今天截止"}), ("held", set()), ("over", {over.title, held.title})):
        page = client.get(reverse("employment:vacancies"), {"state": state}).context["page"]
        assert {row.title for row in page} == found
    page = client.get(reverse("employment:vacancy", args=[over.uid]))
    assert not page.context["page"].may_verify
    assert "收到时已过期" in page.content.decode()


def test_a_vacancy_whose_last_day_came_later_is_said_to_be_over_not_to_have_come_in_late(client):
    row = waiting(valid_until=TODAY - DAY, made_at=NOW - 9 * DAY)
    client.force_login(make_user_of(officer()))
    page = client.get(reverse("employment:vacancy", args=[row.uid])).content.decode()
    assert "已过单位截止日期" in page
    assert "收到时已过期" not in page
