"""What lists are like, in the figures that people ask for."""

from __future__ import annotations

import numpy as np

from ..pairing.kernel.vectors import Longs


def measure_coverage(exposure: Longs) -> float:
    """The share of vacancies that anybody is told of; 1 if there are none."""
    return float(np.count_nonzero(exposure) / len(exposure)) if len(exposure) else 1.0


def measure_gini(exposure: Longs) -> float:
    """How unevenly vacancies are shown: 0, all equally often, to nearly 1, one alone; 0 if nothing is shown."""
    total = int(exposure.sum())
    if not total:
        return 0.0
    rank = np.arange(1, len(exposure) + 1)
    return float(2 * (rank @ np.sort(exposure)) / (len(exposure) * total) - (len(exposure) + 1) / len(exposure))
