"""The stops of an outing: where it comes by, in which order, and what is told there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import NotThere, Refusal
from sunward.gatherings.access import kind_of
from sunward.gatherings.actions.planning import lock_gathering
from sunward.gatherings.models import Gathering, Stop
from sunward.gatherings.recording import record_gathering_act

STOPS_AT_MOST = 30
MINUTES_AT_MOST = 480
NARRATION_AT_MOST = 3000
# Further off than any number in use: both databases look at the numbers row by row, and none may meet another.
_ASIDE = 1000


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


@transaction.atomic
def add_stop(*, actor: Actor, gathering_id: UUID, version: int, details: StopDetails, now: datetime) -> Stop:
    """One more at the end. The version makes a second press of the same form a conflict, not a second stop."""
    gathering = _lock(actor=actor, gathering_id=gathering_id, version=version)
    count = gathering.stops.count()
    if count >= STOPS_AT_MOST:
        raise Refusal("gatherings.stops_enough", _("An outing has 30 stops at most."))
    stop = Stop(gathering=gathering, number=count + 1)
    _take_over(stop, details)
    stop.save()
    _finish(gathering, stop, actor=actor, code="gatherings.stop_added", now=now)
    return stop


@transaction.atomic
def change_stop(
    *, actor: Actor, gathering_id: UUID, stop_id: int, version: int, details: StopDetails, now: datetime
) -> Stop:
    gathering = _lock(actor=actor, gathering_id=gathering_id, version=version)
    stop = _get(gathering, stop_id)
    _take_over(stop, details)
    stop.save()
    _finish(gathering, stop, actor=actor, code="gatherings.stop_changed", now=now)
    return stop


@transaction.atomic
def move_stop(*, actor: Actor, gathering_id: UUID, stop_id: int, version: int, towards: Towards, now: datetime) -> Stop:
    """Change places with the one before or after."""
    gathering = _lock(actor=actor, gathering_id=gathering_id, version=version)
    stop = _get(gathering, stop_id)
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
    _finish(gathering, stop, actor=actor, code="gatherings.stop_moved", now=now)
    return stop


@transaction.atomic
def remove_stop(*, actor: Actor, gathering_id: UUID, stop_id: int, version: int, now: datetime) -> None:
    """Take it out; those after it move up."""
    gathering = _lock(actor=actor, gathering_id=gathering_id, version=version)
    stop = _get(gathering, stop_id)
    order = [pk for pk in gathering.stops.values_list("pk", flat=True) if pk != stop.pk]
    gathering.stops.filter(pk=stop.pk).delete()
    _number(gathering, order)
    _finish(gathering, stop, actor=actor, code="gatherings.stop_removed", now=now)


def refuse_without_stops(gathering: Gathering) -> None:
    if not kind_of(gathering).has_stops:
        raise Refusal("gatherings.no_stops", _("Gatherings of this kind have no stops."))


def stop_not_there() -> NotThere:
    return NotThere("gatherings.stop_not_there", _("This stop is not there any more."))


def _lock(*, actor: Actor, gathering_id: UUID, version: int) -> Gathering:
    """The gathering's row is the lock of its stops and their numbers."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    refuse_without_stops(gathering)
    return gathering


def _get(gathering: Gathering, stop_id: int) -> Stop:
    stop = gathering.stops.filter(pk=stop_id).first()
    if stop is None:
        raise stop_not_there()
    return stop


def _number(gathering: Gathering, order: Sequence[int]) -> None:
    """Number them 1, 2, … in this order."""
    gathering.stops.update(number=F("number") + _ASIDE)
    Stop.objects.bulk_update([Stop(pk=pk, number=number) for number, pk in enumerate(order, start=1)], ["number"])


def _take_over(stop: Stop, details: StopDetails) -> None:
    narration = details.narration.strip()
    if not details.title.strip():
        raise Refusal("gatherings.stop_without_title", _("Say what this stop is called."))
    if not 1 <= details.minutes <= MINUTES_AT_MOST:
        raise Refusal("gatherings.stop_minutes", _("A stop takes between 1 and 480 minutes."))
    if len(narration) > NARRATION_AT_MOST:
        raise Refusal("gatherings.narration_too_long", _("The narration is longer than 3,000 characters. Shorten it."))
    if (details.lon is None) != (details.lat is None):
        raise Refusal("gatherings.stop_half_a_point", _("Give both numbers of the map point, or none."))
    stop.title, stop.place = details.title.strip()[:60], details.place.strip()[:120]
    stop.minutes, stop.narration = details.minutes, narration
    stop.lon, stop.lat = details.lon, details.lat


def _finish(gathering: Gathering, stop: Stop, *, actor: Actor, code: str, now: datetime) -> None:
    gathering.version += 1
    gathering.save(update_fields=["version"])
    record_gathering_act(gathering, actor=actor, code=code, now=now, stop=stop.pk)
