"""Many at the same moment: the last place goes to one, one adviser stands in one place, one file has one officer."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.employment.actions.appointments import book_appointment
from sunward.employment.actions.officers import put_in_charge
from sunward.employment.actions.own_appointments import book_own
from sunward.employment.actions.slots import Times, add_times
from sunward.employment.models import Appointment, AppointmentSlot, JobseekerLink, OfficerInCharge
from sunward.employment.own_pass import make_pass, token_of
from tests import factories as make
from tests.employment.point_builders import make_point, make_slot
from tests.factories import NOW, TODAY
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "310110012"
AT = {"on": TODAY, "now": NOW}
HANDS = 8


def officer(name):
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE), username=name, name=name)


def seekers():
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return [make.make_jobseeker(unit=unit) for _one in range(HANDS)]


def test_eight_who_press_for_the_last_place_are_one_appointment_and_seven_kind_refusals():
    user = officer("gu")
    slot, actor = make_slot(make_point(HERE), user), make.actor_of(user)
    acts = [
        lambda case=case: book_appointment(
            actor=actor, case_id=case.uid, key=uuid4(), slot=slot.uid, topic="policy", **AT
        )
        for case in seekers()
    ]
    assert refusals(at_once(*acts)) == ["employment.slot_taken"] * 7
    assert Appointment.objects.count() == 1


def test_four_who_press_on_their_own_pages_and_four_officers_are_one_appointment():
    user = officer("gu")
    slot, actor = make_slot(make_point(HERE), user), make.actor_of(user)
    *own, fifth, sixth, seventh, eighth = seekers()
    acts = [
        lambda case=case: book_appointment(
            actor=actor, case_id=case.uid, key=uuid4(), slot=slot.uid, topic="policy", **AT
        )
        for case in (fifth, sixth, seventh, eighth)
    ]
    acts += [lambda given=given: book_own(key=uuid4(), slot=slot.uid, topic="policy", **given) for given in passes(own)]
    assert refusals(at_once(*acts)) == ["employment.slot_taken"] * 7
    assert Appointment.objects.count() == 1


def test_one_who_presses_for_eight_times_at_once_holds_two():
    user = officer("gu")
    point = make_point(HERE)
    slots = [make_slot(point, user, starts_at=NOW + timedelta(days=number)) for number in range(1, HANDS + 1)]
    [given] = passes(seekers()[:1])
    acts = [lambda slot=slot: book_own(key=uuid4(), slot=slot.uid, topic="policy", **given) for slot in slots]
    assert refusals(at_once(*acts)) == ["employment.own_appointments_enough"] * 6
    assert Appointment.objects.count() == 2


def passes(cases):
    for case in cases:
        link = JobseekerLink.objects.create(
            case=case, made_at=NOW, made_by_id=0, expires_on=TODAY + timedelta(days=9)
        )  # fmt: skip
        yield {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


def test_one_adviser_who_is_given_times_at_eight_places_at_once_stands_in_one():
    actor = make.actor_of(officer("gu"))
    places = [make_point(HERE, name=f"乐业空间{number}") for number in range(HANDS)]
    hour = Times("gu", TODAY + timedelta(days=1), time(9), time(10), 60)
    acts = [
        lambda place=place: add_times(actor=actor, point_id=place.uid, key=uuid4(), times=hour, **AT)
        for place in places
    ]
    assert refusals(at_once(*acts)) == ["employment.times_clash"] * 7
    assert AppointmentSlot.objects.count() == 1


def test_a_file_for_which_eight_choose_an_officer_at_once_has_one():
    actor = make.actor_of(officer("gu"))
    names = [officer(f"of{number}").username for number in range(HANDS)]
    case = seekers()[0]
    acts = [
        lambda name=name: put_in_charge(actor=actor, case_id=case.uid, officer=name, seen=0, **AT) for name in names
    ]
    assert refusals(at_once(*acts)) == ["employment.officer_changed"] * 7
    assert OfficerInCharge.objects.count() == 1
