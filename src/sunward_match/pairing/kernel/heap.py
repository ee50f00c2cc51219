"""A binary heap of mentors that knows where each one sits, so that a label can be lowered in place.

Order is (label, index): equal labels leave the heap lowest index first, which makes every search deterministic.
``heap[:size]`` holds mentors, ``where[mentor]`` is its position or -1, ``label[mentor]`` is its key.
"""

from __future__ import annotations

from .compilation import compiled
from .standing import NONE
from .vectors import Ints, Longs

ROOT = NONE


@compiled
def sift_up(heap: Ints, where: Ints, label: Longs, at: int) -> None:
    """Move the entry at position ``at`` towards the root until its parent is no greater."""
    item = heap[at]
    key = label[item]
    while at > 0:
        parent = (at - 1) >> 1
        other = heap[parent]
        if label[other] < key or (label[other] == key and other < item):
            break
        heap[at] = other
        where[other] = at
        at = parent
    heap[at] = item
    where[item] = at


@compiled
def sift_down(heap: Ints, where: Ints, label: Longs, at: int, size: int) -> None:
    """Move the entry at position ``at`` towards the leaves until no child is smaller."""
    item = heap[at]
    key = label[item]
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        other = heap[below]
        if below + 1 < size:
            right = heap[below + 1]
            if label[right] < label[other] or (label[right] == label[other] and right < other):
                below += 1
                other = right
        if label[other] > key or (label[other] == key and other > item):
            break
        heap[at] = other
        where[other] = at
        at = below
    heap[at] = item
    where[item] = at


@compiled
def pop(heap: Ints, where: Ints, label: Longs, size: int) -> int:
    """Take the root off a heap of ``size`` entries; the caller has read ``heap[0]`` and goes on with ``size - 1``."""
    where[heap[0]] = -1
    size -= 1
    if size > 0:
        heap[0] = heap[size]
        sift_down(heap, where, label, ROOT, size)
    return size
