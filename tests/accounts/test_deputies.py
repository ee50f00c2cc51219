"""Who is reached when somebody is away, held against a slow reading of the rule."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.accounts.deputies import (
    HeldPost,
    choose_deputies,
    find_deputies,
    holders,
    list_stood_in_for,
    stand_ins_for,
)
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, Assignment, User
from tests.factories import (
    NOW,
    TODAY,
    give_post,
    make_committee,
    make_district,
    make_officer,
    make_subdistrict,
    make_user,
)

DISTRICT = "/310110/"
STREETS = ("/310110/310110012/", "/310110/310110013/")
COMMITTEES = tuple(f"{street}{street[-10:-1]}00{n}/" for street in STREETS for n in (1, 2))
_PLACES = {Role.WORKER: COMMITTEES, Role.SUPERVISOR: STREETS, Role.DISTRICT_OFFICER: (DISTRICT,)}


def _post(drawn: tuple[int, Role, int, bool]) -> HeldPost:
    number, role, place, is_away = drawn
    places = _PLACES[role]
    return HeldPost(role, places[place % len(places)], User(pk=number, name=f"{number:02d}"), is_away)


_POSTS = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(list(_PLACES)), st.integers(0, 3), st.booleans()).map(_post),
    max_size=14,
)


def _by_definition(posts: Sequence[HeldPost], role: Role, path: str, but: set[int]) -> set[int]:
    """Step by step as a person would say it: the same post here; else who supervises this place; else the district."""

    def there(role: Role, path: str) -> set[int]:
        return {
            post.user.pk
            for post in posts
            if post.role == role and post.unit_path == path and not post.is_away and post.user.pk not in but
        }

    street = "/".join(path.split("/")[:3]) + "/"
    steps = {
        Role.WORKER: [(Role.WORKER, path), (Role.SUPERVISOR, street), (Role.DISTRICT_OFFICER, DISTRICT)],
        Role.SUPERVISOR: [(Role.SUPERVISOR, path), (Role.DISTRICT_OFFICER, DISTRICT)],
        Role.DISTRICT_OFFICER: [(Role.DISTRICT_OFFICER, path)],
    }
    for step in steps[role]:
        if found := there(*step):
            return found
    return set()


@settings(max_examples=400, deadline=None)
@given(posts=_POSTS, role=st.sampled_from(list(_PLACES)), place=st.integers(0, 3), but=st.sets(st.integers(1, 8)))
def test_the_ladder_agrees_with_its_definition(posts: list[HeldPost], role: Role, place: int, but: set[int]) -> None:
    path = _PLACES[role][place % len(_PLACES[role])]
    chosen = choose_deputies(posts, role, path, but=but)
    assert {user.pk for user in chosen} == _by_definition(posts, role, path, but)
    assert len({user.pk for user in chosen}) == len(chosen)


@settings(max_examples=200, deadline=None)
@given(posts=_POSTS, role=st.sampled_from(list(_PLACES)), place=st.integers(0, 3))
def test_nobody_is_reached_who_does_not_hold_a_post_over_the_unit_already(
    posts: list[HeldPost], role: Role, place: int
) -> None:
    path = _PLACES[role][place % len(_PLACES[role])]
    covering = {post.user.pk for post in posts if path.startswith(post.unit_path)}
    assert {user.pk for user in choose_deputies(posts, role, path)} <= covering


def _away(user: User, *, days: int = 3, from_on: date = TODAY) -> Absence:
    return Absence.objects.create(user=user, from_on=from_on, until_on=from_on + timedelta(days=days), recorded_at=NOW)


@pytest.mark.django_db
def test_a_mentor_s_absence_reaches_the_committee_never_another_mentor() -> None:
    committee = make_committee()
    make_officer(Role.MENTOR, committee)
    worker = make_officer(Role.WORKER, committee)
    assert find_deputies(Role.MENTOR, committee.path, on=TODAY) == (worker,)


@pytest.mark.django_db
def test_a_locked_account_an_ended_post_and_an_absence_of_today_reach_nobody(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    committee = make_committee()
    locked = make_officer(Role.WORKER, committee)
    User.objects.filter(pk=locked.pk).update(is_active=False)
    give_post(make_user(), Role.WORKER, committee, until_on=TODAY)
    away = make_officer(Role.WORKER, committee)
    _away(away, days=1)
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    with django_assert_num_queries(1):
        assert find_deputies(Role.WORKER, committee.path, on=TODAY) == (supervisor,)
    assert holders(Role.WORKER, committee.path, on=TODAY) == (away,)
    assert find_deputies(Role.WORKER, committee.path, on=TODAY + timedelta(days=1)) == (away,)


@pytest.mark.django_db
def test_a_deputy_given_by_a_person_comes_before_the_next_above() -> None:
    street = make_subdistrict()
    supervisor = make_officer(Role.SUPERVISOR, street)
    officer = make_officer(Role.DISTRICT_OFFICER, make_district())
    _away(supervisor)
    assert find_deputies(Role.SUPERVISOR, street.path, on=TODAY) == (officer,)
    deputy = make_user()
    Assignment.objects.create(
        user=deputy, role=Role.SUPERVISOR, unit=street, from_on=TODAY, until_on=TODAY + timedelta(days=3),
        deputy_for=supervisor, reason="年假",
    )  # fmt: skip
    assert find_deputies(Role.SUPERVISOR, street.path, on=TODAY) == (deputy,)


@pytest.mark.django_db
def test_whoever_stands_in_is_told_for_whom_and_nobody_else_is(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    street, next_door = make_subdistrict(), make_subdistrict("310110013")
    supervisor, neighbour = make_officer(Role.SUPERVISOR, street), make_officer(Role.SUPERVISOR, next_door)
    officer = make_officer(Role.DISTRICT_OFFICER, make_district())
    with django_assert_num_queries(1):
        assert list_stood_in_for(officer.pk, on=TODAY) == ()
    assert [stand_in.deputies for stand_in in stand_ins_for(supervisor.pk, on=TODAY)] == [(officer,)]
    _away(supervisor)
    with django_assert_num_queries(3):
        told = list_stood_in_for(officer.pk, on=TODAY)
    assert [(one.absent, one.post.unit_path) for one in told] == [(supervisor, street.path)]
    assert list_stood_in_for(neighbour.pk, on=TODAY) == ()
    assert list_stood_in_for(supervisor.pk, on=TODAY) == ()
