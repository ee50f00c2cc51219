"""Names for the array types that travel between the modules of the engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]  # indices of children or mentors
Longs = npt.NDArray[np.int64]  # units of fit, prices, positions in an edge list
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]  # one column of a table, whatever its type


def exact_sum(values: Longs) -> int:
    """The sum of 64-bit integers as an unbounded Python integer; numpy's own sum would wrap round silently."""
    high = values >> 32
    low = values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())
