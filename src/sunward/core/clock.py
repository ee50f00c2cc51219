"""The one place that reads the clock: views, commands and jobs call it and pass it on; the domain never does."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in the district's own time zone."""
    return timezone.localdate()
