"""Eight press at the same moment: the last time of a booth goes to one."""

from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.employment.actions.interviews import Wanted, take_interview
from sunward.employment.models import Interview
from sunward.gatherings.enums import SignUpState
from sunward.gatherings.models import SignUp
from tests import factories as make
from tests.employment.fair_builders import make_booth, make_fair, make_time
from tests.employment.test_appointments_at_once import AT, HANDS, HERE, seekers
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_who_press_for_the_last_time_of_a_booth_are_one_interview_and_one_place_at_the_fair():
    officer = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE))
    slot, actor = make_time(make_booth(make_fair())), make.actor_of(officer)
    wanted = Wanted(slot.uid, slot.booth.vacancies.get().uid, is_shared=True)
    acts = [
        lambda case=case: take_interview(actor=actor, case_id=case.uid, key=uuid4(), wanted=wanted, **AT)
        for case in seekers()
    ]
    assert refusals(at_once(*acts)) == ["employment.interview_taken_by_another"] * (HANDS - 1)
    assert Interview.objects.count() == 1
    assert SignUp.objects.get().state == SignUpState.PLACED
