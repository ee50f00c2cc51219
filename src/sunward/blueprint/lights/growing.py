"""Counts that grow towards a number: the slope of the last periods carried on to the deadline, and the distance from
the line today. Both good is green, one of them amber, neither red.

The slope is the least that the reports vouch for: where the report at its beginning is missing, the next one serves,
which can only be higher. So a report fewer never makes a line steeper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sunward.blueprint.lights.light import C, Light, Point, Reading, Why, expected, light

# Periods by which the slope is taken.
WINDOW = 4


@dataclass(frozen=True, slots=True)
class Growing:
    """`totals`: what was reached by the end of each period that is over, from `starts_on`.

    `line` may be empty: then the way from the start to the number is straight. `decided_on` is the deadline that was
    decided, `due_on` the one that an extension set, if any. `is_ceiling`: the number is not to be passed.
    """

    starts_on: date
    start: Decimal
    target: Decimal
    decided_on: date
    due_on: date
    line: tuple[Point, ...]
    totals: tuple[Reading, ...]
    is_ceiling: bool = False

    @property
    def way(self) -> tuple[Point, ...]:
        """The line with its two ends, which are there whatever was laid out."""
        middle = [point for point in self.line if self.starts_on < point.on < self.decided_on]
        first = next((point.value for point in self.line if point.on <= self.starts_on), self.start)
        return (Point(self.starts_on, first), *middle, Point(self.decided_on, self.target))


def light_growing(asked: Growing, *, on: date) -> Light:
    if on < asked.starts_on or asked.decided_on <= asked.starts_on:
        return light(C.GREY, Why.NOT_BEGUN, day=asked.starts_on)
    known = [reading for reading in asked.totals if reading.value is not None]
    reached = known[-1].value if known else None
    if not asked.is_ceiling and reached is not None and reached >= asked.target:
        return _reached(asked, reached)
    if not asked.is_ceiling and on > asked.due_on:
        return _passed(asked, reached)
    if not asked.totals:
        return light(C.GREY, Why.TOO_EARLY)
    if asked.totals[-1].value is None or reached is None:
        return light(C.GREY, Why.UNREPORTED, day=asked.totals[-1].last)
    return _ceiling(asked, reached) if asked.is_ceiling else _judge(asked, reached)


def _reached(asked: Growing, reached: Decimal) -> Light:
    told = {"reached": reached, "target": asked.target}
    if _was_missed(asked, Point(asked.decided_on, asked.target)):
        return light(C.CAUGHT_UP, Why.REACHED_LATE, day=asked.decided_on, **told)
    return light(C.GREEN, Why.REACHED, **told)


def _passed(asked: Growing, reached: Decimal | None) -> Light:
    """After the deadline nothing has to be told any more for it to be late: whatever is not known to be done is not."""
    if reached is None:
        return light(C.RED, Why.DEADLINE_PASSED, day=asked.due_on)
    return light(C.RED, Why.DEADLINE_PASSED, day=asked.due_on, reached=reached, target=asked.target)


def _judge(asked: Growing, reached: Decimal) -> Light:
    last = asked.totals[-1].last
    wanted = expected(asked.way, last)
    ahead = _projection(asked, reached)
    told = {"reached": reached, "wanted": _told(wanted), "ahead": _told(ahead), "target": asked.target}
    match reached >= wanted, ahead >= asked.target:
        case True, True:
            missed = _last_missed(asked)
            if missed is not None:
                return light(C.CAUGHT_UP, Why.ON_COURSE_AGAIN, day=missed.on, value=_told(missed.value), **told)
            return light(C.GREEN, Why.ON_COURSE, **told)
        case False, True:
            return light(C.AMBER, Why.BEHIND_BUT_GAINING, **told)
        case True, False:
            return light(C.AMBER, Why.SLOWING, **told)
        case _:
            return light(C.RED, Why.FALLS_SHORT, **told)


def _ceiling(asked: Growing, reached: Decimal) -> Light:
    """What is to stay below a number: the more, the worse."""
    ahead = _projection(asked, reached)
    told = {"reached": reached, "target": asked.target}
    if reached > asked.target:
        return light(C.RED, Why.OVER_LIMIT, **told)
    if ahead > asked.target:
        return light(C.AMBER, Why.NEARS_LIMIT, ahead=_told(ahead), **told)
    return light(C.GREEN, Why.WITHIN_LIMIT, **told)


def _projection(asked: Growing, reached: Decimal) -> Decimal:
    """What is reached at the deadline if it goes on as in the last periods."""
    last = asked.totals[-1].last
    base_on, base = _base(asked)
    days_left = (asked.due_on - last).days
    if days_left <= 0 or last <= base_on:
        return reached
    return reached + (reached - base) * days_left / (last - base_on).days


def _base(asked: Growing) -> tuple[date, Decimal]:
    """The day on which the window begins, and what was surely reached by then at most (a ceiling: at least)."""
    at = len(asked.totals) - 1 - WINDOW
    if at < 0:
        return asked.starts_on, asked.way[0].value
    begins_on = asked.totals[at].last
    if asked.is_ceiling:
        before = [one.value for one in asked.totals[: at + 1] if one.value is not None]
        return begins_on, before[-1] if before else asked.way[0].value
    after = [one.value for one in asked.totals[at:] if one.value is not None]
    return begins_on, after[0]


def _last_missed(asked: Growing) -> Point | None:
    """The last point of the line that has passed, if it was missed on its day: what stands well now was caught up."""
    last = asked.totals[-1].last
    passed = [point for point in asked.way[1:] if point.on <= last and not point.is_fixed]
    return passed[-1] if passed and _was_missed(asked, passed[-1]) else None


def _was_missed(asked: Growing, point: Point) -> bool:
    """Not vouched for by the end of the period in which its day lies. What nobody reported then counts as missed."""
    told = next((one for one in asked.totals if one.last >= point.on), None)
    if told is None:
        return False
    return told.value is None or told.value < point.value


def _told(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def missed_points(asked: Growing) -> Sequence[Point]:
    """All points of the line that passed unreached, the earliest first: they stay told whatever was caught up."""
    ends = asked.totals[-1].last if asked.totals else asked.starts_on
    return [point for point in asked.way[1:] if point.on <= ends and not point.is_fixed and _was_missed(asked, point)]
