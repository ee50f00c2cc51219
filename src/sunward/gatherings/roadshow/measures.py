"""What each stage seeks, counted from the sessions themselves: the planner's figures are held against these."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from sunward.gatherings.roadshow.days import WEEK, week_of
from sunward.gatherings.roadshow.shapes import Placement, Request, Stage

# What the square of a count weighs among the others of its stage, if not 1.
SUBDISTRICTS, CELLS, MONTHS = 8.0, 2.0, 1.0
FORTNIGHTS, REPEATS = 3.0, 2.0


def measure(stage: Stage, request: Request, placements: Sequence[Placement]) -> float:
    """The smaller the better."""
    if stage == Stage.PLACED:
        return -len(placements)
    if stage == Stage.KEPT:
        return -len(set(request.before) & set(placements))
    if stage == Stage.EVEN:
        return (
            SUBDISTRICTS * squares(one.subdistrict for one in placements)
            + CELLS * squares((one.subdistrict, one.month) for one in placements)
            + MONTHS * squares(one.month for one in placements)
        )
    if stage == Stage.WEEKS:
        weeks = [(one.subdistrict, week_of(one.day)) for one in placements]
        fortnights = [*weeks, *((key, week - WEEK) for key, week in weeks)]
        return (
            FORTNIGHTS * squares(fortnights)
            + squares(week for _, week in weeks)
            + squares(one.day for one in placements)
        )
    return (
        squares(one.speaker for one in placements)
        + squares(one.occupation for one in placements)
        + REPEATS
        * squares((key, what) for key, _month, what in {(p.subdistrict, p.month, p.occupation) for p in placements})
    )


def squares(things: Iterable[Hashable]) -> int:
    """The sum of the squares of how often each occurs: least where they are spread evenly."""
    return sum(number * number for number in Counter(things).values())
