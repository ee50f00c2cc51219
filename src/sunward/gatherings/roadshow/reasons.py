"""Why sessions could not be placed, and what would help.

The counts are taken in the finished timetable: for every half day of the month, the first rule that keeps one more
session away. What would help is found by asking the solver again with one rule relaxed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.choices import Chooser
from sunward.gatherings.roadshow.days import DayRule, days_of, month_of
from sunward.gatherings.roadshow.openings import Diary, Obstacle
from sunward.gatherings.roadshow.planning import count_places
from sunward.gatherings.roadshow.shapes import HALVES, Placement, Request, Speaker, Times, Venue

MONDAY_TO_FRIDAY = frozenset((weekday, half) for weekday in range(5) for half in HALVES)
SECONDS_FOR_ONE = 10.0


@dataclass(frozen=True, slots=True)
class Count:
    """So many half days of the month are kept away first by this rule; `about` names whom or what, most often."""

    obstacle: Obstacle
    half_days: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """An occupation for which in this month no half day has a venue and a speaker at once.

    `venue_halves`: half days on which a venue of the sub-district is open; `speakers`: who teaches it at all.
    """

    occupation: str
    venue_halves: int
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """One session that has no place: of which sub-district and month, and why."""

    subdistrict: str
    month: str
    counts: tuple[Count, ...]
    lacks: tuple[Lack, ...]


class Change(StrEnum):
    MAKE_UP = "make_up"
    WEEKENDS = "weekends"
    TWO_A_DAY = "two_a_day"
    MORE_OCCUPATIONS = "more_occupations"
    EVERY_OCCUPATION = "every_occupation"
    SPEAKER_OFTENER = "speaker_oftener"
    SPEAKER_FREER = "speaker_freer"
    NEW_SPEAKER = "new_speaker"
    VENUE_FREER = "venue_freer"
    MOVE_PLANNED = "move_planned"
    LET_FIXED_GO = "let_fixed_go"


@dataclass(frozen=True, slots=True)
class Help:
    """One change by itself, and how many more sessions could be placed with it. `about`: a speaker, a sub-district."""

    change: Change
    more: int
    about: str = ""


def find_shortages(request: Request, placements: Sequence[Placement]) -> tuple[Shortage, ...]:
    """One for each session that is missing, where there are fewest."""
    chooser, counted = Chooser(request, placements), {}
    found = []
    for cell in _missing(request, placements):
        if cell not in counted:
            counted[cell] = Shortage(*cell, _count(chooser, *cell), _find_lacks(chooser.diary, *cell))
        found.append(counted[cell])
    return tuple(found)


def _missing(request: Request, placements: Sequence[Placement]) -> Iterator[tuple[str, str]]:
    """Sub-district and month of each missing session: what has least comes first."""
    cells = Counter((one.subdistrict, one.month) for one in placements)
    totals = Counter(one.subdistrict for one in placements)
    for _number in range(request.asked - len(placements)):
        short = [key for key in request.subdistricts if not request.quota or totals[key] < request.quota.get(key, 0)]
        if not short:
            return
        subdistrict = min(short, key=lambda key: totals[key])
        month = min(request.months, key=lambda month: cells[subdistrict, month])
        totals[subdistrict] += 1
        cells[subdistrict, month] += 1
        yield subdistrict, month


def _count(chooser: Chooser, subdistrict: str, month: str) -> tuple[Count, ...]:
    found: Counter[Obstacle] = Counter()
    about: dict[Obstacle, Counter[str]] = {}
    for choice in chooser.walk(subdistrict):
        if month_of(choice.day) == month and choice.obstacle is not None:
            found[choice.obstacle] += 1
            if choice.note:
                about.setdefault(choice.obstacle, Counter())[choice.note] += 1
    return tuple(
        Count(obstacle, found[obstacle], about[obstacle].most_common(1)[0][0] if obstacle in about else "")
        for obstacle in Obstacle
        if found[obstacle]
    )


def _find_lacks(diary: Diary, subdistrict: str, month: str) -> tuple[Lack, ...]:
    request = diary.request
    halves: list[tuple[date, HalfDay]] = [
        (day, half) for day in days_of(month) for half in HALVES if diary.venues_open(subdistrict, day, half)
    ]
    lacks = []
    for occupation in request.occupations_in(month):
        able = [one for one in request.speakers if one.can_teach(occupation)]
        if not any(diary.is_free(one, day, half) for one in able for day, half in halves):
            lacks.append(Lack(occupation, len(halves), tuple(one.name for one in able)))
    return tuple(lacks)


def find_helps(request: Request, placed: int, *, report: Callable[[int, int], None] | None = None) -> tuple[Help, ...]:
    """Every single change that lets more be placed, the most helpful first. Each is solved anew."""
    if placed >= request.asked:
        return ()
    changes = list(_changes(request))
    helps = []
    for number, (change, about, changed) in enumerate(changes):
        if report:
            report(number, len(changes))
        more = count_places(changed, seconds=SECONDS_FOR_ONE) - placed
        if more > 0:
            helps.append(Help(change, more, about))
    return tuple(sorted(helps, key=lambda one: -one.more))


def _changes(request: Request) -> Iterator[tuple[Change, str, Request]]:
    if request.day_rule == DayRule.WORKDAYS:
        yield Change.MAKE_UP, "", replace(request, day_rule=DayRule.WITH_MAKE_UP)
    if request.day_rule != DayRule.WITH_WEEKENDS:
        yield Change.WEEKENDS, "", replace(request, day_rule=DayRule.WITH_WEEKENDS)
    if not request.two_a_day:
        yield Change.TWO_A_DAY, "", replace(request, two_a_day=True)
    if request.one_a_month:
        yield Change.MORE_OCCUPATIONS, "", replace(request, one_a_month=False)
    if request.on_in:
        yield Change.EVERY_OCCUPATION, "", replace(request, on_in={})
    if request.busy:
        yield Change.MOVE_PLANNED, "", replace(request, busy=())
    if request.fixed:
        yield Change.LET_FIXED_GO, "", replace(request, fixed=())
    for speaker in request.speakers:
        if speaker.per_month is not None:
            yield Change.SPEAKER_OFTENER, speaker.name, _with(request, replace(speaker, per_month=None))
        if not speaker.free.weekly >= MONDAY_TO_FRIDAY or speaker.free.not_on:
            yield Change.SPEAKER_FREER, speaker.name, _with(request, replace(speaker, free=Times()))
    new = Speaker("+")
    yield Change.NEW_SPEAKER, "", replace(request, speakers=(*request.speakers, new))
    for subdistrict in request.subdistricts:
        venue = Venue("+", subdistrict)
        yield Change.VENUE_FREER, subdistrict, replace(request, venues=(*request.venues, venue))


def _with(request: Request, speaker: Speaker) -> Request:
    speakers = tuple(speaker if one.name == speaker.name else one for one in request.speakers)
    return replace(request, speakers=speakers)
