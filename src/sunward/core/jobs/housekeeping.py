"""Keeps the queue and the sessions small."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.models import JobRun
from sunward.core.jobs.run import Run

KEPT = timedelta(days=30)


@job(cron="40 3 * * *")
def tidy(run: Run) -> None:
    now = clock.now()
    with run.step():
        JobRun.objects.filter(finished_at__lt=now - KEPT).delete()
        DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
        Session.objects.filter(expire_date__lt=now).delete()
