"""Giving places: reads what is taken, chooses, writes, tells. Expects the gathering's row to be locked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sunward.gatherings.admission import party_of
from sunward.gatherings.ages import is_child
from sunward.gatherings.enums import Duty, SignUpState
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.gatherings.places import Party, Room, choose
from sunward.gatherings.telling import tell

# Who of the host's own answers for children; a speaker or whoever stands at the door has other things to watch.
ANSWERING_DUTIES = (Duty.LEAD, Duty.SAFETY, Duty.HELPER)


def read_room(gathering: Gathering, *, without: Collection[int] = ()) -> Room:
    """What is taken by those who have a place; `without` leaves sign-ups out as if they had gone. Two queries."""
    placed = SignUp.objects.filter(gathering=gathering).placed().exclude(pk__in=without).select_related("person")
    heads = _count(0, placed.only("part", "guest_age", "person__birth_date"), gathering)
    ratio = gathering.children_per_adult
    stewards = gathering.stewards.filter(duty__in=ANSWERING_DUTIES).count() if ratio else 0
    return Room(gathering.places, ratio, heads.heads, heads.children, heads.adults + stewards)


def fill_places(gathering: Gathering, *, now: datetime, newcomer: UUID | None = None) -> None:
    """Let up whom there is a place for, in the order of arrival. The newcomer hears that it has a place, others that
    they have moved up."""
    room = read_room(gathering)
    if room.free == 0:
        return
    waiting = list(SignUp.objects.filter(gathering=gathering).waiting().select_related("person"))
    parties = {queue: list(rows) for queue, rows in groupby(waiting, key=lambda row: row.queue)}
    counted = [_count(queue, rows, gathering) for queue, rows in parties.items()]
    for party in choose(room, counted):
        rows = parties[party.queue]
        SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(state=SignUpState.PLACED, placed_at=now)
        for row in rows:
            row.state, row.placed_at = SignUpState.PLACED, now
        is_new = rows[0].party == newcomer
        tell(gathering, rows, NewsKind.PLACED if is_new else NewsKind.MOVED_UP, now=now)


def _count(queue: int, rows: Iterable[SignUp], gathering: Gathering) -> Party:
    return party_of(queue, [(is_child(row, gathering), row.part) for row in rows])
