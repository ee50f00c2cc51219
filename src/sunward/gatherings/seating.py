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
    """What is taken by those who have a place; `without` leaves sign-ups out as if they had gone. Two queries at most.

    Without a ratio nobody's age is asked for, and the heads are only counted.
    """
    placed = SignUp.objects.filter(gathering=gathering).placed().exclude(pk__in=without)
    if gathering.children_per_adult is None:
        return Room(gathering.places, None, heads=placed.count())
    known = placed.select_related("person").only("part", "guest_age", "person__birth_date")
    heads = _count(0, known, gathering)
    stewards = gathering.stewards.filter(duty__in=ANSWERING_DUTIES).count()
    return Room(gathering.places, gathering.children_per_adult, heads.heads, heads.children, heads.adults + stewards)


def is_full(gathering: Gathering) -> bool:
    return read_room(gathering).free == 0


def fill_places(gathering: Gathering, *, now: datetime, newcomer: UUID | None = None) -> bool:
    """Let up whom there is a place for, in the order of arrival. The newcomer hears that it has a place, others that
    they have moved up. Returns whether the newcomer is among them."""
    room = read_room(gathering)
    if room.free == 0:
        return False
    waiting = list(SignUp.objects.filter(gathering=gathering).waiting().select_related("person"))
    parties = {queue: list(rows) for queue, rows in groupby(waiting, key=lambda row: row.queue)}
    chosen = choose(room, [_count(queue, rows, gathering) for queue, rows in parties.items()])
    for party in chosen:
        _place(gathering, parties[party.queue], now=now, newcomer=newcomer)
    return any(parties[party.queue][0].party == newcomer for party in chosen)


def _place(gathering: Gathering, rows: list[SignUp], *, now: datetime, newcomer: UUID | None) -> None:
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(state=SignUpState.PLACED, placed_at=now)
    kind = NewsKind.PLACED if rows[0].party == newcomer else NewsKind.MOVED_UP
    tell(gathering, rows, kind, now=now)


def _count(queue: int, rows: Iterable[SignUp], gathering: Gathering) -> Party:
    return party_of(queue, [(is_child(row, gathering), row.part) for row in rows])
