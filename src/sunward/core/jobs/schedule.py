"""Jobs that come by themselves. Two workers may look at the same moment: one compare-and-swap decides."""

import importlib
from datetime import UTC, datetime

from croniter import croniter
from django.db import transaction
from django.utils import timezone as district_time
from django.utils.module_loading import autodiscover_modules

from sunward.core.jobs.declaration import JOBS
from sunward.core.jobs.models import JobRun, Schedule
from sunward.core.jobs.queue import enqueue


def discover() -> None:
    """Import every app's ``jobs`` module, so that its jobs are declared."""
    autodiscover_modules("jobs")
    importlib.import_module("sunward.core.jobs.housekeeping")


def next_moment(cron: str, *, after: datetime) -> datetime:
    """The first moment of the cron line after `after`; the line speaks of the district's own clock."""
    local = after.astimezone(district_time.get_default_timezone())
    moment: datetime = croniter(cron, local).get_next(datetime)
    return moment.astimezone(UTC)


@transaction.atomic
def write_schedules(*, now: datetime) -> None:
    """Bring the table in line with what is declared; a line that did not change keeps its next moment."""
    crons = {name: job.cron for name, job in JOBS.items() if job.cron}
    Schedule.objects.exclude(name__in=crons).delete()
    known = dict(Schedule.objects.values_list("name", "cron"))
    for name, cron in crons.items():
        if known.get(name) != cron:
            Schedule.objects.update_or_create(
                name=name, defaults={"cron": cron, "next_at": next_moment(cron, after=now)}
            )


def tick(*, now: datetime) -> list[str]:
    """Enqueue what is due, once however many ask; moments that were missed are made up for by one run."""
    started = []
    for due in Schedule.objects.filter(next_at__lte=now, name__in=JOBS):
        with transaction.atomic():
            upcoming = next_moment(due.cron, after=now)
            claimed = Schedule.objects.filter(pk=due.pk, next_at=due.next_at).update(next_at=upcoming, last_at=now)
            if claimed and not JobRun.objects.open().filter(name=due.name).exists():
                enqueue(JOBS[due.name])
                started.append(due.name)
    return started
