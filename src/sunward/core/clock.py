"""The one place that reads the clock. Views, commands and jobs call it and pass the moment on; the domain never does."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in the district's own time zone."""
    return timezone.localdate()
