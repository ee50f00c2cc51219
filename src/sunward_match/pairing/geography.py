"""Places in space: from degrees to kilometres, the same for one person whoever else there is.

Longitude and latitude become Cartesian coordinates on the ellipsoid of WGS 84; a distance is the straight line through
them, which within 100 km is shorter than the way over the ground by less than 2 metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .kernel.vectors import Flags, Floats, Ints, Longs
from .table import Table, as_floats, is_missing

EQUATOR_KM = 6378.137
ECCENTRICITY = 0.00669437999014  # squared


@dataclass(frozen=True, slots=True)
class Places:
    """Where one side lives: kilometres from the middle of the earth along three axes, NaN if unknown; float64 (n,).

    ``unit`` is the number of the unit, -1 if unknown; int64 (n,).
    """

    x_km: Floats
    y_km: Floats
    z_km: Floats
    unit: Longs

    @property
    def is_known(self) -> Flags:
        """Whether the coordinates are known."""
        known: Flags = ~np.isnan(self.x_km)
        return known

    @property
    def points(self) -> Floats:
        """Coordinates as (n, 3)."""
        return np.stack([self.x_km, self.y_km, self.z_km], axis=1)


def locate(children: Table, mentors: Table, *, lon: str, lat: str, unit: str) -> tuple[Places, Places, tuple[str, ...]]:
    """The places of both sides, and the names of the units in the order of their numbers.

    Columns that a table lacks count as unknown throughout.
    """
    names = [unit_names(children, unit), unit_names(mentors, unit)]
    units = sorted({*names[0].tolist(), *names[1].tolist()} - {""})
    sides = [
        place_side(table, lon, lat, number_units(own, units))
        for table, own in zip((children, mentors), names, strict=True)
    ]
    return sides[0], sides[1], tuple(units)


def place_side(table: Table, lon: str, lat: str, unit: Longs) -> Places:
    """One side in space."""
    east, north = np.radians(coordinates(table, lon)), np.radians(coordinates(table, lat))
    radius = EQUATOR_KM / np.sqrt(1 - ECCENTRICITY * np.sin(north) ** 2)
    flat = radius * np.cos(north)
    # Adding the other angle makes all three unknown where one is.
    return Places(
        flat * np.cos(east), flat * np.sin(east), (1 - ECCENTRICITY) * radius * np.sin(north) + 0 * east, unit
    )


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
    square = (one.x_km[first] - other.x_km[second]) ** 2
    square += (one.y_km[first] - other.y_km[second]) ** 2
    square += (one.z_km[first] - other.z_km[second]) ** 2
    distance: Floats = np.sqrt(square, out=square)
    return distance
