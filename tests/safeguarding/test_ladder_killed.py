"""The first responder is silent and one of two workers is killed in the middle of a climb: the ladder still climbs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from sunward.core import clock
from sunward.core.jobs.models import WorkerLease
from sunward.outreach.models import Message
from sunward.safeguarding import declaration
from sunward.safeguarding.enums import EmergencyState, StepKind
from sunward.safeguarding.models import EmergencyStep
from tests.safeguarding import short_ladder
from tests.safeguarding.calls import make_scene

ROOT = Path(__file__).resolve().parents[2]
LEASE = 2


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def workers():
    started: list[subprocess.Popen[bytes]] = []

    def start(**more: str) -> subprocess.Popen[bytes]:
        database = connection.settings_dict
        if connection.vendor == "postgresql":
            place = f"{database['HOST']}:{database['PORT'] or 5432}"
            url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{database['NAME']}"
        else:
            url = f"sqlite:///{database['NAME']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test",
            "SUNWARD_TEST_DATABASE_URL": url,
            "SUNWARD_JOB_LEASE_SECONDS": str(LEASE),
            "SUNWARD_JOB_POLL_SECONDS": "0.05",
            "PYTHONPATH": str(ROOT),
            **more,
        }
        command = [sys.executable, "-m", "tests.safeguarding.serve_ladder"]
        started.append(subprocess.Popen(command, env=environment, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_the_ladder_climbs_on_time_although_a_worker_is_killed_in_the_middle_of_it(workers, tmp_path, monkeypatch):
    monkeypatch.setattr(declaration, "declared", declaration.declared)
    short_ladder.put_in_place()
    scene = make_scene()
    mark = str(tmp_path / "in the middle")
    # Both are alive when the call comes; the other leaves this climb to the one that will be killed in it.
    victim = workers(LADDER_STOPS_AT=mark)
    workers(LADDER_WAITS_FOR=mark)
    wait_until(lambda: WorkerLease.objects.count() == 2)
    emergency = scene.call(now=clock.now())
    wait_until(Path(mark).exists)
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()

    told = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.TOLD).order_by("pk")
    wait_until(lambda: told.count() == 3, seconds=20)
    rows = list(told)
    assert [row.to_id for row in rows] == [scene.worker.pk, scene.supervisor.pk, scene.officer.pk]
    # Due by the clock of the call, not by the moment at which somebody came round to it.
    begun = emergency.raised_at
    due = [begun, begun + short_ladder.FIRST, begun + short_ladder.FIRST + short_ladder.SECOND]
    assert [row.due_at for row in rows] == due
    # What the killed one held comes when its lease has run out, before the next is due; that one is on time again. The
    # rest is room for a machine that does other things as well.
    assert rows[1].at < due[2]
    assert timedelta() <= rows[2].at - due[2] < timedelta(seconds=LEASE + 2)
    emergency.refresh_from_db()
    assert (emergency.state, emergency.rung) == (EmergencyState.RINGING, 2)
    assert emergency.climbs_at == due[2] + short_ladder.LAST
    # Half a climb was written and nothing of it was kept: everybody has one message.
    assert sorted(Message.objects.values_list("user_id", flat=True)) == sorted(row.to_id for row in rows)
