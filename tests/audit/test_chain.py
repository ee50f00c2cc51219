"""The record cannot be changed, and if somebody with the database's own powers does it, it shows."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from sunward.audit.chain import START, Event, Subject, append, verify
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry, AuditHead
from sunward.core.append_only import protect, release
from sunward.web.commands import audit as command
from tests import factories as make

pytestmark = pytest.mark.django_db


def _write(count=5):
    append(
        [Event(AuditKind.ACT, f"test.act_{number}", number, "某人", "/310110/", Subject("case", number), {"n": number})
         for number in range(count)],
        now=make.NOW,
    )  # fmt: skip


@contextmanager
def _powers_of_the_database():
    """Whoever owns the database can take the triggers off: this is what the chain is for."""
    with connection.schema_editor() as editor:
        release(editor, AuditEntry._meta.db_table)
    yield
    with connection.schema_editor() as editor:
        protect(editor, AuditEntry._meta.db_table)


def _breaks():
    return [(found.number, found.reason) for found in verify().breaks]


def test_an_empty_record_and_a_written_one_are_intact():
    assert (verify().is_intact, verify().last_digest) == (True, START)

    _write()
    _write()

    verdict = verify()
    assert (verdict.is_intact, verdict.entries) == (True, 10)
    assert verdict.last_digest == AuditHead.objects.get().digest


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_or_take_away(change):
    _write()
    rows = AuditEntry.objects.filter(number=3)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(actor_name="别人") if change == "update" else rows.delete()

    assert verify().is_intact
    assert AuditEntry.objects.count() == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"actor_name": "别人"}, {"actor_id": 9}, {"code": "test.other"}, {"kind": "look"}, {"detail": {"n": 8}},
        {"subject_id": 77}, {"subject_kind": "mentor"}, {"unit_path": "/310109/"}, {"at": make.NOW.replace(year=2020)},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
@pytest.mark.django_db(transaction=True)
def test_a_changed_column_is_found_at_its_row(changes):
    _write()
    with _powers_of_the_database():
        AuditEntry.objects.filter(number=3).update(**changes)

    assert _breaks() == [(3, "changed")]


@pytest.mark.django_db(transaction=True)
def test_a_row_taken_out_is_found():
    _write()
    with _powers_of_the_database():
        AuditEntry.objects.filter(number=3).delete()

    assert (3, "missing") in _breaks()


@pytest.mark.django_db(transaction=True)
def test_a_row_taken_out_and_the_numbers_closed_up_is_found():
    _write()
    with _powers_of_the_database():
        AuditEntry.objects.filter(number=3).delete()
        for number in (4, 5):
            AuditEntry.objects.filter(number=number).update(number=number - 1)

    assert _breaks()


@pytest.mark.django_db(transaction=True)
def test_a_cut_end_is_found():
    _write()
    with _powers_of_the_database():
        AuditEntry.objects.filter(number__gt=3).delete()

    assert _breaks() == [(5, "head_differs")]


@pytest.mark.django_db(transaction=True)
def test_a_head_taken_back_with_the_cut_end_is_caught_by_the_digest_written_down_elsewhere():
    _write()
    written_down = verify().last_digest
    with _powers_of_the_database():
        AuditEntry.objects.filter(number__gt=3).delete()
    last = AuditEntry.objects.get(number=3)
    AuditHead.objects.update(number=3, digest=last.digest)

    verdict = verify()
    assert verdict.is_intact
    assert verdict.last_digest != written_down


@pytest.mark.django_db(transaction=True)
def test_a_row_put_in_between_is_found():
    _write()
    copy = AuditEntry.objects.get(number=3)
    with _powers_of_the_database():
        for number in (5, 4):
            AuditEntry.objects.filter(number=number).update(number=number + 1)
        copy.pk, copy.number = None, 4
        copy.save(force_insert=True)

    assert _breaks()


@pytest.mark.django_db(transaction=True)
def test_the_command_says_which_row_and_fails(capsys):
    _write()
    assert command.run(None) == 0
    assert "intact: 5 entries" in capsys.readouterr().out
    with _powers_of_the_database():
        AuditEntry.objects.filter(number=3).update(actor_name="别人")

    assert command.run(None) == 1
    said = capsys.readouterr().out
    assert "entry 3: changed" in said
    assert "BROKEN" in said


def test_whoever_does_not_hold_the_key_cannot_write_a_right_digest(settings):
    _write(1)
    settings.SUNWARD_BLIND_INDEX_KEY = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkE="

    assert _breaks()[0] == (1, "changed")


def test_an_act_that_is_rolled_back_leaves_no_entry_and_no_gap():
    _write(2)
    try:
        with transaction.atomic():
            _write(2)
            raise RuntimeError
    except RuntimeError:
        _write(1)

    assert (verify().is_intact, verify().entries) == (True, 3)
