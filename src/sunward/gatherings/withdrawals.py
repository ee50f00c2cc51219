"""Taking heads off a list: rows, facts, and whoever moves up. Expects the gathering's row to be locked.

Whether it may be is decided before; the act is recorded after, once everything is locked that has to be.
"""

from collections.abc import Sequence
from datetime import datetime

from django.dispatch import Signal

from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.recording import SIGN_UP_SUBJECT, withdraw_head_facts
from sunward.gatherings.seating import fill_places

# Sent with `gathering`, `rows`, `now` inside the act's transaction, the gathering's row locked: what a programme has
# given to whoever comes (a time for a talk) is given back with the place.
taken_off = Signal()


def take_off(gathering: Gathering, rows: Sequence[SignUp], *, now: datetime, reason: str = "") -> None:
    """`reason` is kept with the rows: somebody's own words, or a code where it followed from another act."""
    for row in rows:
        row.state, row.withdrawn_at, row.withdraw_reason = SignUpState.WITHDRAWN, now, reason.strip()[:200]
    SignUp.objects.bulk_update(rows, ["state", "withdrawn_at", "withdraw_reason"])
    withdraw_head_facts([row.pk for row in rows], subject_kind=SIGN_UP_SUBJECT, now=now)
    if gathering.state == GatheringState.PUBLISHED:
        fill_places(gathering, now=now)
    taken_off.send(sender=Gathering, gathering=gathering, rows=rows, now=now)
