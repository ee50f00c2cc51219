"""The planner: as many sessions as possible, the fewest changes, as even as can be, then spread over weeks and people.

One stage after the other, each solved to its proof by HiGHS or as far as the time reaches; what a stage has reached is
a rule of the next. Who speaks about what is settled last, for days that then stand. The same request gives the same
plan, unless the time ran out.
"""

import time
from collections.abc import Callable
from math import ceil, isfinite

from sunward.gatherings.roadshow.measures import measure
from sunward.gatherings.roadshow.shapes import Placement, Plan, Proof, Request, Stage, in_order
from sunward.gatherings.roadshow.timetable import Timetable
from sunward.gatherings.roadshow.verification import ImpossibleRequest, clashes_among

SECONDS = 60.0
LEAST_SECONDS = 5.0
TOLERANCE = 0.01
Report = Callable[[Stage, int, int], None]  # the stage that begins, how many are done, how many there are


def plan(request: Request, *, seconds: float = SECONDS, report: Report | None = None) -> Plan:
    """The best timetable found in `seconds` of the clock, with the proof of each stage.

    Raises:
        ImpossibleRequest: if two fixed sessions need one venue or one speaker at once.
    """
    clashes = clashes_among(request.fixed)
    if clashes:
        raise ImpossibleRequest(clashes)
    timetable, ends = Timetable.of(request), time.monotonic() + seconds
    stages = [stage for stage in Stage if stage != Stage.KEPT or request.before]
    best, proofs = in_order(request.fixed), []
    for number, stage in enumerate(stages):
        if report:
            report(stage, number, len(stages))
        best, proof = _solve(timetable, stage, best, seconds=max(LEAST_SECONDS, ends - time.monotonic()))
        proofs.append(proof)
    return Plan(best, tuple(proofs))


def count_places(request: Request, *, seconds: float = SECONDS) -> int:
    """How many sessions can be placed at all; what a changed request would gain is found by asking again."""
    timetable = Timetable.of(request)
    solved = timetable.programme.minimise(timetable.placed(), seconds=seconds)
    return len(request.fixed) if solved.values is None else len(timetable.read(solved.values))


def _solve(
    timetable: Timetable, stage: Stage, best: tuple[Placement, ...], *, seconds: float
) -> tuple[tuple[Placement, ...], Proof]:
    """Better by this stage and no worse by those before; the sessions as they were if the time is too short."""
    began, request = time.monotonic(), timetable.request
    if stage == Stage.PEOPLE:
        timetable.hold_days(best)
    terms = timetable.sought(stage)
    solved = timetable.programme.minimise(terms, seconds=seconds)
    if solved.values is not None:
        best = timetable.read(solved.values)
    value = measure(stage, request, best)
    timetable.programme.hold(terms, most=value + TOLERANCE)
    floor = {Stage.PLACED: -request.asked, Stage.KEPT: -len(request.before)}.get(stage, 0)
    # Only whole numbers are reached: what lies above 287.3 is at least 288.
    bound = max(floor, ceil(solved.bound - TOLERANCE)) if isfinite(solved.bound) else floor
    return best, Proof(stage, value, min(value, bound), time.monotonic() - began)
