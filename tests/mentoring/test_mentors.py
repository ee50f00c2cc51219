"""Mentors' files by hand: adding, editing, and what her children hold her to."""

from datetime import date

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.core.search.index import find
from sunward.mentoring.actions.children import PersonChanges
from sunward.mentoring.actions.mentors import MentorDetails, add_mentor, edit_mentor
from sunward.mentoring.models import Mentor
from sunward.people.enums import IdKind
from sunward.people.registering import PersonDetails
from tests import factories as make
from tests.casework.test_cases import NEAR_MISSES, near_miss

pytestmark = pytest.mark.django_db
BIRTH = date(1985, 7, 8)


def _actor(role=Role.DISTRICT_OFFICER, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def _typed(**more):
    unit = more.pop("unit", None) or make.make_committee()
    return PersonDetails(
        **{
            "name": "李芳芳", "sex": "F", "birth_date": BIRTH, "id_kind": IdKind.RESIDENT_ID,
            "id_number": make.resident_id(BIRTH, order=996), "unit_id": unit.pk,
        }
        | more
    )  # fmt: skip


def _add(actor, person=None, **mentor):
    return add_mentor(
        actor=actor, person=person or _typed(), mentor=MentorDetails(**mentor), on=make.TODAY, now=make.NOW
    )


def _edit(actor, mentor, *, version=1, name="", unit=None, **details):
    person = PersonChanges(
        name=name or mentor.person.name, sex=mentor.person.sex, birth_date=mentor.person.birth_date,
        unit_id=unit.pk if unit else mentor.unit_id,
    )  # fmt: skip
    return edit_mentor(
        actor=actor, mentor_id=mentor.uid, version=version, person=person,
        mentor=MentorDetails(**({"state": "active"} | details)), on=make.TODAY, now=make.NOW,
    )  # fmt: skip


def test_she_is_found_by_name_reference_initials_and_skill():
    mentor = _add(_actor(), skills=("心理咨询", "绘画"))

    for words in ("芳芳", mentor.reference, "lff", "心理", "李芳 绘画"):
        assert [entry.object_id for entry in find(words)] == [mentor.pk], words
    assert not find("李芳 书法").exists()


def test_she_begins_as_an_applicant():
    assert _add(_actor()).state == "applied"


def test_one_person_has_one_volunteers_file():
    actor = _actor()
    _add(actor)

    with pytest.raises(Conflict, match="mentor_there"):
        _add(actor)


def test_an_edit_counts_the_version_and_names_the_columns():
    actor, mentor = _actor(), make.make_mentor("李芳芳")

    edited = _edit(actor, mentor, capacity=2, occupation="护士", joined_on=date(2024, 1, 1))

    assert (edited.version, edited.capacity) == (2, 2)
    assert AuditEntry.objects.get(code="mentoring.mentor_edited").detail == {"columns": ["capacity", "occupation"]}
    with pytest.raises(Conflict, match="mentor_changed"):
        _edit(actor, mentor, capacity=3)


def test_she_cannot_have_fewer_places_than_children():
    mentor = make.make_mentor(capacity=2)
    make.make_match(make.make_child(), mentor)
    make.make_match(make.make_child(), mentor)

    with pytest.raises(Refusal, match="capacity_taken"):
        _edit(_actor(), mentor, capacity=1)


def test_an_applicant_becomes_one_of_us_by_the_steps_and_not_by_a_form():
    actor = _actor()
    applicant = _add(actor)

    for state in ("active", "resting"):
        with pytest.raises(Refusal, match="not_complete"):
            _edit(actor, applicant, state=state)
    with pytest.raises(Refusal, match="not_complete"):
        _add(actor, person=_typed(name="王芳", id_number=make.resident_id(BIRTH, order=994)), state="active")


def test_leaving_and_coming_back_are_no_edits():
    actor, staying, gone = _actor(), make.make_mentor(), make.make_mentor()
    Mentor.objects.filter(pk=gone.pk).update(state="left", left_on=make.TODAY)

    for mentor, state in ((staying, "left"), (gone, "active")):
        with pytest.raises(Refusal, match="leaves_elsewhere"):
            _edit(actor, mentor, state=state)
    assert _edit(actor, gone, state="left", occupation="护士").left_on == make.TODAY


@pytest.mark.parametrize("who", NEAR_MISSES)
def test_whoever_is_not_in_charge_edits_nothing(who):
    mentor = make.make_mentor(unit=make.make_committee())

    with pytest.raises(NotThere):
        _edit(near_miss(who), mentor, capacity=9)

    assert Mentor.objects.get().capacity == 1


def test_a_worker_does_not_move_her_into_another_committee():
    committee = make.make_committee()
    mentor = make.make_mentor(unit=committee)

    with pytest.raises(NotAllowed):
        _edit(_actor(Role.WORKER, committee), mentor, unit=make.make_committee("310110012002", name="第二居委会"))
