"""Which half days are open to a sub-district, rule by rule, before anybody else is placed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.days import DayKind, kind_of_day, month_of
from sunward.gatherings.roadshow.shapes import HALVES, Request, Speaker, Venue, Whose


class Obstacle(StrEnum):
    """Why a half day is not open. The first that holds, in this order, is the one that is told.

    From `SAME_DAY` on it is because of the other sessions of the roadshow.
    """

    PAST = "past"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    MAKE_UP = "make_up"
    BUSY = "busy"
    VENUE_NOT_FREE = "venue_not_free"
    VENUE_BUSY = "venue_busy"
    NOBODY_TEACHES = "nobody_teaches"
    SPEAKER_NOT_FREE = "speaker_not_free"
    SPEAKER_BUSY = "speaker_busy"
    SAME_DAY = "same_day"
    VENUE_TAKEN = "venue_taken"
    SPEAKER_ELSEWHERE = "speaker_elsewhere"
    SPEAKER_FULL = "speaker_full"
    OTHER_OCCUPATION = "other_occupation"


_OF_KIND = {
    DayKind.HOLIDAY: Obstacle.HOLIDAY,
    DayKind.WEEKEND: Obstacle.WEEKEND,
    DayKind.MAKE_UP: Obstacle.MAKE_UP,
}


@dataclass(frozen=True, slots=True)
class HalfOpening:
    """One half day of one sub-district: the free venues and who could teach what, or the obstacle."""

    day: date
    half: HalfDay
    venues: tuple[Venue, ...] = ()
    teaching: tuple[tuple[Speaker, str], ...] = ()
    obstacle: Obstacle | None = None


@dataclass(frozen=True)
class Diary:
    """A request with what is planned already, ready to be asked about half days."""

    request: Request
    taken: dict[tuple[Whose, str], dict[tuple[date, HalfDay], str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for busy in self.request.busy:
            halves = self.taken.setdefault((busy.whose, busy.key), {})
            for half in HALVES if busy.half is None else (busy.half,):
                halves.setdefault((busy.day, half), busy.note)

    def is_taken(self, whose: Whose, key: str, day: date, half: HalfDay) -> bool:
        return (day, half) in self.taken.get((whose, key), {})

    def note(self, whose: Whose, key: str, day: date, half: HalfDay) -> str:
        """What it is that is planned already."""
        return self.taken.get((whose, key), {}).get((day, half), "")

    def day_obstacle(self, day: date) -> Obstacle | None:
        if self.request.not_before and day < self.request.not_before:
            return Obstacle.PAST
        kind = kind_of_day(day)
        return None if self.request.day_rule.allows(kind) else _OF_KIND[kind]

    def venues_open(self, subdistrict: str, day: date, half: HalfDay) -> bool:
        """Whether the day, the sub-district and one of its venues are free."""
        if self.day_obstacle(day) or self.is_taken(Whose.SUBDISTRICT, subdistrict, day, half):
            return False
        return bool(self._venues(subdistrict, day, half)[0])

    def is_free(self, speaker: Speaker, day: date, half: HalfDay) -> bool:
        return speaker.free.hold(day, half) and not self.is_taken(Whose.SPEAKER, speaker.name, day, half)

    def look(self, subdistrict: str, day: date, half: HalfDay) -> HalfOpening:
        obstacle = self.day_obstacle(day)
        if obstacle is None and self.is_taken(Whose.SUBDISTRICT, subdistrict, day, half):
            obstacle = Obstacle.BUSY
        if obstacle is not None:
            return HalfOpening(day, half, obstacle=obstacle)
        venues, obstacle = self._venues(subdistrict, day, half)
        if obstacle is not None:
            return HalfOpening(day, half, obstacle=obstacle)
        teaching, obstacle = self._teaching(day, half)
        return HalfOpening(day, half, venues=venues, teaching=teaching, obstacle=obstacle)

    def _venues(self, subdistrict: str, day: date, half: HalfDay) -> tuple[tuple[Venue, ...], Obstacle | None]:
        own = [venue for venue in self.request.venues if venue.subdistrict == subdistrict]
        free = [venue for venue in own if venue.free.hold(day, half)]
        open_ = tuple(venue for venue in free if not self.is_taken(Whose.VENUE, venue.name, day, half))
        return open_, None if open_ else Obstacle.VENUE_BUSY if free else Obstacle.VENUE_NOT_FREE

    def _teaching(self, day: date, half: HalfDay) -> tuple[tuple[tuple[Speaker, str], ...], Obstacle | None]:
        occupations = self.request.occupations_in(month_of(day))
        able = [(one, what) for one in self.request.speakers for what in occupations if one.can_teach(what)]
        free = [(one, what) for one, what in able if one.free.hold(day, half)]
        open_ = tuple(
            (one, what) for one, what in free if not self.is_taken(Whose.SPEAKER, one.name, day, half)
        )  # fmt: skip
        if open_:
            return open_, None
        if free:
            return (), Obstacle.SPEAKER_BUSY
        return (), Obstacle.SPEAKER_NOT_FREE if able else Obstacle.NOBODY_TEACHES

    def walk(self, subdistrict: str) -> Iterator[HalfOpening]:
        """Every half day of the months, open or not."""
        for day in self.request.days:
            for half in HALVES:
                yield self.look(subdistrict, day, half)
