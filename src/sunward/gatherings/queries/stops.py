"""The stops of a gathering as its pages show them, and whether there is time for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.models import Gathering, Session, Stop


@dataclass(frozen=True, slots=True)
class StopLine:
    """One stop. `point` opens in a phone's map; empty where none is known."""

    id: int
    number: int
    title: str
    place: str
    point: str
    minutes: int
    narration: str


@dataclass(frozen=True, slots=True)
class Stops:
    """All of them. `available` is how many minutes the gathering lasts; None where its time is not fixed yet."""

    lines: tuple[StopLine, ...]
    minutes: int
    available: int | None

    @property
    def left(self) -> int:
        """Minutes that remain for the way between the stops."""
        return max(0, (self.available or 0) - self.minutes)

    @property
    def fits(self) -> bool:
        return self.available is None or self.minutes <= self.available


def read_stops(gathering: Gathering, sessions: Iterable[Session]) -> Stops | None:
    """None where the kind has no stops. One query, or none.

    All sessions together are the time there is: what is repeated on another day is a gathering of its own.
    """
    kind = gathering_kinds().get(gathering.kind)
    if kind is None or not kind.has_stops:
        return None
    lines = tuple(_to_line(stop) for stop in gathering.stops.all())
    return Stops(lines, sum(line.minutes for line in lines), _available(list(sessions)))


def _available(sessions: Sequence[Session]) -> int | None:
    lengths = [one.ends_at - one.begins_at for one in sessions]
    return sum(int(length.total_seconds()) // 60 for length in lengths) if lengths else None


def _to_line(stop: Stop) -> StopLine:
    return StopLine(
        id=stop.pk,
        number=stop.number,
        title=stop.title,
        place=stop.place,
        # Five decimals are a metre (RFC 5870).
        point="" if stop.lat is None or stop.lon is None else f"geo:{stop.lat:.5f},{stop.lon:.5f}",
        minutes=stop.minutes,
        narration=stop.narration,
    )
