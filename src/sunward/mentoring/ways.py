"""The clock of a way out: who is to have been told by when."""

from datetime import datetime, timedelta

from sunward.mentoring.rules import WAY_CLIMB_MINUTES, WAY_GRACE_MINUTES

GRACE = timedelta(minutes=WAY_GRACE_MINUTES)
# After the expected end: first the committee or whoever stands in, then whoever is above.
_WAITS = (GRACE, GRACE + timedelta(minutes=WAY_CLIMB_MINUTES))
LAST_RUNG = len(_WAITS)


def rung_due(expected_back_at: datetime, *, now: datetime) -> int:
    """How many rungs have to have been told at this moment; 0 while the grace lasts."""
    return sum(now >= expected_back_at + wait for wait in _WAITS)
