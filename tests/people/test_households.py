"""Who lives together: where two meet, who leaves where, and what two rows of one person become."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sunward.people.actions import merge_persons
from sunward.people.households import leave_household, share_household
from sunward.people.models import Guardianship, Household, HouseholdMember, PossibleDuplicate
from tests import factories as make

pytestmark = pytest.mark.django_db
EARLIER = make.TODAY - timedelta(days=100)


@pytest.fixture
def family():
    unit = make.make_committee()
    return [make.make_person(name, unit=unit) for name in ("张小雨", "张奶奶", "张大宝", "李小明")]


def _share(person, other, role="", on=EARLIER):
    return share_household(person=person, other=other, role=role, on=on)


def _beside(person, on=make.TODAY):
    return sorted(HouseholdMember.objects.beside(person.pk, on=on).values_list("person__name", flat=True))


def test_the_first_two_make_a_home_in_the_unit_of_the_person(family):
    child, grandmother, *_ = family

    member = _share(child, grandmother, "祖母")

    home = Household.objects.get()
    assert (home.unit_id, home.unit_path) == (child.unit_id, child.unit_path)
    assert (member.person, member.role, member.from_on, member.until_on) == (grandmother, "祖母", EARLIER, None)
    assert (_beside(child), _beside(grandmother)) == (["张奶奶"], ["张小雨"])


def test_a_third_comes_into_the_home_that_is_known(family):
    child, grandmother, brother, _ = family
    _share(child, grandmother)

    _share(child, brother, "哥哥")

    assert _beside(child) == ["张大宝", "张奶奶"]
    assert Household.objects.count() == 1


def test_a_child_without_a_home_comes_into_the_one_of_whoever_it_lives_with(family):
    child, grandmother, brother, _ = family
    _share(brother, grandmother, "祖母")

    _share(child, grandmother)

    assert _beside(child) == ["张大宝", "张奶奶"]
    assert Household.objects.count() == 1
    assert HouseholdMember.objects.get(person=grandmother).role == "祖母"


def test_whoever_lives_elsewhere_leaves_there_that_day(family):
    child, grandmother, brother, neighbour = family
    _share(child, brother)
    _share(neighbour, grandmother)

    _share(child, grandmother, on=make.TODAY)

    assert (_beside(child), _beside(neighbour)) == (["张大宝", "张奶奶"], [])
    assert _beside(neighbour, on=make.TODAY - timedelta(days=1)) == ["张奶奶"]
    assert sorted(grandmother.memberships.values_list("until_on", flat=True), key=str) == [make.TODAY, None]


def test_saying_twice_that_two_live_together_changes_nothing(family):
    child, grandmother, *_ = family
    first = _share(child, grandmother, "祖母")

    again = _share(child, grandmother, "奶奶", on=make.TODAY)

    assert (again.pk, again.role, again.from_on) == (first.pk, "祖母", EARLIER)
    assert HouseholdMember.objects.count() == 2


def test_leaving_keeps_the_row_with_its_last_day_and_happens_once(family):
    child, grandmother, *_ = family
    member = _share(child, grandmother)

    assert leave_household(member_id=member.pk, on=make.TODAY)
    assert not leave_household(member_id=member.pk, on=make.TODAY)

    member.refresh_from_db()
    assert member.until_on == make.TODAY
    assert _beside(child) == []


def test_who_comes_back_is_there_from_that_day(family):
    child, grandmother, *_ = family
    leave_household(member_id=_share(child, grandmother).pk, on=make.TODAY)

    _share(child, grandmother, on=make.TODAY)

    assert _beside(child) == ["张奶奶"]
    assert Household.objects.count() == 1


def test_what_a_guardianship_says_of_living_together_follows_the_home(family):
    child, grandmother, brother, neighbour = family
    held = Guardianship.objects.create(child=child, guardian=grandmother)
    elsewhere = Guardianship.objects.create(child=neighbour, guardian=grandmother, lives_together=None)
    _share(neighbour, brother)

    def said():
        held.refresh_from_db()
        elsewhere.refresh_from_db()
        return held.lives_together, elsewhere.lives_together

    _share(child, grandmother)
    assert said() == (True, None)
    _share(neighbour, grandmother, on=make.TODAY)
    assert said() == (False, True)


def test_nobody_has_two_homes_at_a_time(family):
    child, grandmother, *_ = family
    _share(child, grandmother)

    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=Household.objects.create(), person=child)


def test_two_rows_of_one_grandmother_bring_her_grandchildren_into_one_home(family):
    first, grandmother, _, second = family
    twice = make.make_person("张奶奶", unit=grandmother.unit)
    _share(first, grandmother)
    _share(second, twice)
    make.make_known(grandmother), make.make_known(twice)
    pair = PossibleDuplicate.objects.create(first=grandmother, second=twice, points=90, unit_path=first.unit_path)

    merge_persons(actor=make.actor_of(make.make_officer()), duplicate_id=pair.pk, now=make.NOW)

    assert (_beside(first), _beside(second)) == (["张奶奶", "李小明"], ["张奶奶", "张小雨"])
    assert HouseholdMember.objects.filter(person=grandmother).count() == 1
