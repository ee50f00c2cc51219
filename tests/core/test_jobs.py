"""The queue by its promises: nothing lost, nothing twice in effect, a failing job stops and is seen."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from sunward.core import clock
from sunward.core.jobs import queue, schedule, worker
from sunward.core.jobs.housekeeping import tidy
from sunward.core.jobs.models import JobRun, RunState, Schedule, WorkerLease
from sunward.core.jobs.run import LeaseLost
from tests.core import example_jobs

ROOT = Path(__file__).resolve().parents[2]


def wait_until(condition: Callable[[], bool], *, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def claim_next() -> queue.Claim:
    claimed = queue.claim(worker.new_lease(), now=clock.now())
    assert claimed is not None
    return claimed


def stop_hearts() -> None:
    """As if every worker had been silent for longer than its lease."""
    silence = timedelta(seconds=settings.SUNWARD_JOB_LEASE_SECONDS + 1)
    WorkerLease.objects.update(beat_at=clock.now() - silence)


@pytest.mark.django_db
def test_a_job_runs_once_and_shows_its_progress(run_jobs):
    run = queue.enqueue(example_jobs.mark.about("mark:7"), object_id=7)
    assert run.state == RunState.WAITING
    assert run_jobs() == 1
    run.refresh_from_db()
    assert (run.state, run.done, run.total, run.message_code) == (RunState.DONE, 1, 2, "example.half")
    assert run.percent == 100
    assert list(JobRun.objects.about("mark:7")) == [run]
    assert run_jobs() == 0
    assert example_jobs.marks() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_enqueued_in_an_act_that_fails_never_was(run_jobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue.enqueue(example_jobs.mark, object_id=1)
        raise ZeroDivisionError
    assert run_jobs() == 0
    assert not JobRun.objects.exists()


@pytest.mark.django_db
def test_a_failing_job_stops_after_three_attempts_and_is_seen(settings):
    settings.SUNWARD_JOB_RETRY_SECONDS = 0
    run = queue.enqueue(example_jobs.stumble)
    for attempt in (1, 2, 3):
        worker.perform(claim_next())
        run.refresh_from_db()
        assert run.attempt == attempt
    assert queue.claim(worker.new_lease(), now=clock.now()) is None
    assert (run.state, run.message_code) == (RunState.DEAD, "jobs.failed")
    with override("en"):
        assert "administrator" in run.sentence
    assert run.finished_at is not None


@pytest.mark.django_db
def test_a_retry_waits_longer_each_time():
    queue.enqueue(example_jobs.stumble)
    worker.perform(claim_next())
    task = DBTaskResult.objects.get()
    assert timedelta(seconds=5) < task.run_after - clock.now() <= timedelta(seconds=10)
    assert queue.claim(worker.new_lease(), now=clock.now()) is None


@pytest.mark.django_db
def test_what_is_kept_of_an_error_never_quotes_its_message():
    queue.enqueue(example_jobs.stumble, words="Wang Xiaoming")
    worker.perform(claim_next())
    task = DBTaskResult.objects.get()
    assert task.exception_class_path == "builtins.RuntimeError"
    assert "example_jobs.py" in task.traceback
    assert "Wang Xiaoming" not in task.traceback


@pytest.mark.django_db
def test_a_refusal_is_not_repeated_and_its_sentence_is_shown():
    run = queue.enqueue(example_jobs.refuse)
    worker.perform(claim_next())
    run.refresh_from_db()
    assert (run.state, run.attempt, run.message_code) == (RunState.DEAD, 1, "example.refused")
    assert run.sentence == "Not like this."


@pytest.mark.django_db
def test_a_worker_given_up_for_lost_can_neither_write_nor_finish():
    run = queue.enqueue(example_jobs.mark, object_id=1)
    first = claim_next()
    stop_hearts()
    assert queue.put_back_lost(now=clock.now()) == [run.name]
    assert queue.put_back_lost(now=clock.now()) == []
    with pytest.raises(LeaseLost), first.run.step():
        example_jobs.leave_mark(99)
    with pytest.raises(LeaseLost):
        first.run.report(done=1)
    assert not queue.complete(first, now=clock.now())
    assert worker.perform(claim_next()) is None
    assert not queue.complete(first, now=clock.now())
    run.refresh_from_db()
    assert (run.state, run.attempt, example_jobs.marks()) == (RunState.DONE, 2, 1)


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up_too():
    run = queue.enqueue(example_jobs.mark, object_id=1)
    for _attempt in range(3):
        claim_next()
        stop_hearts()
        queue.put_back_lost(now=clock.now())
    run.refresh_from_db()
    assert run.state == RunState.DEAD


@pytest.mark.django_db
def test_a_living_worker_keeps_its_run():
    queue.enqueue(example_jobs.mark, object_id=1)
    claim_next()
    assert queue.put_back_lost(now=clock.now()) == []


def test_a_cron_line_is_read_in_the_districts_own_time():
    noon_utc = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    assert schedule.next_moment("0 6 * * *", after=noon_utc) == datetime(2026, 11, 25, 22, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_schedules_follow_their_declaration_and_keep_their_moment():
    now = clock.now()
    Schedule.objects.create(name="gone.away", cron="* * * * *", next_at=now)
    schedule.write_schedules(now=now)
    name = example_jobs.come_by_itself.module_path
    first = Schedule.objects.get(name=name)
    schedule.write_schedules(now=now + timedelta(hours=3))
    assert Schedule.objects.get(name=name).next_at == first.next_at
    assert not Schedule.objects.filter(name="gone.away").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_start_a_scheduled_job_once():
    now = clock.now()
    schedule.write_schedules(now=now)
    due = now + timedelta(minutes=6)
    Schedule.objects.exclude(name=example_jobs.come_by_itself.module_path).delete()
    barrier, started = threading.Barrier(2), []

    def tick() -> None:
        barrier.wait()
        started.extend(schedule.tick(now=due))
        connection.close()

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert started == [example_jobs.come_by_itself.module_path]
    assert JobRun.objects.count() == 1


@pytest.mark.django_db
def test_what_ended_a_month_ago_is_forgotten_and_what_is_open_never(run_jobs):
    old, recent = queue.enqueue(example_jobs.mark, object_id=1), queue.enqueue(example_jobs.mark, object_id=2)
    run_jobs()
    waiting = queue.enqueue(example_jobs.mark.using(run_after=clock.now() + timedelta(days=1)), object_id=3)
    long_ago = clock.now() - timedelta(days=31)
    JobRun.objects.filter(pk=old.pk).update(finished_at=long_ago)
    DBTaskResult.objects.filter(pk=old.task_id).update(finished_at=long_ago)
    JobRun.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    queue.enqueue(tidy)
    run_jobs()
    assert {old.pk, recent.pk, waiting.pk} & set(JobRun.objects.values_list("pk", flat=True)) == {recent.pk, waiting.pk}
    assert not DBTaskResult.objects.filter(pk=old.task_id).exists()


def start_worker(lease: str) -> subprocess.Popen[bytes]:
    database = settings.DATABASES["default"]
    url = f"sqlite:///{connection.settings_dict['NAME']}"
    if connection.vendor == "postgresql":
        place = f"{database['HOST']}:{database['PORT'] or 5432}"
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{connection.settings_dict['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test",
        "SUNWARD_TEST_DATABASE_URL": url,
        "SUNWARD_JOB_LEASE_SECONDS": lease,
        "SUNWARD_JOB_POLL_SECONDS": "0.05",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.core.serve_jobs"], env=environment, cwd=ROOT)


@pytest.fixture
def workers() -> Any:
    started: list[subprocess.Popen[bytes]] = []

    def start(lease: str = "1") -> subprocess.Popen[bytes]:
        started.append(start_worker(lease))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_finished_by_another_once_in_effect(workers, tmp_path):
    gate = tmp_path / "open"
    run = queue.enqueue(example_jobs.mark_slowly, object_id=1, gate=str(gate))
    victim = workers()
    wait_until(lambda: JobRun.objects.filter(pk=run.pk, done=1).exists())
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    gate.touch()
    second = workers()
    wait_until(lambda: JobRun.objects.filter(pk=run.pk, state=RunState.DONE).exists())
    run.refresh_from_db()
    assert (run.attempt, example_jobs.marks()) == (2, 1)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=60) == 0
    assert not WorkerLease.objects.filter(process_id=second.pid).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_do_each_job_once(workers):
    with transaction.atomic():
        runs = [queue.enqueue(example_jobs.mark, object_id=number) for number in range(30)]
    # On a machine that is busy otherwise, a short lease runs out by itself.
    workers(lease="60"), workers(lease="60")
    wait_until(lambda: not JobRun.objects.open().exists())
    done = JobRun.objects.filter(pk__in=[run.pk for run in runs], state=RunState.DONE, attempt=1)
    assert (done.count(), example_jobs.marks()) == (30, 30)


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_the_job_at_hand(workers, tmp_path):
    gate = tmp_path / "open"
    run = queue.enqueue(example_jobs.mark_slowly, object_id=1, gate=str(gate))
    process = workers()
    wait_until(lambda: JobRun.objects.filter(pk=run.pk, done=1).exists())
    process.send_signal(signal.SIGTERM)
    gate.touch()
    assert process.wait(timeout=60) == 0
    run.refresh_from_db()
    assert (run.state, run.attempt) == (RunState.DONE, 1)
