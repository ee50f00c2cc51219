"""What is known of background work: each run with its progress, each worker's lease, each schedule's next moment."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import get_language, pgettext_lazy

from sunward.core.classification import classified


class RunState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    DEAD = "dead", pgettext_lazy("job", "Failed")


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def open(self) -> "JobRunQuerySet":
        return self.filter(state__in=(RunState.WAITING, RunState.RUNNING))

    def about(self, subject: str) -> "JobRunQuerySet":
        return self.filter(subject=subject)


@classified(
    internal="id uid task_id name subject state attempt worker done total message_code sentences"
    " created_at started_at finished_at"
)
class JobRun(models.Model):
    """One enqueued job as people see it. The queue holds its arguments; `attempt` is its fencing token.

    `subject` is what the run is about, written by the caller (``registers.batch:12``): never a name.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task_id = models.UUIDField(unique=True, editable=False)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    message_code = models.CharField(max_length=80, blank=True)
    # The message in each language: whoever looks may read another language than the worker's.
    sentences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "worker"], name="job_run_state"),
            models.Index(fields=["subject", "-id"], name="job_run_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uid} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state in (RunState.DONE, RunState.DEAD)

    @property
    def percent(self) -> int | None:
        """How far the run is, or None while its size is unknown."""
        if self.state == RunState.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def sentence(self) -> str:
        return str(self.sentences.get(get_language() or "", ""))


class WorkerLeaseQuerySet(models.QuerySet["WorkerLease"]):
    def expired(self, *, before: datetime) -> "WorkerLeaseQuerySet":
        return self.filter(beat_at__lt=before)


@classified(internal="id worker host process_id started_at beat_at")
class WorkerLease(models.Model):
    """A worker is alive as long as its heart has beaten within the lease; after that its runs are put back."""

    worker = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=120)
    process_id = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    objects = WorkerLeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.worker} on {self.host}"


@classified(internal="id name cron next_at last_at")
class Schedule(models.Model):
    """When a job comes next. The cron line is read in the district's time zone, `next_at` is a moment."""

    name = models.CharField(max_length=120, unique=True)
    cron = models.CharField(max_length=60)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.cron}"
