"""A person says which occupation a vacancy is, on a page that offers what its title may mean."""

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.occupation_coding import code_vacancies
from sunward.employment.actions.vacancy_occupation import OCCUPATION_SET, set_vacancy_occupation
from sunward.employment.occupations import name_of
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
KEEPER = "4-02-06-01"  # 仓储管理员
PLAIN, VAGUE = "仓库管理员", "综合岗"
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(code=HERE):
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code))


def vacancy(title=PLAIN, **more):
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), title=title, **more)


def test_what_a_person_chose_stays_and_saying_it_again_changes_nothing():
    row, actor = vacancy(), make.actor_of(officer())
    chosen = set_vacancy_occupation(actor=actor, vacancy_id=row.uid, version=1, occupation="4-01-02-01", **AT)
    again = set_vacancy_occupation(actor=actor, vacancy_id=row.uid, version=1, occupation="4-01-02-01", **AT)
    assert (chosen.occupation, chosen.version, again.version) == ("4-01-02-01", 2, 2)
    assert code_vacancies([row.pk], now=NOW) == 0
    facts = standing_facts().filter(subject_kind="vacancy", subject_id=row.pk)
    assert [fact.kind for fact in facts] == [OCCUPATION_SET]
    assert AuditEntry.objects.get(code=OCCUPATION_SET).detail == {"occupation": "4-01-02-01"}


def test_an_old_page_an_unknown_code_and_a_strange_office_change_nothing():
    row, actor = vacancy(), make.actor_of(officer())
    given = {"vacancy_id": row.uid, "occupation": KEEPER, **AT}
    with pytest.raises(Conflict):
        set_vacancy_occupation(actor=actor, version=7, **given)
    with pytest.raises(Refusal, match=r"2022|大典"):
        set_vacancy_occupation(actor=actor, version=1, **given | {"occupation": "9-99-99-99"})
    with pytest.raises(NotThere):
        set_vacancy_occupation(actor=make.actor_of(officer(ELSEWHERE)), version=1, **given)
    row.refresh_from_db()
    assert (row.occupation, row.version) == ("", 1)


def test_the_page_offers_what_the_title_may_mean_and_keeps_what_is_ticked(client):
    row = vacancy()
    client.force_login(officer())
    page = reverse("employment:vacancy_occupation", args=[row.uid])
    assert KEEPER in client.get(page).content.decode()
    done = client.post(page, {"version": 1, "offered": KEEPER, "other": ""}, follow=True)
    row.refresh_from_db()
    assert row.occupation == KEEPER
    assert name_of(KEEPER) in done.content.decode()


def test_another_occupation_is_typed_and_a_wrong_one_comes_back_as_it_was_typed(client):
    row = vacancy(VAGUE)
    client.force_login(officer())
    page = reverse("employment:vacancy_occupation", args=[row.uid])
    wrong = client.post(page, {"version": 1, "offered": "other", "other": "打杂的"})
    assert wrong.status_code == 422
    assert "打杂的" in wrong.content.decode()
    client.post(page, {"version": 1, "offered": "other", "other": name_of(KEEPER)})
    row.refresh_from_db()
    assert row.occupation == KEEPER
