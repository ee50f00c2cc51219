"""Things that are to be there by a day: accepted evidence, or the steps on the way and the days that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sunward.blueprint.lights.light import C, Light, Why, light

# So many days before the deadline somebody should have something to show.
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A milestone; `reached_on` with evidence."""

    text: str
    due_on: date
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Deliverable:
    """`due_on`: the deadline, or where there is no end the day of the next review.

    `is_claimed`: it is said to be done, with evidence that waits for acceptance; `is_in_time`: done by the deadline, as
    it says. `is_waiting`: another line had to be done by now and is not.
    """

    due_on: date
    steps: tuple[PlannedStep, ...] = ()
    is_claimed: bool = False
    is_in_time: bool = False
    is_waiting: bool = False
    has_end: bool = True


def light_deliverable(asked: Deliverable, *, on: date) -> Light:
    """Before any step was due or reached there is nothing to go by, and it is grey."""
    if asked.has_end and on > asked.due_on:
        if asked.is_claimed and asked.is_in_time:
            return light(C.AMBER, Why.HANDED_IN)
        return light(C.RED, Why.DEADLINE_PASSED, day=asked.due_on)
    passed = sorted((step for step in asked.steps if step.due_on <= on), key=lambda step: step.due_on)
    late = [step for step in passed if not _is_reached(step, on) and step.due_on < on]
    if late:
        return light(C.RED, Why.STEP_LATE, step=late[0].text, day=late[0].due_on, late=len(late))
    return _judge(asked, passed, on)


def _judge(asked: Deliverable, passed: Sequence[PlannedStep], on: date) -> Light:
    days_left = (asked.due_on - on).days
    if asked.has_end and days_left <= SOON_DAYS and not asked.is_claimed:
        return light(C.AMBER, Why.DUE_SOON, days=days_left)
    reached = [step for step in asked.steps if _is_reached(step, on)]
    if not reached:
        return light(C.AMBER, Why.HANDED_IN) if asked.is_claimed else light(C.GREY, Why.NO_STEPS)
    if asked.is_waiting:
        return light(C.AMBER, Why.WAITS_FOR_OTHER)
    caught_up = [step for step in passed if step.reached_on is not None and step.reached_on > step.due_on]
    if passed and caught_up and caught_up[-1].due_on == passed[-1].due_on:
        return light(C.CAUGHT_UP, Why.STEP_REACHED_LATE, step=caught_up[-1].text, day=caught_up[-1].due_on)
    return light(C.GREEN, Why.STEPS_REACHED, reached=len(reached), steps=len(asked.steps))


def _is_reached(step: PlannedStep, on: date) -> bool:
    return step.reached_on is not None and step.reached_on <= on
