"""Instances so small that every timetable can be tried, and a strategy that makes them."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.measures import measure
from sunward.gatherings.roadshow.shapes import (
    HALVES,
    Busy,
    Placement,
    Request,
    Speaker,
    Stage,
    Times,
    Venue,
    Whose,
)
from sunward.gatherings.roadshow.verification import find_faults

AM, PM = HalfDay.MORNING, HalfDay.AFTERNOON
# Two days on end and one in the week after; on every other day of the month nobody is free.
DAYS = (date(2022, 11, 1), date(2022, 11, 2), date(2022, 11, 9))
MONTH = "2022-11"
SUBDISTRICTS, OCCUPATIONS = ("a", "b"), ("养老护理员", "咖啡师")


def on(*halves: tuple[date, HalfDay]) -> Times:
    """Free in a few half days only."""
    weekly = frozenset((day.weekday(), half) for day, half in halves)
    return Times(weekly, frozenset(day for day in NOVEMBER if day not in {day for day, _ in halves}))


NOVEMBER = tuple(date(2022, 11, number) for number in range(1, 31))
_half_days = st.sampled_from([(day, half) for day in DAYS for half in HALVES])
_times = st.sets(_half_days, max_size=4).map(lambda halves: on(*halves))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    speakers = tuple(
        Speaker(
            name,
            draw(st.sampled_from([frozenset(), frozenset(OCCUPATIONS[:1]), frozenset(OCCUPATIONS[1:])])),
            draw(_times),
            draw(st.sampled_from([None, 1, 2])),
        )
        for name in draw(st.sampled_from([("x",), ("x", "y")]))
    )
    venues = tuple(
        Venue(name, subdistrict, draw(_times)) for name, subdistrict in (("h1", "a"), ("h2", "b"), ("h1", "b"))
    )
    busy = tuple(
        Busy(Whose.SUBDISTRICT, draw(st.sampled_from(SUBDISTRICTS)), day, half)
        for day, half in draw(st.sets(_half_days, max_size=1))
    )
    return Request(
        SUBDISTRICTS,
        (MONTH,),
        draw(st.integers(1, 3)),
        OCCUPATIONS,
        speakers,
        venues,
        quota=draw(st.sampled_from([{}, {"a": 1, "b": 1}])),
        one_a_month=draw(st.booleans()),
        two_a_day=draw(st.booleans()),
        busy=busy,
    )


def every_session(request: Request) -> list[Placement]:
    """Every session that could be meant, allowed or not."""
    return [
        Placement(venue.subdistrict, day, half, venue.name, speaker.name, what)
        for day in DAYS
        for half in HALVES
        for venue in request.venues
        for speaker in request.speakers
        for what in request.occupations
    ]


def every_timetable(request: Request) -> Iterator[tuple[Placement, ...]]:
    """Every set of sessions that keeps the rules, found by trying them all."""
    alone = [one for one in every_session(request) if not find_faults(request, (one,))]
    for size in range(request.asked + 1):
        for chosen in combinations(alone, size):
            if not find_faults(request, chosen):
                yield chosen


def best_by_trying(request: Request, stages: tuple[Stage, ...]) -> tuple[float, ...]:
    return min(tuple(measure(stage, request, one) for stage in stages) for one in every_timetable(request))
