"""What may be told to everybody: gatherings that a person has published and marked for the groups."""

from datetime import date, timedelta

from django.db.models import Q

from sunward.accounts.scopes import above, below
from sunward.gatherings.models import Gathering, GatheringQuerySet

# How far ahead a group hears of a gathering.
AHEAD = timedelta(days=30)


def announced(*, programme: str, unit_path: str, on: date) -> GatheringQuerySet:
    """A programme's next gatherings for the people of a unit: hosted by it, by a unit above it or by one below it."""
    near = below((unit_path,)) | Q(unit_path__in=above((unit_path,)))
    coming = Gathering.objects.published().between(on, on + AHEAD).filter(near, programme=programme, is_public=True)
    return coming.filter(begins_on__gte=on).order_by("begins_on", "pk")
