"""Words as numbers: texts become sparse rows of length one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .words import Words

Rows = Any  # scipy.sparse.csr_array of float64; scipy carries no types
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RARITY_POWER = 0.7  # how far a rare word outweighs a frequent one; 1 would be the usual tf-idf


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word of the samples, with its column and what its rarity makes it weigh."""

    columns: Mapping[str, int]
    weights: Floats

    @classmethod
    def of(cls, samples: Sequence[Words]) -> Vocabulary:
        """The words of ``samples``, in the order of their first occurrence."""
        times = Counter(word for words in samples for word in words)
        rarity = np.log((1 + len(samples)) / (1 + np.fromiter(times.values(), np.float64, len(times)))) + 1
        return cls({word: column for column, word in enumerate(times)}, rarity**RARITY_POWER)

    def rows(self, texts: Iterable[Words]) -> Rows:
        """One row of length one for each text; a text without a known word is a row of zeros."""
        columns: list[int] = []
        counts: list[float] = []
        ends = [0]
        for words in texts:
            for word, count in words.items():
                column = self.columns.get(word)
                if column is not None:
                    columns.append(column)
                    counts.append(count)
            ends.append(len(columns))
        places, borders = np.array(columns, np.int64), np.array(ends, np.int64)
        values = np.array(counts, np.float64) * self.weights[places]
        owners = np.repeat(np.arange(len(borders) - 1), np.diff(borders))
        lengths = np.sqrt(np.bincount(owners, values**2, len(borders) - 1))
        return sparse.csr_array(
            (values / lengths[owners], places, borders), shape=(len(borders) - 1, len(self.columns))
        )
