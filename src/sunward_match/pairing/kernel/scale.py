"""Fit as exact integers, and the size of one tier step.

*Units.* A float weight w becomes ``rint(w * 1_000_000)`` units; an integer weight is taken as units as it is. All
arithmetic after this point is exact.

*Tier step.* Serving a child whose tier ranks r-th from below (0 = lowest tier present) is worth ``(r + 1) * step``.
Two pairings differ by paths and cycles, and one path changes at most ``2K + 1`` edges, where K is the most children
that can be served at once. So with R the largest absolute weight, ``step = 2 * (2K + 2) * R + 1`` makes one more child
served, or one child of a higher tier in place of a lower one, outweigh anything fit can do; half a step is left over,
so that every price splits without doubt into whole steps and fit. Because the servable sets of children form a
matroid, improving by single exchanges is enough and the step need not grow from tier to tier (Edmonds 1971).
"""

from __future__ import annotations

import numpy as np

from .vectors import Column, Longs

UNITS_PER_POINT = 1_000_000
LARGEST_WEIGHT = 10**15  # in units; leaves room for steps
LARGEST_REWARD = 2**59  # in units; sums of a reward, a price and a distance stay below 2**62


def is_exact(weight: Column) -> bool:
    """Whether the weights are given as integer units already."""
    return weight.dtype.kind in "iu"


def scale_weight(weight: Column) -> Longs:
    """Weights in units, int64, same shape. The caller has made sure that they are finite and in range."""
    if is_exact(weight):
        return np.ascontiguousarray(weight, dtype=np.int64)
    return np.rint(np.asarray(weight, dtype=np.float64) * UNITS_PER_POINT).astype(np.int64)


def size_step(largest: int, most_served: int) -> int:
    """The worth of one tier step in units, for weights of at most ``largest`` in absolute value."""
    return 2 * (2 * most_served + 2) * largest + 1


def split_price(price: Longs, step: int) -> tuple[Longs, Longs]:
    """Every price as (whole tier steps, units of fit): ``price == steps * step + fit`` with ``2 * |fit| < step``."""
    steps = (price + step // 2) // step
    return steps, price - steps * step
