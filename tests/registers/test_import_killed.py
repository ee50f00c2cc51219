"""A worker killed in the middle of an import: whole chunks or nothing, and another worker finishes it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from sunward.casework.models import Case
from sunward.ledger.queries import standing_facts
from sunward.people.models import Person
from sunward.registers.actions import Upload, request_commit, request_undo, start_batch
from sunward.registers.models import ImportBatch, StagedRow
from tests.factories import NOW, TODAY
from tests.registers.imports import child, officer, workbook

ROOT = Path(__file__).resolve().parents[2]
COUNT = 100
BITE = 20


def wait_until(holds: Callable[[], bool], *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def workers():
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        database = connection.settings_dict
        if connection.vendor == "postgresql":
            place = f"{database['HOST']}:{database['PORT'] or 5432}"
            url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{database['NAME']}"
        else:
            url = f"sqlite:///{database['NAME']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test",
            "SUNWARD_TEST_DATABASE_URL": url,
            "SUNWARD_JOB_LEASE_SECONDS": "2",
            "SUNWARD_JOB_POLL_SECONDS": "0.05",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.registers.serve_imports"]
        started.append(subprocess.Popen(command, env=environment, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_an_import_survives_the_death_of_its_workers(workers):
    actor = officer()
    file = workbook([child(number) for number in range(1, COUNT + 1)])
    batch = start_batch(actor=actor, uploads=[Upload("名册.xlsx", [file])], judged_on=TODAY, now=NOW)
    victim = workers()
    wait_until(lambda: BITE <= StagedRow.objects.count() < COUNT)
    kill(victim)
    second = workers()
    wait_until(lambda: ImportBatch.objects.filter(pk=batch.pk, state="staged").exists())
    ready = batch.rows.filter(outcome="accepted").count()
    assert batch.rows.count() == COUNT

    request_commit(actor=actor, batch_id=batch.uid, now=NOW)
    wait_until(lambda: Case.objects.count() >= BITE)
    kill(second)
    taken = Case.objects.count()
    assert taken < ready
    assert taken == batch.rows.filter(state="committed").count() == standing_facts().count()
    third = workers()
    wait_until(lambda: ImportBatch.objects.filter(pk=batch.pk, state="committed").exists())
    assert Case.objects.count() == standing_facts().count() == ready
    assert Case.objects.values("person").distinct().count() == ready

    request_undo(actor=actor, batch_id=batch.uid, now=NOW)
    wait_until(lambda: Case.objects.count() <= ready - BITE)
    kill(third)
    workers()
    wait_until(lambda: ImportBatch.objects.filter(pk=batch.pk, state="undone").exists())
    assert not Case.objects.exists()
    assert not Person.objects.exists()
    assert not standing_facts().exists()
