"""Gatherings that groups may hear of."""

from datetime import date, datetime, timedelta
from typing import Any

from sunward.accounts.models import Unit
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, Session
from tests.factories import NOW, TODAY, make_subdistrict


def announce(
    title: str = "社区专场面试会",
    *,
    host: Unit | None = None,
    on: date = TODAY + timedelta(days=3),
    at: datetime | None = None,
    programme: str = "employment",
    **more: Any,
) -> Gathering:
    """A public, published gathering of one session, on a Saturday at half past nine unless it is said otherwise."""
    host = host or make_subdistrict()
    said = {
        "kind": f"{programme}.job_fair", "state": GatheringState.PUBLISHED, "place": "控江路街道社区文化活动中心",
        "places": 30, "is_public": True, "made_at": NOW, "begins_on": on, "ends_on": on,
    }  # fmt: skip
    gathering = Gathering.objects.create(
        title=title, host=host, unit_path=host.path, programme=programme, **(said | more)
    )
    begins = at or datetime(on.year, on.month, on.day, 1, 30, tzinfo=NOW.tzinfo)
    Session.objects.create(gathering=gathering, begins_at=begins, ends_at=begins + timedelta(hours=2))
    return gathering
