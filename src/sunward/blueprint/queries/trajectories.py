"""The line that a number is to follow, as a drawing: where each point stands on a sheet of 640 × 260."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 616, 24, 212


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    on: date
    value: Decimal
    assumption: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """`anchor`: words of the first and of the last would leave the sheet if they stood in the middle."""

    x: float
    y: float
    on: date
    value: Decimal
    anchor: str


@dataclass(frozen=True, slots=True)
class Level:
    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    marks: tuple[Mark, ...]
    levels: tuple[Level, ...]
    today_x: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    bottom: int = _BOTTOM

    @property
    def line(self) -> str:
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


def draw(points: Sequence[TrajectoryPoint], *, on: date) -> Chart | None:
    """From zero where nothing is below it: a line that begins in the middle looks steeper than it is."""
    if len(points) < 2:
        return None
    values = [point.value for point in points]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    high = high if high > low else low + 1
    first, last = points[0].on, points[-1].on

    def x_of(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - first).days / max(1, (last - first).days), 1)

    def y_of(value: Decimal) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * float((value - low) / (high - low)), 1)

    marks = tuple(
        Mark(x_of(one.on), y_of(one.value), one.on, one.value, _anchor(place, len(points)))
        for place, one in enumerate(points)
    )
    levels = tuple(Level(y_of(value), value) for value in (low, (low + high) / 2, high))
    return Chart(marks, levels, x_of(on) if first <= on <= last else None)


def _anchor(place: int, number: int) -> str:
    return "start" if place == 0 else "end" if place == number - 1 else "middle"
