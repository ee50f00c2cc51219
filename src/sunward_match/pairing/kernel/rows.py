"""Edge lists into compressed rows, by counting sort: linear in the number of edges."""

from __future__ import annotations

import numpy as np

from .compilation import compiled
from .standing import Rows
from .vectors import Ints, Longs


@compiled
def is_in_order(left: Ints, right: Ints) -> bool:
    """Whether the edges are strictly ascending by (left, right), hence also free of duplicates."""
    for edge in range(1, len(left)):
        if left[edge] < left[edge - 1] or (left[edge] == left[edge - 1] and right[edge] <= right[edge - 1]):
            return False
    return True


@compiled
def count_starts(keys: Ints, n_keys: int) -> Longs:
    """``starts[k]`` is where the group of key k begins once sorted; length ``n_keys + 1``."""
    starts = np.zeros(n_keys + 1, np.int64)
    for edge in range(len(keys)):
        starts[keys[edge] + 1] += 1
    for key in range(n_keys):
        starts[key + 1] += starts[key]
    return starts


@compiled
def sort_by(keys: Ints, n_keys: int, partner: Ints, weight: Longs) -> tuple[Ints, Ints, Longs]:
    """The three parallel arrays in ascending order of ``keys``; equal keys keep their order."""
    fill = count_starts(keys, n_keys)
    out_keys, out_partner, out_weight = np.empty_like(keys), np.empty_like(partner), np.empty_like(weight)
    for edge in range(len(keys)):
        at = fill[keys[edge]]
        fill[keys[edge]] += 1
        out_keys[at] = keys[edge]
        out_partner[at] = partner[edge]
        out_weight[at] = weight[edge]
    return out_keys, out_partner, out_weight


@compiled
def keep_best(left: Ints, right: Ints, weight: Longs) -> int:
    """Merge equal neighbours in place, keeping the best weight; returns how many edges are left."""
    kept = 0
    for edge in range(len(left)):
        if kept > 0 and left[edge] == left[kept - 1] and right[edge] == right[kept - 1]:
            weight[kept - 1] = max(weight[kept - 1], weight[edge])
        else:
            left[kept], right[kept], weight[kept] = left[edge], right[edge], weight[edge]
            kept += 1
    return kept


def compress_by_left(left: Ints, right: Ints, weight: Longs, n_left: int, n_right: int) -> Rows:
    """Rows by left index, ascending by right index within a row; of duplicate edges the best weight is kept."""
    if not is_in_order(left, right):
        right, left, weight = sort_by(right, n_right, left, weight)
        left, right, weight = sort_by(left, n_left, right, weight)
        kept = keep_best(left, right, weight)
        left, right, weight = left[:kept], right[:kept], weight[:kept]
    starts = count_starts(left, n_left)
    return Rows(starts[:-1].copy(), starts[1:].copy(), np.ascontiguousarray(right), np.ascontiguousarray(weight))


@compiled
def transpose(rows: Rows, n_columns: int) -> Rows:
    """The same edges seen from the other side."""
    starts = count_starts(rows.other, n_columns)
    fill = starts.copy()
    other, weight = np.empty_like(rows.other), np.empty_like(rows.weight)
    for row in range(len(rows.start)):
        for edge in range(rows.start[row], rows.stop[row]):
            at = fill[rows.other[edge]]
            fill[rows.other[edge]] += 1
            other[at] = row
            weight[at] = rows.weight[edge]
    return Rows(starts[:-1].copy(), starts[1:].copy(), other, weight)


def list_edges(rows: Rows) -> tuple[Ints, Ints, Longs]:
    """Compressed rows back into (left, right, weight); rows may lie anywhere in the pool."""
    sizes = rows.stop - rows.start
    left = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    shift = np.repeat(rows.start - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) if len(sizes) else sizes
    at = np.arange(len(left)) + shift
    return left, rows.other[at], rows.weight[at]
