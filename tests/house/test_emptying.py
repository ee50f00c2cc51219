"""Between two tests that commit, the database becomes what it was."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection

from sunward.audit.models import AuditEntry
from sunward.matching.models import Policy, PolicyVersion
from sunward.people.models import Person
from tests.databases import describe_tables
from tests.emptying import Kept
from tests.factories import NOW, make_child, make_match, make_mentor, make_officer


def fill() -> None:
    make_match(make_child(), make_mentor(user=make_officer()))
    AuditEntry.objects.create(number=1, at=NOW, kind="act", code="x")


@pytest.mark.django_db(transaction=True)
def test_what_is_left_is_what_a_flush_leaves():
    kept, began = Kept(), describe_tables(connection)
    fill()
    assert kept.empty()
    assert not Person.objects.exists()
    assert describe_tables(connection) == began
    fill()
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert describe_tables(connection) == began


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoil", [lambda: Policy.objects.update(name="x"), lambda: Permission.objects.all().delete()])
def test_nothing_is_emptied_by_half_where_what_the_code_puts_in_was_touched(spoil):
    kept = Kept()
    fill()
    spoil()
    assert not kept.empty()
    assert Person.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_next_test_finds_what_the_code_puts_in_once_more():
    """The two before have spoilt it."""
    assert not Policy.objects.filter(name="x")
    assert Policy.objects.count() == PolicyVersion.objects.count() > 1
    assert Permission.objects.count() > 100
