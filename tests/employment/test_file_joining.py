"""One person with files in two sub-districts: found, explained, made one with all records, and parted again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.enums import CaseState, ContactOutcome, FollowUpKind, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.actions.file_joining import part_files
from sunward.employment.enums import ClientTagKind, Education, Intention, Situation
from sunward.employment.models import ClientTag, Jobseeker, JobseekerLink, JobWish
from sunward.people.actions import declare_two_persons, merge_persons
from sunward.people.duplicates import find_duplicates
from sunward.people.models import Person, PossibleDuplicate
from sunward.people.queries import list_duplicates
from sunward.people.reach import known_to
from sunward.people.registering import PersonDetails, build_person
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, NOW, DAY = make.TODAY, make.NOW, timedelta(days=1)
BORN, PHONE = date(1998, 5, 6), "+8613800123456"
HERE, THERE = "310110012", "310110019"
# Versions count up, the ledger and the record of acts grow: everything else is restored to the letter.
GROWING = ("ledger_fact", "audit_", "core_", "django_", "people_possibleduplicate", "accounts_")


def person(name: str, street: str, **more: Any) -> Person:
    unit = make.make_committee(f"{street}001", subdistrict=make.make_subdistrict(street))
    details = PersonDetails(
        name=name, birth_date=BORN, phone=PHONE, unit_id=unit.pk, unit_path=unit.path, **more
    )  # fmt: skip
    made = build_person(details, programme="employment")
    made.save()
    return made


def full_file(of: Person, *, opened: date, wishes: tuple[str, ...], **profile: Any) -> Case:
    """With something of everything that hangs on a file."""
    case = make.make_jobseeker(person=of)
    Case.objects.filter(pk=case.pk).update(opened_on=opened)
    Jobseeker.objects.create(case=case, **profile)
    for rank, words in enumerate(wishes, start=1):
        JobWish.objects.create(case=case, rank=rank, words=words)
    case.needs.create(kind=Intention.WORK, from_on=ON)
    case.needs.create(kind=Intention.TRAINING, from_on=opened)
    record = ServiceRecord.objects.create(
        case=case, kind=ServiceKind.PHONE_CALL, happened_on=opened + DAY, outcome=ContactOutcome.MADE, recorded_at=NOW,
        unit_path=case.unit_path,
    )  # fmt: skip
    case.follow_ups.create(kind=FollowUpKind.CALL, due_on=ON, role=Role.EMPLOYMENT_OFFICER, record=record)
    ClientTag.objects.create(case=case, kind=ClientTagKind.REGISTERED, from_on=ON)
    of.consents.create(purpose="case_file", legal_basis="statutory_duty", given_on=opened)
    JobseekerLink.objects.create(case=case, made_at=NOW, made_by_id=1, expires_on=ON + 30 * DAY)
    Case.objects.filter(pk=case.pk).update(last_contact_on=opened + DAY)
    return Case.objects.get(pk=case.pk)


def officer(code: str = "310110"):
    name = f"employment{code}"
    held = User.objects.filter(username=name).first()
    if held is not None:
        return make.actor_of(held)
    user = make.make_user(name)
    unit = make.make_district() if code == "310110" else make.make_subdistrict(code)
    make.give_post(user, Role.EMPLOYMENT_OFFICER, unit)
    return make.actor_of(user)


@pytest.fixture
def two():
    first = full_file(
        person("张小雨", HERE), opened=ON - 90 * DAY, wishes=("保洁员", "收银员"), situation=Situation.REGISTERED
    )
    second = full_file(
        person("张晓雨", THERE), opened=ON - 30 * DAY, wishes=("收银员", "快递员"), education=Education.COLLEGE,
        situation=Situation.NOT_REGISTERED,
    )  # fmt: skip
    ClientTag.objects.create(case=second, kind=ClientTagKind.VETERAN, from_on=ON, set_by_id=7)
    find_duplicates([first.person_id, second.person_id])
    return first, second


def pair() -> PossibleDuplicate:
    return PossibleDuplicate.objects.get()


def rows() -> dict[tuple[str, int], dict[str, Any]]:
    """Every row of every table, without its version."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table.startswith(GROWING):
            continue
        # Opened, because what is sealed anew reads otherwise and says the same.
        columns = [field.attname for field in model._meta.concrete_fields if field.name != "version"]
        for row in model._base_manager.all():
            found[model._meta.label, row.pk] = {column: getattr(row, column) for column in columns}
    return found


def test_the_pair_is_found_across_two_sub_districts_and_says_why(two):
    [shown] = list_duplicates(officer())
    assert {"same_sound", "same_birth_date", "same_phone"} <= {sign.code for sign in shown.signs}
    assert shown.first.unit_path != shown.second.unit_path


def test_two_files_become_one_with_all_records(two):
    first, second = two
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    stays, goes = (Case.objects.get(pk=case.pk) for case in two)
    assert (stays.state, goes.state, goes.close_reason) == (CaseState.OPEN, CaseState.CLOSED, "joined")
    assert stays.person_id == goes.person_id == first.person_id
    assert Person.objects.get(pk=second.person_id).merged_into_id == first.person_id
    assert stays.service_records.count() == 2
    assert stays.follow_ups.count() == 2
    assert [wish.words for wish in JobWish.objects.filter(case=stays).order_by("rank")] == [
        "保洁员",
        "收银员",
        "快递员",
    ]
    assert set(stays.client_tags.values_list("kind", flat=True)) == {"registered", "veteran"}
    assert stays.needs.count() == 3
    assert stays.last_contact_on == second.last_contact_on
    assert stays.jobseeker.education == Education.COLLEGE, "what only the other knew"
    assert stays.jobseeker.situation == Situation.REGISTERED, "and nothing over what was known"
    assert stays.person.consents.count() == 2


def test_the_file_that_was_there_first_stays_whoever_has_the_number(two):
    first, second = two
    number = make.resident_id(BORN)
    Person.objects.filter(pk=second.person_id).update(id_index="x", id_number=number)
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    assert Case.objects.get(state="open").pk == first.pk
    assert Case.objects.get(state="open").person_id == second.person_id
    part_files(actor=officer(), case_id=first.uid, now=NOW)
    assert {case.person_id for case in Case.objects.filter(state="open")} == {first.person_id, second.person_id}


def test_a_link_on_somebodys_phone_never_opens_the_others_file(two):
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    assert set(JobseekerLink.objects.values_list("case", flat=True)) == {case.pk for case in two}


@pytest.mark.parametrize("number_of", [None, 0, 1])
def test_parting_restores_every_row(two, number_of):
    if number_of is not None:
        Person.objects.filter(pk=two[number_of].person_id).update(id_index="x")
    Person.objects.filter(pk=two[0].person_id).update(sex="")
    Person.objects.filter(pk=two[1].person_id).update(sex="F")
    before = rows()
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    assert rows() != before
    part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    assert rows() == before
    assert pair().state == "open"


def test_parted_twice_is_parted_once_and_merged_again_can_be_parted_again(two):
    before = rows()
    for _ in range(2):
        merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
        part_files(actor=officer(), case_id=two[0].uid, now=NOW)
        part_files(actor=officer(), case_id=two[0].uid, now=NOW)
        assert rows() == before


def test_what_has_come_since_stays_where_it_is(two):
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    new = two[0].follow_ups.create(kind=FollowUpKind.CALL, due_on=ON, role=Role.EMPLOYMENT_OFFICER)
    Jobseeker.objects.filter(case=two[0]).update(education=Education.MASTER)
    part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    new.refresh_from_db()
    assert new.case_id == two[0].pk
    assert Jobseeker.objects.get(case=two[0]).education == Education.MASTER


@pytest.mark.parametrize("number_of", [None, 0, 1])
def test_only_whoever_keeps_both_files_merges_or_parts(two, number_of):
    if number_of is not None:  # whoever has the number is the person who stays
        Person.objects.filter(pk=two[number_of].person_id).update(id_index="x")
    for code in (HERE, THERE):
        with pytest.raises(NotThere):
            merge_persons(actor=officer(code), duplicate_id=pair().pk, now=NOW)
        with pytest.raises(NotThere):
            declare_two_persons(actor=officer(code), duplicate_id=pair().pk, now=NOW)
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    before = rows()
    for actor in (officer(HERE), officer(THERE), make.actor_of(make.make_officer())):
        with pytest.raises(NotThere):
            part_files(actor=actor, case_id=two[0].uid, now=NOW)
    assert rows() == before


def test_the_last_merge_is_parted_first(two):
    third = full_file(person("张小语", THERE), opened=ON - 200 * DAY, wishes=())
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    later = PossibleDuplicate.objects.create(first=two[0].person, second=third.person, points=90)
    Person.objects.filter(pk=third.person_id).update(id_index="x")
    merge_persons(actor=officer(), duplicate_id=later.pk, now=NOW)
    with pytest.raises(Conflict):
        part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    part_files(actor=officer(), case_id=third.uid, now=NOW)
    part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    assert Case.objects.filter(state="open").count() == 3


def test_one_open_file_and_a_closed_one_hang_on_one_person_and_are_parted(two):
    Case.objects.filter(pk=two[1].pk).update(state="closed", closed_on=ON, close_reason="moved")
    before = rows()
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    assert Case.objects.get(pk=two[1].pk).close_reason == "moved"
    part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    assert rows() == before


def test_both_acts_stand_in_the_record_of_both_files(two):
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    part_files(actor=officer(), case_id=two[0].uid, now=NOW)
    told = AuditEntry.objects.filter(code__startswith="employment.files_").order_by("pk")
    assert [entry.code for entry in told] == ["employment.files_joined"] * 2 + ["employment.files_parted"] * 2
    assert [entry.detail["other_file"] for entry in told][:2] == [two[1].reference, two[0].reference]


def test_children_are_merged_as_before():
    first, second = make.make_child("陈一"), make.make_child("陈一")
    twin = PossibleDuplicate.objects.create(
        first=first.person, second=second.person, points=90, unit_path=first.unit_path
    )
    with pytest.raises(Conflict):
        merge_persons(actor=make.actor_of(make.make_officer()), duplicate_id=twin.pk, now=NOW)


# The page.


@pytest.fixture
def signed_in(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: ON)
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def sign_in(code: str = "310110"):
        client.force_login(User.objects.get(pk=officer(code).user_id))
        return client

    return sign_in


def test_a_pair_is_merged_on_one_page_and_parted_on_another(two, signed_in):
    client = signed_in()
    shown = client.get(reverse("registers:duplicates"))
    assert two[0].person.name in shown.content.decode()
    client.post(reverse("registers:duplicate_same", args=[pair().pk]))
    [joined] = client.get(reverse("employment:joined_files")).context["joined"]
    assert (joined.reference, joined.may_part) == (two[0].reference, True)
    assert [two[1].reference in other for other in joined.others] == [True]
    client.post(reverse("employment:files_part", args=[two[0].uid]))
    assert client.get(reverse("employment:joined_files")).context["joined"] == ()
    assert Case.objects.filter(state="open").count() == 2


@pytest.mark.parametrize("number_of", [0, 1])
def test_files_of_two_sub_districts_are_on_no_list_of_one_of_them(two, signed_in, number_of):
    Person.objects.filter(pk=two[number_of].person_id).update(id_index="x")
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    for code in (HERE, THERE):
        client = signed_in(code)
        assert client.get(reverse("employment:joined_files")).context["joined"] == ()
        assert client.post(reverse("employment:files_part", args=[two[0].uid])).status_code == 404
    [joined] = signed_in().get(reverse("employment:joined_files")).context["joined"]
    assert [two[1].reference in other for other in joined.others] == [True]


def test_only_what_was_joined_last_can_be_parted_now(two, signed_in):
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    third = full_file(person("张小语", THERE), opened=ON, wishes=())
    later = PossibleDuplicate.objects.create(first=two[0].person, second=third.person, points=90)
    merge_persons(actor=officer(), duplicate_id=later.pk, now=NOW)
    joined = signed_in().get(reverse("employment:joined_files")).context["joined"]
    assert [one.may_part for one in joined] == [True, False]


def test_the_office_whose_file_became_part_of_another_knows_no_more_of_the_person(two):
    first, second = two
    there = officer(THERE)
    assert visible_jobseekers(there).filter(pk=second.pk).exists()
    merge_persons(actor=officer(), duplicate_id=pair().pk, now=NOW)
    assert Case.objects.get(pk=second.pk).close_reason == "joined"
    assert not visible_jobseekers(there).filter(pk=second.pk).exists()
    assert not Person.objects.filter(known_to(there), pk=first.person_id).exists()
    here = officer(HERE)
    assert visible_jobseekers(here).filter(pk=first.pk).exists()
    assert Person.objects.filter(known_to(here), pk=first.person_id).exists()
    part_files(actor=officer(), case_id=first.uid, now=NOW)
    assert visible_jobseekers(there).filter(pk=second.pk).exists()
