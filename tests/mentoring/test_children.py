"""Children's files by hand: adding, editing what was seen, closing; who may, and what is left behind."""

from datetime import date
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import CloseReason
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.core.search.index import find
from sunward.ledger.models import Fact
from sunward.mentoring.access import visible_matches
from sunward.mentoring.actions.children import (
    ChildDetails,
    PersonChanges,
    SealedChanges,
    add_child,
    add_guardian,
    close_child,
    edit_child,
    end_guardian,
)
from sunward.mentoring.actions.households import add_household_member, end_household_member
from sunward.mentoring.actions.questions import Asked, ask_about_file
from sunward.mentoring.enums import MatchState
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.queries.child_editing import lookalikes
from sunward.people.enums import IdKind
from sunward.people.models import Guardianship, HouseholdMember, Person
from sunward.people.registering import PersonDetails
from tests import factories as make
from tests.casework.test_cases import NEAR_MISSES, near_miss

pytestmark = pytest.mark.django_db
BIRTH = date(2014, 5, 6)
BLANK = ChildDetails()
TUTORING = ChildDetails(needs=("tutoring",))


def _actor(role=Role.DISTRICT_OFFICER, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def _typed(**more):
    unit = more.pop("unit", None) or make.make_committee()
    return PersonDetails(
        **{
            "name": "张小雨", "sex": "F", "birth_date": BIRTH, "id_kind": IdKind.RESIDENT_ID,
            "id_number": make.resident_id(BIRTH, order=998), "phone": "+8613800001234", "unit_id": unit.pk,
        }
        | more
    )  # fmt: skip


def _add(actor, person=None, child=TUTORING, **more):
    return add_child(actor=actor, person=person or _typed(), child=child, on=make.TODAY, now=make.NOW, **more)


def _changes(case, **more):
    person = case.person
    return PersonChanges(
        **{"name": person.name, "sex": person.sex, "birth_date": person.birth_date, "unit_id": case.unit_id} | more
    )


def _edit(actor, case, *, person=None, child=BLANK, version=1):
    return edit_child(
        actor=actor, case_id=case.uid, version=version, person=person or _changes(case), child=child, on=make.TODAY,
        now=make.NOW,
    )  # fmt: skip


def test_a_child_added_by_hand_has_a_person_a_file_a_profile_and_is_found():
    case = _add(_actor(), child=ChildDetails(guardianship="absent", needs=("tutoring", "health")))

    assert case.person.id_number == make.resident_id(BIRTH, order=998)
    assert case.child.guardianship == "absent"
    assert sorted(case.needs.values_list("kind", flat=True)) == ["health", "tutoring"]
    assert [entry.object_id for entry in find("张小雨")] == [case.pk]


def test_a_person_already_known_by_number_is_not_made_twice():
    actor, known = _actor(), make.make_person("张小雨", birth=BIRTH)

    case = _add(actor, _typed(id_number=known.id_number))

    assert case.person_id == known.pk
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["杭求岗", "张小雨"])
@pytest.mark.parametrize("code", ["310110012001", "310110013001"])
def test_a_jobseekers_number_is_answered_as_one_that_nobody_has(name, code):
    """Wherever she lives and whatever name is typed: no answer tells that there is a file."""
    seeker = make.make_jobseeker("杭求岗", unit=make.make_committee(code), birth=BIRTH).person
    worker = _actor(Role.WORKER, make.make_committee())
    made = _add(worker, _typed(name=name, id_number=seeker.id_number)).person
    assert (made.name, made.programme, made.pk != seeker.pk) == (name, "mentoring", True)
    assert made.phone != seeker.phone


def test_an_edit_takes_a_jobseekers_number_as_one_that_nobody_has():
    seeker = make.make_jobseeker("杭求岗", unit=make.make_committee(), birth=BIRTH).person
    case, actor = make.make_child(), _actor()
    sealed = SealedChanges(id_kind=IdKind.RESIDENT_ID, id_number=seeker.id_number)
    _edit(actor, case, person=_changes(case, sealed=sealed))
    case.person.refresh_from_db()
    assert case.person.id_number == seeker.id_number


def test_who_is_only_a_jobseeker_is_nobodys_lookalike_among_children():
    seeker = make.make_jobseeker("张小雨", unit=make.make_committee(), birth=BIRTH).person
    typed = _typed(id_number=seeker.id_number)
    assert lookalikes(_actor(Role.WORKER, make.make_committee()), typed).rows == ()


def test_a_number_known_in_another_subdistrict_is_refused_without_saying_whose_it_is():
    elsewhere = make.make_committee("310110013001", name="长白一居委")
    known = make.make_known(make.make_person("李不见", unit=elsewhere, birth=BIRTH))
    worker = _actor(Role.WORKER, make.make_committee())

    with pytest.raises(Conflict) as refusal:
        _add(worker, _typed(id_number=known.id_number))

    assert refusal.value.code == "mentoring.number_elsewhere"
    assert "李不见" not in str(refusal.value)
    assert "长白" not in str(refusal.value)
    assert not Case.objects.exclude(person__guardianships__guardian=known).exists()


def test_a_worker_adds_no_child_next_door():
    next_door = make.make_committee("310110012002", name="第二居委会")

    with pytest.raises(NotAllowed, match="unit_not_yours"):
        _add(_actor(Role.WORKER, make.make_committee()), _typed(unit=next_door))

    assert not Person.objects.exists()


@pytest.mark.parametrize("who", NEAR_MISSES)
def test_whoever_is_not_in_charge_edits_nothing(who):
    case = make.make_child(unit=make.make_committee())

    with pytest.raises(NotThere):
        _edit(near_miss(who), case, person=_changes(case, name="别人"))

    case.person.refresh_from_db()
    assert case.person.name != "别人"


def test_an_edit_changes_person_profile_and_needs_and_names_the_columns_not_the_values():
    actor = _actor()
    case = _add(actor)

    edited = _edit(
        actor, case, person=_changes(case, name="张晓雨"), child=ChildDetails(hardship="illness", needs=("health",))
    )

    assert edited.person.name == "张晓雨"
    assert edited.person.name_key.startswith("zhang")
    assert edited.version == 2
    assert [need.kind for need in edited.needs.filter(met_on=None)] == ["health"]
    entry = AuditEntry.objects.get(code="mentoring.child_edited")
    assert entry.detail == {"columns": ["hardship", "name"]}
    assert [found.object_id for found in find("张晓雨")] == [case.pk]
    assert not find("张小雨").exists()


def test_sealed_values_stay_unless_they_are_typed_anew():
    actor = _actor()
    case = _add(actor)

    _edit(actor, case, person=_changes(case, sealed=SealedChanges(phone="+8613900005678")))

    person = Person.objects.get(pk=case.person_id)
    assert (person.phone, person.id_number) == ("+8613900005678", make.resident_id(BIRTH, order=998))

    _edit(actor, case, version=2, person=_changes(case, sealed=SealedChanges(id_number="")))

    person = Person.objects.get(pk=case.person_id)
    assert (person.id_number, person.id_index) == ("", None)


def test_a_number_of_somebody_else_is_refused():
    actor, other = _actor(), make.make_person()
    case = _add(actor)

    with pytest.raises(Conflict, match="number_taken"):
        _edit(
            actor, case,
            person=_changes(case, sealed=SealedChanges(id_kind=IdKind.RESIDENT_ID, id_number=other.id_number)),
        )  # fmt: skip


def test_the_second_of_two_who_edit_meets_a_conflict_and_nothing_is_lost():
    actor = _actor()
    case = _add(actor)
    _edit(actor, case, person=_changes(case, name="第一次"))

    with pytest.raises(Conflict, match="case_changed"):
        _edit(actor, case, person=_changes(case, name="第二次"))

    assert Person.objects.get(pk=case.person_id).name == "第一次"


def test_a_child_who_moves_takes_its_matches_its_questions_and_the_search_entry_along():
    actor, new = _actor(), make.make_committee("310110013001", name="长白一居委")
    case = _add(actor)
    match = make.make_match(case, make.make_mentor())
    gone = make.make_match(case, make.make_mentor(), state=MatchState.CLOSED)
    asked = Asked(uuid4(), ExpertField.LAW, "监护权怎么转移？")
    question = ask_about_file(actor=actor, case_id=case.uid, asked=asked, on=make.TODAY, now=make.NOW)
    left_behind = _actor(Role.SUPERVISOR, make.make_subdistrict())
    assert set(visible_matches(left_behind)) == {match, gone}

    _edit(actor, case, person=_changes(case, unit_id=new.pk))

    match.refresh_from_db()
    gone.refresh_from_db()
    question.refresh_from_db()
    assert (match.unit_path, gone.unit_path, question.unit_path) == (new.path, new.path, new.path)
    # A match's page says where the child lives: the office it has left is not told.
    assert not visible_matches(left_behind)
    assert find("张小雨").get().unit_path == new.path


def test_a_worker_does_not_push_a_child_into_another_committee():
    committee = make.make_committee()
    worker, next_door = _actor(Role.WORKER, committee), make.make_committee("310110012002", name="第二居委会")
    case = make.make_child(unit=committee)

    with pytest.raises(NotAllowed):
        _edit(worker, case, person=_changes(case, unit_id=next_door.pk))


def test_a_file_whose_match_lives_is_not_closed():
    case = make.make_child()
    make.make_match(case, make.make_mentor(), state=MatchState.PAUSED)

    with pytest.raises(Conflict, match="match_lives"):
        close_child(actor=_actor(), case_id=case.uid, version=1, reason=CloseReason.HELPED, on=make.TODAY, now=make.NOW)


def test_after_the_farewell_it_is_closed():
    case = make.make_child()
    make.make_match(case, make.make_mentor(), state=MatchState.CLOSED)

    close_child(actor=_actor(), case_id=case.uid, version=1, reason=CloseReason.HELPED, on=make.TODAY, now=make.NOW)

    case.refresh_from_db()
    assert case.state == "closed"


def test_another_programmes_file_is_not_edited_as_a_childs():
    actor, other = _actor(), make.make_jobseeker()
    with pytest.raises(NotThere):
        _edit(actor, other)


def test_a_guardian_is_added_once_and_ended_with_a_day():
    actor, case = _actor(), make.make_child()
    typed = _typed(name="张奶奶", birth_date=date(1955, 1, 1), id_number="", id_kind="")
    held = add_guardian(
        actor=actor, case_id=case.uid, person=typed, relation="祖母", lives_together=True, is_primary=True,
        on=make.TODAY, now=make.NOW,
    )  # fmt: skip

    end_guardian(actor=actor, case_id=case.uid, guardianship_id=held.pk, on=make.TODAY, now=make.NOW)

    assert Guardianship.objects.get().until_on == make.TODAY
    assert set(Fact.objects.values_list("kind", flat=True)) == {"mentoring.guardian_added", "mentoring.guardian_ended"}
    with pytest.raises(NotThere):
        end_guardian(actor=actor, case_id=case.uid, guardianship_id=held.pk, on=make.TODAY, now=make.NOW)


def test_a_guardian_who_lives_with_the_child_is_of_its_household():
    actor, case = _actor(), make.make_child()
    mother, aunt = (PersonDetails(name=name) for name in ("张妈妈", "张姑姑"))

    for typed, lives_together in ((mother, True), (aunt, False)):
        add_guardian(
            actor=actor, case_id=case.uid, person=typed, relation="亲人", lives_together=lives_together,
            on=make.TODAY, now=make.NOW,
        )  # fmt: skip

    [member] = HouseholdMember.objects.beside(case.person_id, on=make.TODAY)
    assert (member.person.name, member.role) == ("张妈妈", "亲人")


def test_a_brother_lives_with_the_child_until_he_moves_out():
    actor, case = _actor(), make.make_child()
    brother = PersonDetails(name="张大宝")
    member = _house(actor, case, brother)
    with pytest.raises(Conflict, match="housemate_there"):
        _house(actor, case, brother)

    end_household_member(actor=actor, case_id=case.uid, member_id=member.pk, on=make.TODAY, now=make.NOW)

    assert not HouseholdMember.objects.beside(case.person_id, on=make.TODAY).exists()
    kinds = list(Fact.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["mentoring.housemate_added", "mentoring.housemate_ended"]
    with pytest.raises(NotThere):
        end_household_member(actor=actor, case_id=case.uid, member_id=member.pk, on=make.TODAY, now=make.NOW)


def test_a_guardian_known_by_name_is_not_made_a_second_person_by_moving_in():
    actor, case = _actor(), make.make_child()
    held = add_guardian(
        actor=actor, case_id=case.uid, person=PersonDetails(name="张奶奶"), relation="祖母", lives_together=None,
        on=make.TODAY, now=make.NOW,
    )  # fmt: skip

    member = _house(actor, case, PersonDetails(name="张奶奶"))

    held.refresh_from_db()
    assert (member.person_id, held.lives_together) == (held.guardian_id, True)


def test_a_child_is_not_its_own_housemate_and_a_closed_file_takes_nobody_in():
    actor, case = _actor(), make.make_child(birth=BIRTH)
    with pytest.raises(Conflict, match="own_housemate"):
        _house(actor, case, PersonDetails(name="张小雨", id_number=case.person.id_number))

    close_child(
        actor=actor, case_id=case.uid, version=case.version, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW
    )
    with pytest.raises(Refusal, match="case_closed_now"):
        _house(actor, case, PersonDetails(name="张大宝"))
    assert not HouseholdMember.objects.exists()


def _house(actor, case, person):
    return add_household_member(
        actor=actor, case_id=case.uid, person=person, relation="哥哥", on=make.TODAY, now=make.NOW
    )


def test_a_child_is_not_its_own_guardian():
    actor, case = _actor(), make.make_child(birth=BIRTH)

    with pytest.raises(Conflict, match="own_guardian"):
        add_guardian(
            actor=actor, case_id=case.uid, person=_typed()._replace(id_number=case.person.id_number), relation="",
            lives_together=None, on=make.TODAY, now=make.NOW,
        )  # fmt: skip
