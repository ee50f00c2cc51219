"""Facts are added, never changed; a correction stands in the place of what it corrects."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from tests.factories import NOW

pytestmark = pytest.mark.django_db

VISIT = NewFact(kind="mentoring.visit", subject_kind="case", subject_id=7, happened_on=date(2026, 11, 2))


@pytest.mark.parametrize("change", [lambda facts: facts.update(quantity=9), lambda facts: facts.delete()])
def test_the_database_itself_refuses_to_change_or_delete_a_fact(change):
    record_fact(VISIT, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Fact.objects.all())
    assert Fact.objects.get().quantity == 1


def test_a_correction_stands_in_the_place_of_the_old_fact():
    old = record_fact(VISIT, now=NOW)
    longer = NewFact(
        kind="mentoring.visit",
        subject_kind="case",
        subject_id=7,
        happened_on=date(2026, 11, 2),
        quantity=Decimal(45),
    )
    new = correct_fact(old=old, new=longer, now=NOW)
    assert list(standing_facts()) == [new]
    assert Fact.objects.count() == 2


def test_a_withdrawn_fact_no_longer_stands_and_is_still_there():
    kept, withdrawn = (record_fact(VISIT, now=NOW) for _ in range(2))
    correct_fact(old=withdrawn, new=None, now=NOW)
    assert list(standing_facts()) == [kept]
    assert Fact.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_fact_of_a_rolled_back_act_is_gone():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_fact(VISIT, now=NOW)
        _ = 1 / 0
    assert not Fact.objects.exists()
    record_fact(VISIT, now=NOW)
