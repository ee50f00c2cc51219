"""Places on the plane: from degrees to kilometres, good to a few metres within one city.

Coordinates are projected with one scale for the middle latitude of all places (equirectangular; the lengths of a
degree are those of WGS 84). Within 100 km the error against the ellipsoid stays below 0.3 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .kernel.vectors import Flags, Floats, Ints, Longs
from .table import Table, as_floats, is_missing


@dataclass(frozen=True, slots=True)
class Places:
    """Where one side lives: kilometres east and north, NaN if unknown, and the number of the unit, -1 if unknown."""

    x_km: Floats
    y_km: Floats
    unit: Longs

    @property
    def is_known(self) -> Flags:
        """Whether the coordinates are known."""
        known: Flags = ~(np.isnan(self.x_km) | np.isnan(self.y_km))
        return known

    @property
    def points(self) -> Floats:
        """Coordinates as (n, 2)."""
        return np.stack([self.x_km, self.y_km], axis=1)


def locate(children: Table, mentors: Table, *, lon: str, lat: str, unit: str) -> tuple[Places, Places, tuple[str, ...]]:
    """The places of both sides on one plane, and the names of the units in the order of their numbers.

    Columns that a table lacks count as unknown throughout.
    """
    latitude = np.concatenate([coordinates(children, lat), coordinates(mentors, lat)])
    known = latitude[~np.isnan(latitude)]
    middle = math.radians((float(known.min()) + float(known.max())) / 2) if len(known) else 0.0
    names = [unit_names(children, unit), unit_names(mentors, unit)]
    units = sorted({*names[0].tolist(), *names[1].tolist()} - {""})
    sides = [
        place_side(table, lon, lat, middle, number_units(own, units))
        for table, own in zip((children, mentors), names, strict=True)
    ]
    return sides[0], sides[1], tuple(units)


def place_side(table: Table, lon: str, lat: str, middle: float, unit: Longs) -> Places:
    """Project one side; ``middle`` is the latitude of the projection in radians."""
    x_km = coordinates(table, lon) * (111.41288 * math.cos(middle) - 0.09350 * math.cos(3 * middle))
    y_km = coordinates(table, lat) * (111.13209 - 0.56605 * math.cos(2 * middle))
    return Places(x_km, y_km, unit)


def coordinates(table: Table, name: str) -> Floats:
    """A column of degrees; infinite values count as unknown, like NaN."""
    values = as_floats(table[name]) if name in table else np.full(len(table), np.nan)
    return np.where(np.isfinite(values), values, np.nan)


def unit_names(table: Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """The unit column as text, empty where unknown."""
    if name not in table:
        return np.full(len(table), "", dtype=np.str_)
    return np.where(is_missing(table[name]), "", table[name].astype(np.str_))


def number_units(names: np.ndarray[tuple[int], np.dtype[np.str_]], units: list[str]) -> Longs:
    """Each name's position among ``units``, -1 where unknown."""
    if not units:
        return np.full(len(names), -1, np.int64)
    at = np.searchsorted(np.array(units), names)
    return np.where(names == "", -1, at).astype(np.int64)


def measure_km(one: Places, first: Ints, other: Places, second: Ints) -> Floats:
    """Distance from ``one`` at positions ``first`` to ``other`` at ``second``, in kilometres; NaN where unknown."""
    distance: Floats = np.hypot(one.x_km[first] - other.x_km[second], one.y_km[first] - other.y_km[second])
    return distance
