"""Where one session could still go beside all others, and for every other half day the rule that keeps it away."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.days import month_of
from sunward.gatherings.roadshow.openings import Diary, HalfOpening, Obstacle
from sunward.gatherings.roadshow.shapes import Placement, Request, Whose


@dataclass(frozen=True, slots=True)
class Choice:
    """One half day. `options` are the sessions possible then; where there is none, `obstacle` says why.

    `note` names what is planned already, the speaker who is missing, or the occupation that the month has.
    """

    day: date
    half: HalfDay
    options: tuple[Placement, ...] = ()
    obstacle: Obstacle | None = None
    note: str = ""


@dataclass(frozen=True)
class Chooser:
    """Knows the request and the sessions that stay."""

    request: Request
    others: Sequence[Placement]
    diary: Diary = field(init=False)
    used: frozenset[tuple[date, HalfDay, Whose, str]] = field(init=False)
    spoken: Counter[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        used = {(one.day, one.half, Whose.VENUE, one.venue) for one in self.others}
        used |= {(one.day, one.half, Whose.SPEAKER, one.speaker) for one in self.others}
        object.__setattr__(self, "diary", Diary(self.request))
        object.__setattr__(self, "used", frozenset(used))
        object.__setattr__(self, "spoken", Counter((one.speaker, one.month) for one in self.others))

    def walk(self, subdistrict: str) -> Iterator[Choice]:
        for opening in self.diary.walk(subdistrict):
            yield self._choose(subdistrict, opening)

    def options(self, subdistrict: str, day: date, half: HalfDay) -> tuple[Placement, ...]:
        return self._choose(subdistrict, self.diary.look(subdistrict, day, half)).options

    def _choose(self, subdistrict: str, opening: HalfOpening) -> Choice:
        day, half = opening.day, opening.half
        if opening.obstacle is not None:
            note = self.diary.note(Whose.SUBDISTRICT, subdistrict, day, half)
            return Choice(day, half, obstacle=opening.obstacle, note=note)
        if not self.request.two_a_day and any((one.subdistrict, one.day) == (subdistrict, day) for one in self.others):
            return Choice(day, half, obstacle=Obstacle.SAME_DAY)
        venues = [v.name for v in opening.venues if (day, half, Whose.VENUE, v.name) not in self.used]
        if not venues:
            return Choice(day, half, obstacle=Obstacle.VENUE_TAKEN)
        return self._teachers(subdistrict, opening, venues)

    def _teachers(self, subdistrict: str, opening: HalfOpening, venues: list[str]) -> Choice:
        day, half, month = opening.day, opening.half, month_of(opening.day)
        here = [(s, what) for s, what in opening.teaching if (day, half, Whose.SPEAKER, s.name) not in self.used]
        if not here:
            names = "、".join(dict.fromkeys(s.name for s, _ in opening.teaching))
            return Choice(day, half, obstacle=Obstacle.SPEAKER_ELSEWHERE, note=names)
        able = [(s, what) for s, what in here if s.per_month is None or self.spoken[s.name, month] < s.per_month]
        if not able:
            return Choice(
                day, half, obstacle=Obstacle.SPEAKER_FULL, note="、".join(dict.fromkeys(s.name for s, _ in here))
            )
        on = self._occupations(subdistrict, month)
        fitting = [(s, what) for s, what in able if not on or what in on]
        if not fitting:
            return Choice(day, half, obstacle=Obstacle.OTHER_OCCUPATION, note="、".join(sorted(on)))
        options = tuple(
            Placement(subdistrict, day, half, venue, s.name, what) for venue in venues for s, what in fitting
        )
        return Choice(day, half, options)

    def _occupations(self, subdistrict: str, month: str) -> frozenset[str]:
        """What the sub-district has in this month already, where it may have one occupation only."""
        if not self.request.one_a_month:
            return frozenset()
        there = (one.occupation for one in self.others if (one.subdistrict, one.month) == (subdistrict, month))
        return frozenset(there)
