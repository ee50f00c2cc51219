"""A line that was closed: what was really done decides, and the day on which it was."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sunward.blueprint.lights.light import C, Light, Why, light


@dataclass(frozen=True, slots=True)
class Closed:
    """`done_on` is the day of the completion that was accepted; `reached` what was really done, of `target`."""

    done_on: date
    decided_on: date | None
    reached: Decimal | None = None
    target: Decimal | None = None
    is_ceiling: bool = False


def light_closed(asked: Closed) -> Light:
    """Eight of ten stay eight of ten, closed or not."""
    if asked.target is not None and _falls_short(asked, asked.target):
        told: dict[str, Decimal | str] = {"target": asked.target}
        told["reached"] = "—" if asked.reached is None else asked.reached
        return light(C.RED, Why.CLOSED_SHORT, **told)
    if asked.decided_on is not None and asked.done_on > asked.decided_on:
        return light(C.CAUGHT_UP, Why.CLOSED_LATE, day=asked.decided_on, done=asked.done_on)
    return light(C.GREEN, Why.CLOSED, done=asked.done_on)


def _falls_short(asked: Closed, target: Decimal) -> bool:
    if asked.reached is None:
        return True
    return asked.reached > target if asked.is_ceiling else asked.reached < target
