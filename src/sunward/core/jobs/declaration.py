"""How a job is declared: a function that takes its run first and plain values after it.

Every job is delivered at least once: it re-checks state, and writes inside ``with run.step():``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec, Self, cast

from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

from sunward.core.jobs.run import Run

P = ParamSpec("P")

JOBS: dict[str, "Job[...]"] = {}
ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, None]):
    """A task of Django's interface, with how often it is tried, when it comes by itself, and what it is about."""

    attempts: int = ATTEMPTS
    cron: str = ""
    subject: str = ""

    def about(self, subject: str) -> Self:
        """The same job, its run to be found under `subject` (``registers.batch:12``)."""
        return replace(self, subject=subject)


class JobBackend(DatabaseBackend):
    """The queue in our own database; a job is enqueued in the transaction of the act that asks for it."""

    task_class = Job  # type: ignore[assignment]  # upstream declares the exact class
    supports_async_task = False


def job(*, attempts: int = ATTEMPTS, cron: str = "") -> Callable[[Callable[Concatenate[Run, P], None]], Job[P]]:
    """Declare a module-level function as a job.

    `cron` is read in the district's time zone; a job with one takes no arguments. Declare jobs in ``<app>/jobs.py``.
    """

    def declare(function: Callable[Concatenate[Run, P], None]) -> Job[P]:
        declared = cast("Job[P]", task(attempts=attempts, cron=cron)(function))
        JOBS[declared.module_path] = declared
        return declared

    return declare


def attempts_of(name: str) -> int:
    """How often the job of this name is tried; one that is no longer declared, as often as any."""
    return JOBS[name].attempts if name in JOBS else ATTEMPTS
