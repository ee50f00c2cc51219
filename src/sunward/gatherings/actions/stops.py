"""The stops of an outing: where it comes by, in which order, and what is told there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.gatherings.access import kind_of
from sunward.gatherings.actions.planning import lock_gathering
from sunward.gatherings.models import Gathering, Stop
from sunward.gatherings.recording import record_gathering_act

STOPS_AT_MOST = 30
MINUTES_AT_MOST = 480
NARRATION_AT_MOST = 3000
# Further off than any number in use: both databases look at the numbers row by row, and none may meet another.
_ASIDE = 1000
# Which fields are one thing: nobody means a half of each of two map points.
_TOGETHER = (("title",), ("place",), ("minutes",), ("narration",), ("lon", "lat"))


class Towards(StrEnum):
    """Which way a stop is moved in the order."""

    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StopDetails:
    """Everything that is typed in about a stop."""

    title: str
    place: str = ""
    minutes: int = 20
    narration: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A stop that was taken out: its key, its place and its words, which no row holds any more."""

    id: int
    number: int
    details: StopDetails


class StopChanged(Conflict):
    """Somebody else has written other words into the same fields since the person opened the form. `there` is what
    stands there now, `mine` what her form is shown again with: hers where both wrote, theirs where only they did."""

    def __init__(self, *, there: StopDetails, mine: StopDetails, disputed: Sequence[str]) -> None:
        self.there, self.mine, self.disputed = there, mine, tuple(disputed)
        super().__init__(
            "gatherings.stop_disputed",
            _(
                "Somebody else has changed this stop while you were writing. Your words are still here, and theirs are"
                " shown with them: take over what you need. If you save, yours stand."
            ),
        )


@transaction.atomic
def add_stop(*, actor: Actor, gathering_id: UUID, after: int, details: StopDetails, now: datetime) -> Stop:
    """One more at the end. `after` is the newest stop that the form knew, by its key: the same words added since are
    those of this very form, sent twice. Whatever else was changed meanwhile is in nobody's way."""
    gathering = _lock(actor=actor, gathering_id=gathering_id)
    details = _plain(details)
    sent = next((stop for stop in gathering.stops.filter(pk__gt=after) if details_of(stop) == details), None)
    if sent is not None:
        return sent
    stop = _make(gathering, details, number=_refuse_too_many(gathering) + 1)
    _record(gathering, stop, actor=actor, code="gatherings.stop_added", now=now)
    return stop


@transaction.atomic
def change_stop(
    *,
    actor: Actor,
    gathering_id: UUID,
    stop_id: int,
    seen: StopDetails | None,
    details: StopDetails,
    now: datetime,
) -> Stop:
    """`seen` is what the form was opened with. Field by field: what only one of the two has changed is kept, what both
    have changed is for the person to settle."""
    stop, gathering = _get(actor=actor, gathering_id=gathering_id, stop_id=stop_id)
    there, typed = details_of(stop), _plain(details)
    before = _plain(seen) if seen is not None else None
    disputed: list[str] = []
    settled: dict[str, Any] = {}
    for names in _TOGETHER:
        hers, theirs = _values(typed, names), _values(there, names)
        base = _values(before, names) if before is not None else None
        if hers not in (theirs, base) and theirs != base:
            disputed += names
        settled |= dict(zip(names, theirs if hers == base else hers, strict=True))
    mine = StopDetails(**settled)
    if disputed:
        raise StopChanged(there=there, mine=mine, disputed=disputed)
    if mine == there:
        return stop
    _take_over(stop, mine)
    stop.save()
    _record(gathering, stop, actor=actor, code="gatherings.stop_changed", now=now)
    return stop


@transaction.atomic
def move_stop(*, actor: Actor, gathering_id: UUID, stop_id: int, number: int, towards: Towards, now: datetime) -> Stop:
    """Change places with the one before or after. `number` is where the person saw it: pressed twice, or moved by
    somebody else meanwhile, it does not wander on."""
    stop, gathering = _get(actor=actor, gathering_id=gathering_id, stop_id=stop_id)
    if stop.number != number:
        raise Conflict("gatherings.stops_reordered", _("The order has just changed. Please look at it again."))
    order = list(gathering.stops.values_list("pk", flat=True))
    place = order.index(stop.pk)
    if towards == Towards.EARLIER and place == 0:
        raise Refusal("gatherings.stop_is_first", _("This is the first stop already."))
    if towards == Towards.LATER and place == len(order) - 1:
        raise Refusal("gatherings.stop_is_last", _("This is the last stop already."))
    other = place - 1 if towards == Towards.EARLIER else place + 1
    order[place], order[other] = order[other], order[place]
    _number(gathering, order)
    stop.refresh_from_db(fields=["number"])
    _record(gathering, stop, actor=actor, code="gatherings.stop_moved", now=now)
    return stop


@transaction.atomic
def remove_stop(*, actor: Actor, gathering_id: UUID, stop_id: int, now: datetime) -> TakenOut:
    """Take it out; those after it move up. The answer is what brings it back."""
    stop, gathering = _get(actor=actor, gathering_id=gathering_id, stop_id=stop_id)
    taken = TakenOut(stop.pk, stop.number, details_of(stop))
    order = [pk for pk in gathering.stops.values_list("pk", flat=True) if pk != stop.pk]
    gathering.stops.filter(pk=stop.pk).delete()
    _number(gathering, order)
    _record(gathering, stop, actor=actor, code="gatherings.stop_removed", now=now)
    return taken


@transaction.atomic
def bring_back_stop(*, actor: Actor, gathering_id: UUID, taken: TakenOut, now: datetime) -> Stop:
    """The same stop, under its own number in the audit record, in its place or as near to it as there still is one.
    Brought back twice it is there once."""
    gathering = _lock(actor=actor, gathering_id=gathering_id)
    there = gathering.stops.filter(pk=taken.id).first()
    if there is not None:
        return there
    count = _refuse_too_many(gathering)
    order = list(gathering.stops.values_list("pk", flat=True))
    stop = _make(gathering, taken.details, number=count + 1, pk=taken.id)
    order.insert(min(taken.number, count + 1) - 1, stop.pk)
    _number(gathering, order)
    stop.refresh_from_db(fields=["number"])
    _record(gathering, stop, actor=actor, code="gatherings.stop_brought_back", now=now)
    return stop


def refuse_without_stops(gathering: Gathering) -> None:
    if not kind_of(gathering).has_stops:
        raise Refusal("gatherings.no_stops", _("Gatherings of this kind have no stops."))


def stop_not_there() -> NotThere:
    return NotThere("gatherings.stop_not_there", _("This stop is not there any more."))


def details_of(stop: Stop) -> StopDetails:
    return _plain(StopDetails(**{name: getattr(stop, name) for names in _TOGETHER for name in names}))


def _lock(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """The gathering's row is the lock of its stops and their numbers. Its version is not theirs: whoever writes a stop
    is in nobody's way who changes the place, and the other way round."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id)
    refuse_without_stops(gathering)
    return gathering


def _get(*, actor: Actor, gathering_id: UUID, stop_id: int) -> tuple[Stop, Gathering]:
    gathering = _lock(actor=actor, gathering_id=gathering_id)
    stop = gathering.stops.filter(pk=stop_id).first()
    if stop is None:
        raise stop_not_there()
    return stop, gathering


def _refuse_too_many(gathering: Gathering) -> int:
    """How many there are, where there is room for one more."""
    count = gathering.stops.count()
    if count >= STOPS_AT_MOST:
        raise Refusal("gatherings.stops_enough", _("An outing has 30 stops at most."))
    return count


def _make(gathering: Gathering, details: StopDetails, *, number: int, pk: int | None = None) -> Stop:
    stop = Stop(pk=pk, gathering=gathering, number=number)
    _take_over(stop, details)
    stop.save(force_insert=True)
    return stop


def _number(gathering: Gathering, order: Sequence[int]) -> None:
    """Number them 1, 2, … in this order."""
    gathering.stops.update(number=F("number") + _ASIDE)
    Stop.objects.bulk_update([Stop(pk=pk, number=number) for number, pk in enumerate(order, start=1)], ["number"])


def _plain(details: StopDetails) -> StopDetails:
    """As it is kept. A browser sends its own ends of lines, which are no change of words."""
    return replace(
        details, title=details.title.strip()[:60].strip(), place=details.place.strip()[:120].strip(),
        narration="\n".join(details.narration.strip().splitlines()),
    )  # fmt: skip


def _values(details: StopDetails, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(details, name) for name in names)


def _take_over(stop: Stop, details: StopDetails) -> None:
    details = _plain(details)
    if not details.title:
        raise Refusal("gatherings.stop_without_title", _("Say what this stop is called."))
    if not 1 <= details.minutes <= MINUTES_AT_MOST:
        raise Refusal("gatherings.stop_minutes", _("A stop takes between 1 and 480 minutes."))
    if len(details.narration) > NARRATION_AT_MOST:
        raise Refusal("gatherings.narration_too_long", _("The narration is longer than 3,000 characters. Shorten it."))
    if (details.lon is None) != (details.lat is None):
        raise Refusal("gatherings.stop_half_a_point", _("Give both numbers of the map point, or none."))
    for names in _TOGETHER:
        for name in names:
            setattr(stop, name, getattr(details, name))


def _record(gathering: Gathering, stop: Stop, *, actor: Actor, code: str, now: datetime) -> None:
    record_gathering_act(gathering, actor=actor, code=code, now=now, stop=stop.pk)
