"""Who may be the same person: the points and their reasons, twins, and the decision of a person."""

from datetime import date

import pytest

from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere
from sunward.people.access import visible_duplicates
from sunward.people.actions import Registered, declare_two_persons, forget_persons, merge_persons, register_persons
from sunward.people.duplicates import THRESHOLD, Sketch, compare, find_duplicates
from sunward.people.models import Person, PossibleDuplicate
from sunward.people.names import initials, name_key
from sunward.people.queries import list_duplicates
from sunward.people.registering import PersonDetails, build_person
from tests import factories as make

BORN = date(2014, 5, 6)
PHONE = "+8613800123456"


def sketch(name="张小雨", **more):
    given = {
        "id": 1, "name": name, "key": name_key(name), "sex": "F", "birth_date": BORN, "phone_index": "p",
        "id_index": None, "unit_path": "/310110/310110012/",
    }  # fmt: skip
    return Sketch(**(given | more))


def signs(one, other, **more):
    return [sign for sign, _points in compare(one, other, **more).reasons]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (sketch(), ["same_name", "same_birth_date", "same_phone", "same_subdistrict"]),
        (sketch("张晓雨"), ["same_sound", "same_birth_date", "same_phone", "same_subdistrict"]),
        (sketch("张小宇"), ["same_sound", "same_birth_date", "same_phone", "same_subdistrict"]),
        (sketch("张小霞"), ["similar_name", "same_birth_date", "same_phone", "same_subdistrict"]),
        (sketch("李桂兰"), ["same_birth_date", "same_phone", "same_subdistrict"]),
        (sketch(birth_date=date(2014, 6, 5)), ["same_name", "birth_date_differs", "same_phone", "same_subdistrict"]),
        (sketch(birth_date=date(2014, 5, 8)), ["same_name", "birth_date_mistyped", "same_phone", "same_subdistrict"]),
        (sketch(sex="M"), ["same_name", "same_birth_date", "same_phone", "sex_differs", "same_subdistrict"]),
        (sketch(unit_path="/310110/310110019/"), ["same_name", "same_birth_date", "same_phone"]),
    ],
)
def test_every_sign_is_named(other, expected):
    assert signs(sketch(), other) == expected


def test_the_points_are_the_sum_of_what_is_said():
    likeness = compare(sketch(), sketch("张晓雨", sex="M"))
    assert likeness.points == sum(points for _sign, points in likeness.reasons)


def test_a_namesake_alone_is_nobody_twice():
    namesake = sketch(birth_date=date(2009, 1, 2), phone_index="other", unit_path="/310110/310110019/")
    assert compare(sketch(), namesake).points < THRESHOLD


def test_twins_are_two_persons_though_their_numbers_are_alike():
    numbers = (make.resident_id(BORN, order=900), make.resident_id(BORN, order=902))
    one, other = sketch("江健", id_index="a"), sketch("江志", id_index="b")
    assert compare(one, other, numbers=numbers).points < THRESHOLD


def test_one_name_with_two_numbers_that_differ_in_a_digit_is_looked_at():
    numbers = ("310110201405069003", "310110201405069021")
    one, other = sketch(id_index="a"), sketch(id_index="b")
    assert "number_mistyped" in signs(one, other, numbers=numbers)
    assert "numbers_differ" in signs(one, other, numbers=("310110201405069003", "320102201405069915"))


@pytest.mark.parametrize(
    ("name", "key", "short"),
    [
        ("曾志伟", "zeng1 zhi4 wei3", "zzw"),
        ("解晓东", "xie4 xiao3 dong1", "xxd"),
        ("尉迟恭", "yu4 chi2 gong1", "ycg"),
        ("欧阳明珠", "ou1 yang2 ming2 zhu1", "oymz"),
        ("Anna Ruiz", "anna ruiz", ""),
    ],
)
def test_surnames_are_read_as_surnames(name, key, short):
    assert (name_key(name), initials(name)) == (key, short)


def person(name, *, born=BORN, phone="", number="", unit=None):
    unit = unit or make.make_committee()
    made = build_person(
        PersonDetails(name=name, birth_date=born, phone=phone, id_number=number, unit_id=unit.pk, unit_path=unit.path),
        programme="mentoring",
    )
    made.save()
    return made


@pytest.mark.django_db
def test_likely_pairs_are_written_down_once_and_unlikely_ones_not_at_all():
    first, second = person("张小雨", phone=PHONE), person("张晓雨", phone=PHONE)
    person("王大勇", born=date(2011, 1, 2))
    assert find_duplicates([first.pk, second.pk]) == 1
    assert find_duplicates([second.pk]) == 0
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second) == (first, second)
    assert ["same_phone", 35] in pair.reasons


@pytest.mark.django_db
def test_only_who_is_responsible_for_both_sees_the_pair():
    here, there = make.make_committee("310110012001"), make.make_committee("310110019001")
    ids = [make.make_known(person("张小雨", phone=PHONE, unit=unit)).pk for unit in (here, there)]
    find_duplicates(ids)
    officer = make.actor_of(make.make_officer())
    supervisor = make.actor_of(make.make_officer(Role.SUPERVISOR, here.parent))
    assert len(list_duplicates(officer)) == 1
    assert list_duplicates(supervisor) == ()
    with pytest.raises(NotThere):
        merge_persons(actor=supervisor, duplicate_id=PossibleDuplicate.objects.get().pk, now=make.NOW)


@pytest.mark.django_db
def test_whoever_has_moved_away_is_on_no_list_of_the_office_left_behind():
    here, away = make.make_committee(), make.make_committee("310110013001", name="长白一居委")
    first, second = (make.make_known(make.make_person("张小雨", unit=here)) for _ in range(2))
    PossibleDuplicate.objects.create(first=first, second=second, points=80, unit_path=here.path)
    supervisor = make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict()))
    assert visible_duplicates(supervisor).count() == 1

    Person.objects.filter(pk=second.pk).update(unit=away, unit_path=away.path)

    assert not visible_duplicates(supervisor)
    assert visible_duplicates(make.actor_of(make.make_officer())).count() == 1


@pytest.mark.django_db
def test_merging_hangs_everything_on_the_one_with_a_number():
    case = make.make_child("张小雨")
    keep = case.person
    gone = make.make_known(person("张小雨", born=keep.birth_date, phone=PHONE))
    gone.address = "某路8001弄1号"
    gone.save()
    guardian = person("李秀兰", born=date(1960, 1, 1))
    gone.guardianships.create(guardian=guardian)
    find_duplicates([gone.pk])
    merge_persons(
        actor=make.actor_of(make.make_officer()), duplicate_id=PossibleDuplicate.objects.get().pk, now=make.NOW
    )
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert gone.merged_into == keep
    assert keep.address == "某路8001弄1号"
    assert [g.guardian for g in keep.guardianships.all()] == [guardian]
    assert PossibleDuplicate.objects.get().state == "same"
    [found] = register_persons([PersonDetails(name="张小雨", phone=PHONE)], programme="mentoring")
    assert (found.id, found.is_new) == (keep.pk, False)


@pytest.mark.django_db
def test_two_open_files_are_not_merged_by_the_machine():
    first, second = make.make_child("张小雨"), make.make_child("张小雨")
    pair = PossibleDuplicate.objects.create(
        first=first.person, second=second.person, points=90, unit_path=first.unit_path
    )
    with pytest.raises(Conflict) as refused:
        merge_persons(actor=make.actor_of(make.make_officer()), duplicate_id=pair.pk, now=make.NOW)
    assert refused.value.code == "people.both_have_a_file"
    pair.refresh_from_db()
    assert pair.state == "open"
    assert Case.objects.filter(state="open").count() == 2
    assert not Person.objects.exclude(merged_into=None).exists()


@pytest.mark.django_db
def test_a_pair_is_decided_once():
    first, second = (make.make_known(person("张小雨", phone=PHONE)) for _ in range(2))
    find_duplicates([first.pk, second.pk])
    actor, pair = make.actor_of(make.make_officer()), PossibleDuplicate.objects.get()
    declare_two_persons(actor=actor, duplicate_id=pair.pk, now=make.NOW)
    with pytest.raises(Conflict):
        merge_persons(actor=actor, duplicate_id=pair.pk, now=make.NOW)
    assert find_duplicates([first.pk, second.pk]) == 0
    assert list_duplicates(actor) == ()


@pytest.mark.django_db
def test_persons_are_found_by_number_and_name_or_by_name_and_phone_and_never_by_one_alone():
    number = make.resident_id(BORN)
    [first] = register_persons([PersonDetails(name="张小雨", id_number=number, phone=PHONE)], programme="mentoring")
    again = register_persons(
        [
            PersonDetails(name="张小雨", id_number=number.lower()),
            PersonDetails(name="张小雨", phone=PHONE),
            PersonDetails(name="张小雨"),
            PersonDetails(name="张小雨", id_number=make.resident_id(BORN, order=902), phone=PHONE),
        ],
        programme="mentoring",
    )
    assert [(found.id == first.id, found.is_new) for found in again] == [
        (True, False), (True, False), (False, True), (False, True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_number_under_another_name_finds_nobody_and_makes_nobody():
    number = make.resident_id(BORN)
    typed = [PersonDetails(name="张小雨", id_number=number), PersonDetails(name="张晓雨", id_number=number)]
    first, same_moment = register_persons(typed, programme="mentoring")
    [later] = register_persons(typed[1:], programme="mentoring")
    assert first.is_new
    assert same_moment == later == Registered(0, is_new=False, misfits=True)
    assert list(Person.objects.values_list("name", flat=True)) == ["张小雨"]


@pytest.mark.django_db
def test_whoever_was_merged_is_found_under_either_name():
    number, other = make.resident_id(BORN), make.resident_id(BORN, order=902)
    keep, gone = person("张小雨", number=number), person("张晓雨", number=other)
    Person.objects.filter(pk=gone.pk).update(merged_into=keep)
    typed = [
        PersonDetails(name=name, id_number=one) for one in (number, other) for name in ("张小雨", "张晓雨", "王大勇")
    ]
    found = register_persons(typed, programme="mentoring")
    assert [one.id for one in found] == [keep.pk, keep.pk, 0, keep.pk, keep.pk, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{"id_number": make.resident_id(BORN)}, {"phone": PHONE}])
def test_another_programme_finds_nobody_under_the_same_number_or_phone_and_makes_a_row_of_its_own(typed):
    said = PersonDetails(name="张小雨", **typed)
    [there] = register_persons([said._replace(address="某路8001弄1号")], programme="mentoring")
    [here] = register_persons([said], programme="employment")
    assert (here.is_new, here.id != there.id) == (True, True)
    assert Person.objects.get(pk=here.id).address == ""
    assert register_persons([said], programme="employment") == [Registered(here.id, is_new=False)]
    assert register_persons([said], programme="mentoring") == [Registered(there.id, is_new=False)]


@pytest.mark.django_db
def test_nobody_looks_for_one_person_across_programmes():
    said = PersonDetails(name="张小雨", birth_date=BORN, phone=PHONE, id_number=make.resident_id(BORN))
    ids = [register_persons([said], programme=programme)[0].id for programme in ("mentoring", "employment")]
    again = register_persons([said._replace(id_number="")], programme="employment")[0].id
    assert again == ids[1]
    assert find_duplicates([*ids]) == 0
    twin = person("张小雨", phone=PHONE)
    assert find_duplicates([*ids, twin.pk]) == 1
    [pair] = PossibleDuplicate.objects.all()
    assert {pair.first_id, pair.second_id} == {ids[0], twin.pk}


@pytest.mark.django_db
def test_whoever_is_spoken_of_is_not_forgotten():
    spoken_of = make.make_child().person
    alone = person("王大勇")
    assert forget_persons([spoken_of.pk, alone.pk]) == 1
    assert list(Person.objects.all()) == [spoken_of]


@pytest.mark.django_db
def test_a_thousand_pseudonyms_differ_and_say_nothing():
    names = {build_person(PersonDetails(name="张小雨"), programme="mentoring").pseudonym for _ in range(1000)}
    assert len(names) == 1000
    assert all(name[0] == "葵" and len(name) == 12 for name in names)
