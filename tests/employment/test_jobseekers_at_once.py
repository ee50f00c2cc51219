"""Two press at the same moment on one jobseeker's file: nothing is written twice, and nothing is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome
from sunward.core.refusals import Conflict
from sunward.employment.actions import profiles
from sunward.employment.actions.surveys import ANSWERED, record_survey
from sunward.employment.enums import Intention, Situation
from sunward.employment.models import Jobseeker, JobWish
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.pressing import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def given():
    officer = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    case = make.make_jobseeker("纪求职")
    Jobseeker.objects.create(case=case)
    return {"actor": make.actor_of(officer), "case_id": case.uid, "on": make.TODAY, "now": make.NOW}


def test_one_survey_form_sent_twice_at_once_is_one_call_with_one_answer(given):
    said = {
        "key": uuid4(), "outcome": ContactOutcome.MADE, "happened_on": make.TODAY, "situation": Situation.FLEXIBLE,
        "intention": Intention.WORK,
    }  # fmt: skip

    assert not refusals(at_once(*[lambda: record_survey(**given, **said)] * 4))

    assert standing_facts().filter(kind=ANSWERED).count() == 1
    assert standing_facts().filter(kind="casework.contact_made").count() == 1


def test_posts_added_at_once_all_stand_each_with_a_rank_of_its_own(given):
    words = ["会计", "出纳", "文员", "保洁员"]

    assert not refusals(at_once(*[lambda one=one: profiles.add_wish(**given, words=one) for one in words]))

    assert sorted(JobWish.objects.values_list("words", flat=True)) == sorted(words)
    assert sorted(JobWish.objects.values_list("rank", flat=True)) == [1, 2, 3, 4]


def test_of_two_who_correct_one_version_at_once_one_is_told(given):
    person = profiles.PersonWords(name="纪求职", sex="F", birth_date=None)

    def correct(schooling: str) -> Callable[[], object]:
        words = profiles.ProfileWords(
            education=None, schooling=schooling, graduated_on=None, skills=(), experience="", registered_on=None,
            unemployed_since=None, is_elsewhere=None, is_disabled=None, salary_min=None, salary_max=None,
            commute_minutes=None, shifts=(),
        )  # fmt: skip
        return lambda: profiles.edit_jobseeker(**given, version=2, person=person, profile=words)

    answers = at_once(correct("甲校"), correct("乙校"))

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
