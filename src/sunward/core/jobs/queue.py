"""The queue: enqueue, claim, complete, fail, put back. Each change is a compare-and-swap on the run's attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_tb
from typing import ParamSpec

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sunward.core import clock
from sunward.core.jobs.declaration import Job, attempts_of
from sunward.core.jobs.models import JobRun, RunState, WorkerLease
from sunward.core.jobs.run import Run, in_every_language
from sunward.core.refusals import Refusal

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this worker may carry out now."""

    run: Run
    task: DBTaskResult[..., None]


def enqueue(job: Job[P], *args: P.args, **kwargs: P.kwargs) -> JobRun:
    """Ask for a job in the caller's transaction: if that is rolled back, the job never was.

    Arguments are keys and plain values, never a name: they lie in the queue as JSON.
    """
    with transaction.atomic():
        result = job.enqueue(*args, **kwargs)
        return JobRun.objects.create(
            task_id=result.id, name=job.module_path, subject=job.subject, created_at=clock.now()
        )


@transaction.atomic
def claim(lease: WorkerLease, *, now: datetime) -> Claim | None:
    """Take the next job that is due, if there is one, and renew the worker's lease with it."""
    task = DBTaskResult.objects.ready().filter(backend_name="default").get_locked()
    if task is None:
        return None
    beat(lease, now=now)
    task.claim(lease.worker)
    run, _is_new = JobRun.objects.select_for_update().get_or_create(
        task_id=task.id, defaults={"name": task.task_path, "created_at": now}
    )
    run.attempt += 1
    run.state, run.worker, run.started_at = RunState.RUNNING, lease.worker, now
    run.message_code, run.sentences, run.done = "", {}, 0
    run.save()
    return Claim(Run(run.pk, run.attempt), task)


def beat(lease: WorkerLease, *, now: datetime) -> None:
    """Renew the lease; one that was given up for lost begins anew."""
    WorkerLease.objects.update_or_create(
        worker=lease.worker,
        defaults={"beat_at": now},
        create_defaults={
            "host": lease.host,
            "process_id": lease.process_id,
            "started_at": lease.started_at,
            "beat_at": now,
        },
    )


@transaction.atomic
def complete(claimed: Claim, *, now: datetime) -> bool:
    """True if the run was still this worker's to finish."""
    if not claimed.run.mine().update(state=RunState.DONE, finished_at=now):
        return False
    DBTaskResult.objects.filter(pk=claimed.task.pk).update(status=TaskResultStatus.SUCCESSFUL, finished_at=now)
    return True


@transaction.atomic
def fail(claimed: Claim, error: Exception, *, now: datetime) -> bool:
    """Try again later, or give up: at once for a refusal, which no repetition mends.

    Only the places and the kind of the error are kept; its message may quote a person's data.
    """
    run = claimed.run.mine().select_for_update().first()
    if run is None:
        return False
    kind = type(error)
    DBTaskResult.objects.filter(pk=claimed.task.pk).update(
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}", traceback="".join(format_tb(error.__traceback__))
    )
    if isinstance(error, Refusal):
        _give_up(run, now=now)
        JobRun.objects.filter(pk=run.pk).update(message_code=error.code, sentences=in_every_language(error.sentence))
    else:
        _try_again(run, now=now, pause=_pause(run.attempt))
    return True


@transaction.atomic
def put_back_lost(*, now: datetime) -> list[str]:
    """Give up workers whose heart has stopped, and put their runs back; returns the names of the jobs."""
    WorkerLease.objects.expired(before=now - timedelta(seconds=settings.SUNWARD_JOB_LEASE_SECONDS)).delete()
    alive = WorkerLease.objects.values("worker")
    lost = JobRun.objects.filter(state=RunState.RUNNING).exclude(worker__in=alive)
    return [run.name for run in _locked(lost) if _try_again(run, now=now)]


def _locked(runs: Iterable[JobRun]) -> Iterable[JobRun]:
    """Each run once more under its lock: its worker may have finished it meanwhile."""
    for seen in runs:
        held = Run(seen.pk, seen.attempt).mine().select_for_update(skip_locked=True).first()
        if held is not None:
            yield held


def _pause(attempt: int) -> timedelta:
    """10 seconds after the first failure, a minute after the second."""
    return timedelta(seconds=settings.SUNWARD_JOB_RETRY_SECONDS * 6 ** (attempt - 1))


def _try_again(run: JobRun, *, now: datetime, pause: timedelta = timedelta()) -> bool:
    if run.attempt >= attempts_of(run.name):
        _give_up(run, now=now)
        return False
    run.state, run.message_code = RunState.WAITING, "jobs.will_retry"
    run.sentences = in_every_language(_("This was interrupted and will be tried again by itself."))
    run.save()
    DBTaskResult.objects.filter(pk=run.task_id).update(status=TaskResultStatus.READY, run_after=now + pause)
    return True


def _give_up(run: JobRun, *, now: datetime) -> None:
    run.state, run.finished_at, run.message_code = RunState.DEAD, now, "jobs.failed"
    run.sentences = in_every_language(
        _("This could not be finished. Nothing was half-written; please tell the administrator.")
    )
    run.save()
    DBTaskResult.objects.filter(pk=run.task_id).update(status=TaskResultStatus.FAILED, finished_at=now)
