"""A district drawn from polygons: its sub-districts projected onto a sheet, north up. A drawing, never a survey."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WIDTH = 1000.0
MARGIN = 24.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One sub-district on the sheet."""

    code: str
    name: str
    ring: tuple[Point, ...]
    middle: Point

    @property
    def path(self) -> str:
        """The outline as SVG path data."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.ring) + "Z"


@dataclass(frozen=True, slots=True)
class Sheet:
    width: float
    height: float
    shapes: dict[str, Shape]


@lru_cache(maxsize=1)
def district_sheet() -> Sheet:
    """The schematic district, north up."""
    text = files("sunward.accounts").joinpath("data/subdistricts_schematic.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    rings = {
        feature["properties"]["code"]: [tuple(point) for point in feature["geometry"]["coordinates"][0]]
        for feature in features
    }
    every = [point for ring in rings.values() for point in ring]
    west, east = min(p[0] for p in every), max(p[0] for p in every)
    south, north = min(p[1] for p in every), max(p[1] for p in every)
    across = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * across)

    def project(point: Point) -> Point:
        return (MARGIN + (point[0] - west) * across * scale, MARGIN + (north - point[1]) * scale)

    shapes = {
        feature["properties"]["code"]: draw(
            feature["properties"]["code"], feature["properties"]["name"],
            [project(point) for point in rings[feature["properties"]["code"]]],
        )
        for feature in features
    }  # fmt: skip
    return Sheet(WIDTH, (north - south) * scale + 2 * MARGIN, shapes)


def draw(code: str, name: str, ring: Sequence[Point]) -> Shape:
    return Shape(code, name, tuple(ring), centre(ring))


def centre(ring: Sequence[Point]) -> Point:
    """The centre of gravity of the area."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = ax * by - bx * ay
        area += part
        x += (ax + bx) * part
        y += (ay + by) * part
    return (x / (3 * area), y / (3 * area)) if area else ring[0]
