"""Two people at one file in the same moment: one is served, the other told, and nothing is half-written."""

from datetime import date, timedelta

import pytest

from sunward.audit.chain import verify
from sunward.casework.actions import record_service, withdraw_service
from sunward.casework.models import Case, ServiceRecord
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.children import ChildDetails, PersonChanges, add_child, add_guardian, edit_child
from sunward.people.enums import IdKind
from sunward.people.households import share_household
from sunward.people.models import HouseholdMember, Person
from sunward.people.registering import PersonDetails
from tests import factories as make
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def _officers(count=2):
    return [make.actor_of(make.make_officer()) for _ in range(count)]


def test_of_two_who_save_the_same_version_one_meets_the_conflict():
    case = make.make_child()

    def edit(actor, name):
        person = PersonChanges(name=name, sex="F", birth_date=case.person.birth_date, unit_id=case.unit_id)
        return lambda: edit_child(
            actor=actor, case_id=case.uid, version=1, person=person, child=ChildDetails(), on=make.TODAY, now=make.NOW
        )

    one, two = _officers()
    outcomes = at_once(edit(one, "甲"), edit(two, "乙"))

    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    (saved,) = [outcome for outcome in outcomes if isinstance(outcome, Case)]
    assert isinstance(conflict, Conflict)
    assert Person.objects.get(pk=case.person_id).name == saved.person.name
    assert Case.objects.get(pk=case.pk).version == 2


def test_one_child_typed_in_twice_at_once_becomes_one_file():
    unit, birth = make.make_committee(), date(2014, 5, 6)
    typed = PersonDetails(
        name="张小雨", sex="F", birth_date=birth, id_kind=IdKind.RESIDENT_ID,
        id_number=make.resident_id(birth, order=998), unit_id=unit.pk,
    )  # fmt: skip

    def add(actor):
        return lambda: add_child(actor=actor, person=typed, child=ChildDetails(), on=make.TODAY, now=make.NOW)

    outcomes = at_once(*(add(actor) for actor in _officers()))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Case", "Conflict"]
    assert (Person.objects.count(), Case.objects.count()) == (1, 1)


def test_one_brother_put_into_many_homes_at_once_lives_in_one():
    brother, children = make.make_person("张大宝", unit=make.make_committee()), [make.make_child() for _ in range(6)]

    def share(case):
        return lambda: share_household(person=case.person, other=brother, role="哥哥", on=make.TODAY)

    outcomes = at_once(*(share(case) for case in children))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert HouseholdMember.objects.current(on=make.TODAY).filter(person=brother).count() == 1


def test_a_guardian_added_twice_at_once_lives_with_the_child_once():
    case = make.make_child()
    typed = PersonDetails(name="张奶奶")

    def add(actor):
        return lambda: add_guardian(
            actor=actor, case_id=case.uid, person=typed, relation="祖母", lives_together=True, on=make.TODAY,
            now=make.NOW,
        )  # fmt: skip

    outcomes = at_once(*(add(actor) for actor in _officers()))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Guardianship"]
    assert HouseholdMember.objects.beside(case.person_id, on=make.TODAY).count() == 1


def test_the_day_of_the_last_contact_is_right_whoever_records_and_withdrawsat_once():
    case, (one, two, three) = make.make_child(), _officers(3)

    def record(actor, days_ago):
        return lambda: record_service(
            actor=actor, case_id=case.uid, kind="home_visit", happened_on=make.TODAY - timedelta(days=days_ago),
            outcome="made", on=make.TODAY, now=make.NOW,
        )  # fmt: skip

    wrong = record(one, 0)()
    outcomes = at_once(
        record(one, 3), record(two, 5),
        lambda: withdraw_service(
            actor=three, case_id=case.uid, record_id=wrong.uid, reason="记错了", on=make.TODAY, now=make.NOW
        ),
    )  # fmt: skip

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY - timedelta(days=3)
    assert ServiceRecord.objects.made().count() == 2
    assert verify().is_intact


def test_many_acts_at_once_leave_one_unbroken_chain():
    cases, actors = [make.make_child() for _ in range(6)], _officers(6)

    def record(actor, case):
        return lambda: record_service(
            actor=actor, case_id=case.uid, kind="phone_call", happened_on=make.TODAY, outcome="attempted",
            on=make.TODAY, now=make.NOW,
        )  # fmt: skip

    outcomes = at_once(*(record(actor, case) for actor, case in zip(actors, cases, strict=True)))

    assert all(isinstance(outcome, ServiceRecord) for outcome in outcomes)
    verdict = verify()
    assert (verdict.is_intact, verdict.entries) == (True, 6)
