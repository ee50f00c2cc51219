"""Many keys as one parameter."""

import pytest

from sunward.accounts.models import Assignment, User
from tests.factories import make_officer, make_unit

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds_by_key_and_through_a_relation():
    first, second, third = (make_officer(unit=make_unit(f"31011010{place}")) for place in range(3))
    wanted = [first.pk, third.pk, 10**12]
    assert set(User.objects.filter(pk__among=wanted)) == {first, third}
    assert set(Assignment.objects.filter(user__among=wanted).values_list("user", flat=True)) == {first.pk, third.pk}
    assert set(User.objects.exclude(pk__among=wanted).filter(pk__in=[first.pk, second.pk])) == {second}
    assert not User.objects.filter(pk__among=[]).exists()


def test_a_thousand_keys_are_one_parameter():
    _sql, params = User.objects.filter(pk__among=range(1000)).query.sql_with_params()
    assert len(params) == 1


def test_no_keys_ask_the_database_nothing_and_exclude_nobody(django_assert_num_queries):
    user = make_officer()
    with django_assert_num_queries(0):
        assert list(User.objects.filter(pk__among=[])) == []
    assert user in User.objects.exclude(pk__among=[])
