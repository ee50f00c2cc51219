"""The stops of a gathering as its pages show them, and whether there is time for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

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
    """All of them. `available` is how many minutes its longest day has, `altogether` all its days; None where its time
    is not fixed yet."""

    lines: tuple[StopLine, ...]
    minutes: int
    available: int | None
    altogether: int | None

    @property
    def left(self) -> int:
        """Minutes that remain for the way between the stops."""
        return max(0, (self.available or 0) - self.minutes)

    @property
    def fits(self) -> bool:
        return self.available is None or self.minutes <= self.available

    @property
    def has_days(self) -> bool:
        """Whether it lasts for days that are longer together than one of them."""
        return self.available != self.altogether

    @property
    def fits_over_days(self) -> bool:
        return self.altogether is None or self.minutes <= self.altogether


def read_stops(gathering: Gathering, sessions: Iterable[Session]) -> Stops | None:
    """None where the kind has no stops. One query, or none.

    The time there is is that of the longest day: a morning and an afternoon are one walk with a rest between, but who
    comes again on Sunday comes by the same places. Only a journey over days has more, and its page says so.
    """
    kind = gathering_kinds().get(gathering.kind)
    if kind is None or not kind.has_stops:
        return None
    lines = tuple(_to_line(stop) for stop in gathering.stops.all())
    days = _minutes_by_day(sessions)
    return Stops(lines, sum(line.minutes for line in lines), max(days, default=None), sum(days) if days else None)


def newest_stop(gathering: Gathering) -> int:
    """The key of the one that was written down last; 0 where there is none."""
    return max(gathering.stops.values_list("pk", flat=True), default=0)


def _minutes_by_day(sessions: Iterable[Session]) -> list[int]:
    """A session over midnight belongs to the day on which it begins."""
    days: dict[date, int] = defaultdict(int)
    for one in sessions:
        days[localdate(one.begins_at)] += int((one.ends_at - one.begins_at).total_seconds()) // 60
    return list(days.values())


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
