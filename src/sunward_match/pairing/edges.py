"""Candidate edges with what rules and criteria may ask about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .geography import Places, measure_km
from .kernel.vectors import Column, Flags, Floats, Ints
from .table import Table


@dataclass(frozen=True, slots=True)
class Edges:
    """Candidate pairs: ``child[k]`` and ``mentor[k]`` are positions in the two tables; int32 (m,), both.

    This is what a pair rule or a criterion is called with. Every answer has one entry per candidate.
    """

    children: Table
    mentors: Table
    child: Ints
    mentor: Ints
    child_places: Places
    mentor_places: Places

    def __len__(self) -> int:
        return len(self.child)

    def of_child(self, name: str) -> Column:
        """The child's value of a column, per candidate."""
        return self.children[name][self.child]

    def of_mentor(self, name: str) -> Column:
        """The mentor's value of a column, per candidate."""
        return self.mentors[name][self.mentor]

    @property
    def distance_km(self) -> Floats:
        """How far apart the two live, as the crow flies; NaN if either place is unknown. Computed at every call."""
        return measure_km(self.child_places, self.child, self.mentor_places, self.mentor)

    def where(self, keep: Flags) -> Edges:
        """Only the candidates marked."""
        return self.at(self.child[keep], self.mentor[keep])

    def at(self, child: Ints, mentor: Ints) -> Edges:
        """Other candidates among the same people."""
        return Edges(self.children, self.mentors, child, mentor, self.child_places, self.mentor_places)

    def slices(self, size: int) -> Iterator[Edges]:
        """The candidates in pieces of at most ``size``, so that intermediate columns stay small."""
        for start in range(0, len(self), size):
            yield self.at(self.child[start : start + size], self.mentor[start : start + size])


def sort_key(edges: Edges) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """One number per candidate, ascending by child, then mentor."""
    return edges.child.astype(np.int64) * max(len(edges.mentors), 1) + edges.mentor
