"""Keeping what the night has counted of a large unit: a page then reads it instead of half a million files."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from sunward.accounts.models import Unit
from sunward.employment.access.jobseekers import seen_within
from sunward.employment.models import HelpFigures
from sunward.employment.queries.help_counts import count_help, months_back


@transaction.atomic
def keep_help_figures(*, unit: Unit, on: date, now: datetime) -> None:
    """Counted for whoever keeps this unit; the figures of the night before go."""
    counts = count_help(seen_within(unit.path), months_back(on), on=on)
    HelpFigures.objects.update_or_create(
        unit=unit, defaults={"counted_on": on, "counted_at": now, "figures": asdict(counts)}
    )


def drop_help_figures(*, units: list[Unit]) -> None:
    """Of units that are not among these: they have become small enough to be counted when somebody looks."""
    HelpFigures.objects.exclude(unit__in=units).delete()
