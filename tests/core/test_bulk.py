"""Many rows at once: none is lost between two statements, and all of them go where one cannot come."""

import gc

import pytest
from django.db import IntegrityError, transaction

from sunward.core import bulk
from sunward.core.search.entries import SearchEntry

COLUMNS = ("kind", "object_id", "unit_path", "text", "detail", "grams")


def rows(numbers) -> list[tuple[object, ...]]:
    return [("test", number, "/1", f"text {number}", "", "x") for number in numbers]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, bulk.PER_STATEMENT, bulk.PER_STATEMENT + 1, 2 * bulk.PER_STATEMENT - 1])
def test_every_row_is_written_once_and_in_order(count):
    bulk.insert_rows(SearchEntry, COLUMNS, rows(range(count)))
    assert list(SearchEntry.objects.order_by("pk").values_list("object_id", flat=True)) == list(range(count))


@pytest.mark.django_db
def test_a_row_that_cannot_come_takes_back_those_before_it():
    numbers = [*range(bulk.PER_STATEMENT), *range(1000, 1010), 1005]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_rows(SearchEntry, COLUMNS, rows(numbers))
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(AssertionError):
        bulk.insert_rows(SearchEntry, COLUMNS, rows([1]))
    assert not SearchEntry.objects.exists()


def test_what_was_frozen_before_many_objects_were_made_stays_frozen():
    """A suite or a server freezes what it has imported; thawed once, every later collection walks over all of it."""
    frozen = gc.get_freeze_count()
    gc.freeze()
    with bulk.many_objects():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() > 0
    if not frozen:
        gc.unfreeze()
