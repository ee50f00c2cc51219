"""What vacancies leave on the home page of the office that answers for them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.employment.actions.visits import VisitDetails, record_visit
from sunward.employment.enums import VacancyState
from sunward.employment.models import VacancyLikeness
from sunward.web.home_todo import read_todo_list
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"


def titles_of(role, code):
    actor = make.actor_of(make.make_officer(role, make.make_subdistrict(code), username=f"{role}{code}"))
    groups = read_todo_list(actor, on=TODAY).groups
    return {group.key: [line.title for line in group.lines] for group in groups if group.key.startswith("vacanc")}


def test_vacancies_that_wait_or_run_out_are_on_the_home_page_of_their_own_office_only():
    employer = make_employer(make.make_subdistrict(HERE))
    make_vacancy(employer, title="快到期", verified_until=TODAY + timedelta(days=7))
    make_vacancy(employer, title="还早", verified_until=TODAY + timedelta(days=8))
    make_vacancy(employer, title="待核实", state=VacancyState.WAITING)
    make_vacancy(employer, title="已关闭", state=VacancyState.CLOSED, close_reason="filled")
    shown = titles_of(Role.EMPLOYMENT_OFFICER, HERE)
    assert shown == {"vacancies_ending": ["快到期"], "vacancies_waiting": ["待核实"]}
    assert not titles_of(Role.EMPLOYMENT_OFFICER, ELSEWHERE)
    assert not titles_of(Role.SUPERVISOR, HERE)


def test_pairs_and_employers_to_visit_are_on_the_home_page_of_whoever_answers_for_them():
    here, elsewhere = make.make_subdistrict(HERE), make.make_subdistrict(ELSEWHERE)
    employer = make_employer(here, name="到期单位")
    first, second, foreign = (make_vacancy(employer, title=title) for title in ("保安员", "秩序维护员", "外岗"))
    type(foreign).objects.filter(pk=foreign.pk).update(unit=elsewhere, unit_path=elsewhere.path)
    VacancyLikeness.objects.create(first=first, second=second, points=80)
    VacancyLikeness.objects.create(first=second, second=foreign, points=70)
    officer = make.make_officer(Role.EMPLOYMENT_OFFICER, here)
    then = TODAY - timedelta(days=9)
    record_visit(
        actor=make.actor_of(officer), key=uuid4(), employer_id=employer.uid, unit_id=here.pk, on=TODAY, now=NOW,
        details=VisitDetails(then, is_online=False, learned="缺人", next_on=TODAY),
    )  # fmt: skip

    def shown(actor):
        groups = read_todo_list(actor, on=TODAY).groups
        keys = ("vacancies_alike", "employers_to_visit")
        return {group.key: [line.title for line in group.lines] for group in groups if group.key in keys}

    assert shown(make.actor_of(officer)) == {"vacancies_alike": ["保安员"], "employers_to_visit": ["到期单位"]}
    assert shown(make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, elsewhere))) == {}
    assert shown(make.actor_of(make.make_officer(Role.SUPERVISOR, here))) == {}
