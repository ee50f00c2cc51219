"""The worker: takes one job after the other, beats its heart beside it, and looks after lost runs and schedules."""

import logging
import os
import secrets
import signal
import socket
import threading
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.utils import OperationalError

from sunward.core import clock
from sunward.core.jobs import queue, schedule
from sunward.core.jobs.declaration import JOBS
from sunward.core.jobs.models import WorkerLease
from sunward.core.jobs.run import LeaseLost
from sunward.core.stopping import StopRequest

logger = logging.getLogger(__name__)

BEATS_PER_LEASE = 6


def new_lease() -> WorkerLease:
    now = clock.now()
    host, process_id = socket.gethostname(), os.getpid()
    name = f"{host[:30]}-{process_id}-{secrets.token_hex(4)}"
    return WorkerLease(worker=name, host=host, process_id=process_id, started_at=now, beat_at=now)


def perform(claimed: queue.Claim) -> Exception | None:
    """Carry out one claimed run and write down how it ended; returns what went wrong."""
    task = claimed.task
    try:
        job = JOBS.get(task.task_path) or task.task
        job.func(claimed.run, *task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    except LeaseLost:
        logger.warning("%s: another worker has taken this run over", task.task_path)
        return None
    except Exception as error:
        logger.exception("%s failed, attempt %d", task.task_path, claimed.run.attempt)
        queue.fail(claimed, error, now=clock.now())
        return error
    if queue.complete(claimed, now=clock.now()):
        logger.info("%s done, attempt %d", task.task_path, claimed.run.attempt)
    return None


def drain() -> int:
    """Carry out, here and now, every job that is due; the first error is raised. For tests and the demo district."""
    lease, count = new_lease(), 0
    while claimed := queue.claim(lease, now=clock.now()):
        error = perform(claimed)
        if error is not None:
            raise error
        count += 1
    WorkerLease.objects.filter(worker=lease.worker).delete()
    return count


class Heart(threading.Thread):
    """Beats in a thread of its own, on a connection of its own, as long as the process lives."""

    def __init__(self, lease: WorkerLease) -> None:
        super().__init__(name="heart", daemon=True)
        self.lease = lease
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(settings.SUNWARD_JOB_LEASE_SECONDS / BEATS_PER_LEASE):
            try:
                queue.beat(self.lease, now=clock.now())
            except OperationalError:
                logger.warning("a heartbeat was missed: the database did not answer")
            finally:
                close_old_connections()
        connection.close()


class Worker:
    """One process that works until it is told to stop. SIGTERM lets the job at hand finish; a second one does not."""

    def __init__(self) -> None:
        self.lease = new_lease()
        self.stopping = StopRequest()

    def serve(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        schedule.discover()
        queue.beat(self.lease, now=clock.now())
        schedule.write_schedules(now=clock.now())
        heart = Heart(self.lease)
        heart.start()
        try:
            self._work()
        finally:
            heart.stopped.set()
            heart.join(timeout=5)
            # Without a lease, whatever was still at hand is put back by the next worker at once.
            WorkerLease.objects.filter(worker=self.lease.worker).delete()

    def _work(self) -> None:
        looked_at = 0.0
        while not self.stopping.was_told():
            close_old_connections()
            try:
                now = clock.now()
                if now.timestamp() - looked_at >= settings.SUNWARD_JOB_POLL_SECONDS:
                    looked_at = now.timestamp()
                    self._look_after_others()
                claimed = queue.claim(self.lease, now=now)
            except OperationalError:
                logger.warning("the database did not answer, trying again")
                claimed = None
            if claimed is None:
                self.stopping.wait(settings.SUNWARD_JOB_POLL_SECONDS)
            else:
                perform(claimed)

    def _look_after_others(self) -> None:
        now = clock.now()
        for name in queue.put_back_lost(now=now):
            logger.warning("%s: its worker is gone, put back", name)
        for name in schedule.tick(now=now):
            logger.info("%s is due", name)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopping.was_told():
            raise SystemExit(128 + number)
        self.stopping.tell()
