"""What is appended stays as it is, whoever asks: the database itself refuses."""

import pytest
from django.db import DatabaseError, transaction

from sunward.audit.chain import Event, append
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.core import clock


@pytest.fixture
def entry(transactional_db) -> AuditEntry:
    append([Event(kind=AuditKind.ACT, code="test.act", actor_id=1, actor_name="")], now=clock.now())
    return AuditEntry.objects.get()


def test_a_row_of_an_append_only_table_cannot_be_changed(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(code="test.other")
    entry.refresh_from_db()
    assert entry.code == "test.act"


def test_a_row_of_an_append_only_table_cannot_be_deleted(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1
