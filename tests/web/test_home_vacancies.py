"""What vacancies leave on the home page of the office that answers for them."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.employment.enums import VacancyState
from sunward.web.home_todo import read_todo_list
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import TODAY

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
