"""Compressed rows that can grow: new rows at the end of the pool, longer rows by moving them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .compilation import compiled
from .standing import Rows
from .vectors import Column, Ints, Longs

A = TypeVar("A", bound=Column)


def grown(column: A, size: int, fill: int) -> A:
    """``column`` itself if it is long enough, else a copy of at least ``size``, the new part filled with ``fill``."""
    if len(column) >= size:
        return column
    longer = np.full(max(size, len(column) + len(column) // 2 + 16), fill, column.dtype)
    longer[: len(column)] = column
    return longer  # type: ignore[return-value]  # same type, other length


@dataclass(slots=True)
class GrowingRows:
    """Rows with spare room. Row r may grow up to ``limit[r]`` where it is; the pool is in use up to ``used``."""

    rows: Rows
    limit: Longs
    used: int

    @classmethod
    def of(cls, rows: Rows) -> GrowingRows:
        """Tight rows, as compressed, with room in the pool, so that the first change does not wait for it."""
        growing = cls(rows, rows.stop.copy(), len(rows.other))
        growing._make_pool(len(rows.other) + len(rows.other) // 4 + 16)
        return growing

    def append_row(self, row: int, other: Ints, weight: Longs) -> None:
        """Give the empty row ``row``, which may lie beyond the present end, its first entries."""
        self._make_rows(row + 1)
        self._make_pool(self.used + len(other))
        rows = self.rows
        rows.start[row], rows.stop[row] = self.used, self.used + len(other)
        rows.other[self.used : self.used + len(other)] = other
        rows.weight[self.used : self.used + len(other)] = weight
        self.limit[row] = self.used = self.used + len(other)

    def extend_rows(self, row: Ints, other: int, weight: Longs) -> None:
        """Add the entry ``other`` to each of some rows, none of them named twice."""
        sizes = self.rows.stop[row] - self.rows.start[row]
        self._make_pool(self.used + int(2 * sizes.sum()) + 4 * len(row))
        self.used = extend(self.rows, self.limit, self.used, row, other, weight)

    def _make_rows(self, size: int) -> None:
        rows = self.rows
        self.limit = grown(self.limit, size, 0)
        self.rows = rows._replace(start=grown(rows.start, size, 0), stop=grown(rows.stop, size, 0))

    def _make_pool(self, size: int) -> None:
        rows = self.rows
        self.rows = rows._replace(other=grown(rows.other, size, 0), weight=grown(rows.weight, size, 0))


@compiled
def extend(rows: Rows, limit: Longs, used: int, row: Ints, other: int, weight: Longs) -> int:
    """Add one entry to each row, moving full rows to the end of the pool; returns how much of it is in use then."""
    for position in range(len(row)):
        at = row[position]
        size = rows.stop[at] - rows.start[at]
        if rows.stop[at] == limit[at]:
            for offset in range(size):
                rows.other[used + offset] = rows.other[rows.start[at] + offset]
                rows.weight[used + offset] = rows.weight[rows.start[at] + offset]
            rows.start[at], rows.stop[at] = used, used + size
            used += 2 * size + 4
            limit[at] = used
        rows.other[rows.stop[at]] = other
        rows.weight[rows.stop[at]] = weight[position]
        rows.stop[at] += 1
    return used
