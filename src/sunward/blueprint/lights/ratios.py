"""Percentages, judged by rules of run charts: by runs of points, never by one month against another.

A shift is six or more points in a row on one side of the line, a trend five or more that all fall; points on the line
neither make nor break a run: R. J. Perla, L. P. Provost, S. K. Murray, The run chart: a simple analytical tool for
learning from variation in healthcare processes, BMJ Quality & Safety 20 (2011) 46-51. The line here is the one that was
laid out, not the median of the points: a point that is taken away cannot move it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

from sunward.blueprint.lights.light import C, Light, Point, Reading, Why, expected, light

SHIFT, TREND = 6, 5
# How many of the last points take part in a light: a run, and one that was over not longer than a run ago.
RUNS_SEEN = 2 * SHIFT


@dataclass(frozen=True, slots=True)
class Ratio:
    """`points`: one for each period that is over; None where nobody reported, or there was nothing to divide by.

    `line` has one point at least. `is_ceiling`: the less, the better.
    """

    line: tuple[Point, ...]
    points: tuple[Reading, ...]
    is_ceiling: bool = False


def light_ratio(asked: Ratio) -> Light:
    latest = asked.points[-SHIFT:]
    missing = [point for point in latest if point.value is None]
    if missing:
        return light(C.GREY, Why.UNREPORTED, day=missing[-1].last)
    if len(latest) < SHIFT:
        return light(C.GREY, Why.FEW_POINTS, points=len(latest), wanted=SHIFT)
    return _judge(asked, latest)


def _judge(asked: Ratio, latest: Sequence[Reading]) -> Light:
    away = [_distance(asked, point) for point in latest]
    known = [distance for distance in away if distance is not None]
    if has_shift(away):
        return light(C.RED, Why.SHIFT, points=SHIFT)
    if has_trend([_worth(asked, point) for point in latest[-TREND:]]):
        return light(C.AMBER, Why.TREND, points=TREND)
    if median(known) < 0:
        return light(C.AMBER, Why.MOSTLY_BEHIND, points=SHIFT)
    if _was_shifted(asked):
        return light(C.CAUGHT_UP, Why.BACK_ON_LINE, points=SHIFT)
    return light(C.GREEN, Why.NO_SIGNAL, points=SHIFT)


def has_shift(away: Sequence[Decimal | None]) -> bool:
    """All on the bad side. A point on the line does not count; what nobody reported is taken for bad."""
    counted = [distance for distance in away if distance != 0]
    return len(counted) >= SHIFT and all(distance is None or distance < 0 for distance in counted)


def has_trend(worths: Sequence[Decimal | None]) -> bool:
    """Each is worse than the one before."""
    steps = pairwise(worths)
    return len(worths) >= TREND and all(
        before is not None and after is not None and after < before for before, after in steps
    )


def _was_shifted(asked: Ratio) -> bool:
    """A run that was over not longer than another run ago: what stands well now has been caught up."""
    away = [_distance(asked, point) for point in asked.points]
    ends = range(max(SHIFT, len(away) - SHIFT), len(away))
    return any(has_shift(away[end - SHIFT : end]) for end in ends)


def _distance(asked: Ratio, point: Reading) -> Decimal | None:
    """Above zero where it is better than the line."""
    worth = _worth(asked, point)
    wanted = expected(asked.line, point.last)
    return None if worth is None else worth - (-wanted if asked.is_ceiling else wanted)


def _worth(asked: Ratio, point: Reading) -> Decimal | None:
    if point.value is None:
        return None
    return -point.value if asked.is_ceiling else point.value
