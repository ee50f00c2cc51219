"""What every floor above may build on: a row that has a key before it is saved, versions, and the search index."""

import uuid

from django.db import models

from sunward.core.jobs.models import JobRun, Schedule, WorkerLease
from sunward.core.search.entries import SearchEntry

__all__ = ["AppendOnly", "JobRun", "Keyed", "Schedule", "SearchEntry", "Versioned", "WorkerLease"]


class Keyed(models.Model):
    """Has a UUID from the moment it is made: sealed values are bound to it and nobody can count rows by it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Counts its edits, so that the last write never silently wins."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class AppendOnly(models.Model):
    """Rows are added, never changed: the database's triggers say so too (see `core.append_only`)."""

    class Meta:
        abstract = True
