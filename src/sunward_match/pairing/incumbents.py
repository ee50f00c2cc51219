"""Matches that exist already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..faults import Fault
from .kernel.vectors import Longs
from .table import Id, Table

Standing = Sequence[tuple[Id, Id]]  # (child id, mentor id)


@dataclass(frozen=True, slots=True)
class Incumbents:
    """Existing matches as positions in the two tables; int64 (k,), ascending by child, each child once."""

    child: Longs
    mentor: Longs

    def partner_of_all(self, n_children: int) -> Longs:
        """Each child's present mentor, or -1; int64 (n_children,)."""
        partner = np.full(n_children, -1, np.int64)
        partner[self.child] = self.mentor
        return partner


def find_incumbents(standing: Standing, children: Table, mentors: Table) -> Incumbents:
    """Look ids up; matches of people who are not in the tables are left out (``review`` warns of them)."""
    child_at, mentor_at = children.position, mentors.position
    known = {child_at[c]: mentor_at[m] for c, m in standing if c in child_at and m in mentor_at}
    order = sorted(known)
    return Incumbents(np.array(order, np.int64), np.array([known[child] for child in order], np.int64))


def find_incumbent_faults(standing: Standing, children: Table, mentors: Table) -> Iterator[Fault]:
    """Children matched twice are a fault; matches of unknown people a warning."""
    child_at, mentor_at = children.position, mentors.position
    unknown = sum(1 for child, mentor in standing if child not in child_at or mentor not in mentor_at)
    if unknown:
        sentence = f"{unknown} existing matches name people who are not in the tables; they are left out."
        yield Fault("incumbent_unknown", sentence, {"count": unknown}, is_warning=True)
    twice = len(standing) - len({child for child, _ in standing})
    if twice:
        yield Fault("incumbent_repeated", f"{twice} children have more than one existing match.", {"count": twice})
