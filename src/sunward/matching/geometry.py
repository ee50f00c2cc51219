"""Where everybody stands on the drawn district: a fixed place in its sub-district for every committee.

The place of a committee is a drawing too: spread evenly over its sub-district, always at the same spot, never measured.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from sunward.accounts.outlines import Point, Shape, district_sheet

_TRIES = 4000
# Fractions of the plastic number: points that follow each other never cluster (the R2 sequence).
_R2 = (0.7548776662466927, 0.5698402909980532)


def spread(shape: Shape, count: int) -> tuple[Point, ...]:
    """So many places within the shape, evenly spread and always the same."""
    xs, ys = [p[0] for p in shape.ring], [p[1] for p in shape.ring]
    room = 0.35 * math.sqrt(abs(_area(shape.ring)) / max(count, 1))
    places: list[Point] = []
    for inset in (min(18.0, room), 6.0, 0.0):
        places = []
        for step in range(1, _TRIES):
            x = min(xs) + (0.5 + step * _R2[0]) % 1 * (max(xs) - min(xs))
            y = min(ys) + (0.5 + step * _R2[1]) % 1 * (max(ys) - min(ys))
            if contains(shape.ring, (x, y)) and edge_distance(shape.ring, (x, y)) >= inset:
                places.append((x, y))
                if len(places) == count:
                    return tuple(places)
    return tuple(places + [shape.middle] * (count - len(places)))


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def edge_distance(ring: Sequence[Point], point: Point) -> float:
    return min(_to_segment(point, a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


def _to_segment(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
    share = max(0.0, min(1.0, share))
    return math.hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)


def _area(ring: Sequence[Point]) -> float:
    return 0.5 * sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True))


@lru_cache(maxsize=64)
def committee_places(shape_code: str, committees: tuple[str, ...]) -> dict[str, Point]:
    """Where each committee of a sub-district stands on the sheet."""
    shape = district_sheet().shapes[shape_code]
    return dict(zip(sorted(committees), spread(shape, len(committees)), strict=True))
