"""Whether a timetable keeps the rules, checked from their words alone: shares nothing with the solver."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations

from sunward.gatherings.roadshow.days import kind_of_day
from sunward.gatherings.roadshow.shapes import Placement, Request, Whose


class Rule(StrEnum):
    VENUE_ONCE = "venue_once"
    SPEAKER_ONCE = "speaker_once"
    ONE_A_DAY = "one_a_day"
    DAY_ALLOWED = "day_allowed"
    VENUE_FREE = "venue_free"
    SPEAKER_FREE = "speaker_free"
    SPEAKER_TEACHES = "speaker_teaches"
    SPEAKER_PER_MONTH = "speaker_per_month"
    OCCUPATION_IS_ON = "occupation_is_on"
    ONE_OCCUPATION = "one_occupation"
    NOT_BUSY = "not_busy"
    NUMBER = "number"
    FIXED_KEPT = "fixed_kept"


class ImpossibleRequest(ValueError):
    """Two fixed sessions clash: no timetable holds both. `clashes` names them."""

    def __init__(self, clashes: Sequence[tuple[Placement, Placement]]) -> None:
        super().__init__(f"{len(clashes)} clashes between fixed sessions")
        self.clashes = tuple(clashes)


def clashes_among(placements: Sequence[Placement]) -> tuple[tuple[Placement, Placement], ...]:
    """Pairs that need one venue or one speaker in the same half day."""
    return tuple(
        (one, other)
        for one, other in combinations(placements, 2)
        if (one.day, one.half) == (other.day, other.half) and (one.venue == other.venue or one.speaker == other.speaker)
    )


def find_faults(request: Request, placements: Sequence[Placement]) -> tuple[tuple[Rule, Placement], ...]:
    """Every broken rule with the session that breaks it. What a person has fixed is held to clashes only."""
    return (*_together(request, placements), *_alone(request, placements))


def verify(request: Request, placements: Sequence[Placement]) -> None:
    """Raises AssertionError where a rule is broken."""
    faults = find_faults(request, placements)
    if faults:
        raise AssertionError(f"the timetable breaks its rules: {faults[:3]}")


def _together(request: Request, placements: Sequence[Placement]) -> Iterator[tuple[Rule, Placement]]:
    fixed = set(request.fixed)
    for one in fixed - set(placements):
        yield Rule.FIXED_KEPT, one
    for one, other in combinations(placements, 2):
        if (one.day, one.half) == (other.day, other.half):
            if one.venue == other.venue:
                yield Rule.VENUE_ONCE, other
            if one.speaker == other.speaker:
                yield Rule.SPEAKER_ONCE, other
        if one in fixed and other in fixed:
            continue
        if one.subdistrict == other.subdistrict:
            if one.day == other.day and not request.two_a_day:
                yield Rule.ONE_A_DAY, other
            if one.month == other.month and one.occupation != other.occupation and request.one_a_month:
                fixed_there = {f.occupation for f in fixed if (f.subdistrict, f.month) == (one.subdistrict, one.month)}
                if len(fixed_there) < 2 or not {one.occupation, other.occupation} <= fixed_there:
                    yield Rule.ONE_OCCUPATION, other


def _alone(request: Request, placements: Sequence[Placement]) -> Iterator[tuple[Rule, Placement]]:
    venues = {(venue.subdistrict, venue.name): venue for venue in request.venues}
    speakers = {speaker.name: speaker for speaker in request.speakers}
    monthly = Counter((one.speaker, one.month) for one in placements)
    free = [one for one in placements if one not in set(request.fixed)]
    for one in free:
        venue, speaker = venues.get((one.subdistrict, one.venue)), speakers.get(one.speaker)
        if one.month not in request.months or one.subdistrict not in request.subdistricts:
            yield Rule.DAY_ALLOWED, one
        if not request.day_rule.allows(kind_of_day(one.day)) or (request.not_before and one.day < request.not_before):
            yield Rule.DAY_ALLOWED, one
        if venue is None or not venue.free.hold(one.day, one.half):
            yield Rule.VENUE_FREE, one
        if speaker is None or not speaker.free.hold(one.day, one.half):
            yield Rule.SPEAKER_FREE, one
        if speaker and speaker.teaches and one.occupation not in speaker.teaches:
            yield Rule.SPEAKER_TEACHES, one
        if speaker and speaker.per_month is not None and monthly[one.speaker, one.month] > speaker.per_month:
            yield Rule.SPEAKER_PER_MONTH, one
        if one.occupation not in request.occupations_in(one.month):
            yield Rule.OCCUPATION_IS_ON, one
        if _is_busy(request, one):
            yield Rule.NOT_BUSY, one
    yield from _too_many(request, placements)


def _too_many(request: Request, placements: Sequence[Placement]) -> Iterator[tuple[Rule, Placement]]:
    """More than was asked for, unless a person has fixed so many."""
    if len(placements) > max(request.asked, len(request.fixed)):
        yield Rule.NUMBER, placements[-1]
    if request.quota:
        fixed = Counter(one.subdistrict for one in request.fixed)
        placed = Counter(one.subdistrict for one in placements)
        for one in placements:
            if placed[one.subdistrict] > max(request.quota.get(one.subdistrict, 0), fixed[one.subdistrict]):
                yield Rule.NUMBER, one


def _is_busy(request: Request, one: Placement) -> bool:
    own = {Whose.SUBDISTRICT: one.subdistrict, Whose.VENUE: one.venue, Whose.SPEAKER: one.speaker}
    return any(
        busy.day == one.day and busy.half in (None, one.half) and own[busy.whose] == busy.key for busy in request.busy
    )
