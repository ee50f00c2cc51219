"""Taking apart who signed up together but may not go together any more: a programme says who."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from sunward.accounts.access import Actor
from sunward.gatherings.ages import is_child
from sunward.gatherings.enums import GatheringState, Presence, SignedUpBy
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.telling import tell
from sunward.gatherings.withdrawals import take_off

PAIR_PARTED = "pair_parted"


@transaction.atomic
def part_pair(*, actor: Actor, child_id: int, adult_id: int, on: date, now: datetime) -> list[Gathering]:
    """Withdraw the adult, with the guests she brought, from every party in which both stand; returns which gatherings.

    Only what has not begun, and never refused for want of adults: the child keeps its place, its guardian hears of it,
    and the host's page says how many adults are missing. Call it before anything is written into the audit record:
    that is locked last, and so all is done at all gatherings before the first act is recorded.
    """
    parted = []
    for gathering in lock_shared([(child_id, adult_id)], on=on):
        rows = _part(gathering, child_id, adult_id, now=now)
        if rows:
            parted.append((gathering, rows))
    for gathering, rows in parted:
        record_gathering_act(
            gathering, actor=actor, code="gatherings.withdrawn", now=now, heads=len(rows), queue=rows[0].queue
        )
    return [gathering for gathering, _rows in parted]


def lock_shared(pairs: Iterable[tuple[int, int]], *, on: date) -> list[Gathering]:
    """The gatherings still to come for which any of these pairs, child and adult, is signed up in one party; locked in
    the order of their keys."""
    standing = SignUp.objects.standing()
    shared = Q(pk__in=[])
    for child_id, adult_id in pairs:
        parties = standing.filter(person_id=child_id).values("party")
        shared |= Q(pk__in=standing.filter(person_id=adult_id, party__in=parties).values("gathering_id"))
    to_come = Q(begins_on=None) | Q(begins_on__gte=on)
    found = Gathering.objects.filter(shared, to_come, state=GatheringState.PUBLISHED)
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def _part(gathering: Gathering, child_id: int, adult_id: int, *, now: datetime) -> list[SignUp]:
    """Read again under the lock; whoever is at the door already is somebody's to talk to, not to be withdrawn."""
    if gathering.sessions.filter(begins_at__lte=now).exists():
        return []
    standing = SignUp.objects.standing().filter(gathering=gathering)
    parties = standing.filter(person_id=child_id).values("party")
    heads = list(standing.filter(party__in=parties).select_related("person").order_by("pk"))
    adult = next((row for row in heads if row.person_id == adult_id), None)
    if adult is None or Attendance.objects.filter(sign_up=adult, presence=Presence.CAME).exists():
        return []
    going = _going_with(adult, heads, gathering)
    take_off(gathering, going, now=now, reason=PAIR_PARTED)
    # Below nought: the numbers above tell apart the versions of a gathering, of which this is none.
    tell(gathering, [row for row in heads if row not in going], NewsKind.ADULT_LEFT, now=now, serial=-adult.pk)
    return going


def _going_with(adult: SignUp, heads: list[SignUp], gathering: Gathering) -> list[SignUp]:
    """Herself and those whom she signed up; of guests whom staff signed up the children, if no grown-up stays."""
    others = [row for row in heads if row is not adult]
    going = [row for row in others if row.person_id is None and row.signed_up_by == SignedUpBy.PAIR]
    staying = [row for row in others if row not in going]
    if all(is_child(row, gathering) for row in staying):
        going += [row for row in staying if row.person_id is None]
    return [adult, *going]
