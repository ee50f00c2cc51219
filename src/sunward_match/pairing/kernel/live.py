"""A pairing that is kept optimal while the world changes, one change at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ...faults import Fault, refuse
from .growth import append_row, extend_row, grown
from .problem import Problem, check_index, check_weight, state_problem
from .rows import list_edges, transpose
from .scale import LARGEST_REWARD, scale_weight, size_step
from .search import close_place, fill_place, insert_child, lower_prices
from .solver import Pairing, read_pairing, solve
from .standing import GONE, Rows, open_scratch, seat_child, unseat_child
from .vectors import Ints, Longs

ROOM = 1024  # how many more children can be served before the tier step has to grow


@dataclass(frozen=True, slots=True)
class Change:
    """What one change did: ``moved`` lists (child, mentor before, mentor after), -1 for nobody, ascending by child."""

    moved: tuple[tuple[int, int, int], ...]


class LivePairing:
    """An optimal pairing that is repaired, not solved again, when one child or one place comes or goes.

    Takes the same input as ``pair``. After every change the pairing is optimal for what it now contains; ``read``
    gives it with smallest prices and a certificate. Children and mentors keep their indices; new ones get the next.
    The weights of later edges must be of the same kind (floats or units) as those at the beginning.
    """

    def __init__(
        self,
        left: npt.ArrayLike,
        right: npt.ArrayLike,
        weight: npt.ArrayLike,
        *,
        n_left: int,
        n_right: int,
        capacity: npt.ArrayLike | None = None,
        tier: npt.ArrayLike | None = None,
    ) -> None:
        """Solve the problem once. Raises ``InputError`` as ``pair`` does."""
        self._begin(state_problem(left, right, weight, n_left=n_left, n_right=n_right, capacity=capacity, tier=tier))

    @property
    def n_left(self) -> int:
        """How many child indices are in use, children who have left included."""
        return self._n_left

    @property
    def n_right(self) -> int:
        """How many mentor indices are in use."""
        return self._n_right

    @property
    def partner(self) -> Ints:
        """Each child's mentor, or -1; int32 (n_left,)."""
        return self._standing.seat[: self._n_left].copy()

    def add_child(
        self, mentors: npt.ArrayLike, weight: npt.ArrayLike, *, tier: int | None = None
    ) -> tuple[int, Change]:
        """A new child with her eligible mentors; returns her index and what changed. Default tier: the lowest."""
        mentor_ids, units = self._check_edges("mentors", mentors, weight, self._n_right)
        child = self._n_left
        before = self._standing.seat.copy()
        self._admit_tier(self._tiers[0] if tier is None else tier)
        self._make_room(largest=units)
        self._append_child(mentor_ids, units, self._tiers[0] if tier is None else tier)
        insert_child(self._standing, self._scratch, child)
        return child, self._report(before)

    def remove_child(self, child: int) -> Change:
        """The child leaves; her place, if she had one, goes to whoever it is worth most to."""
        self._check_present(child)
        before = self._standing.seat.copy()
        standing, mentor = self._standing, int(self._standing.seat[child])
        if mentor >= 0:
            unseat_child(standing, child)
        self._rank[child] = -1
        standing.reward[child] = standing.level[child] = GONE
        standing.by_child.stop[child] = standing.by_child.start[child]
        if mentor >= 0:
            fill_place(standing, self._scratch, mentor)
        return self._report(before)

    def add_mentor(self, children: npt.ArrayLike, weight: npt.ArrayLike, *, places: int = 1) -> tuple[int, Change]:
        """A new mentor with the children she may take; returns her index and what changed."""
        child_ids, units = self._check_edges("children", children, weight, self._n_left)
        for child in child_ids:
            self._check_present(int(child))
        before = self._standing.seat.copy()
        self._make_room(largest=units, more_places=places)
        mentor = self._append_mentor(child_ids, units)
        # A mentor without places is full at any price; hers begins just out of everyone's reach.
        standing = self._standing
        standing.price[mentor] = max(0, int((units + standing.level[child_ids]).max(initial=0)))
        self._open(mentor, places)
        return mentor, self._report(before)

    def open_place(self, mentor: int) -> Change:
        """One more place at a mentor."""
        self._check_mentor(mentor)
        before = self._standing.seat.copy()
        self._make_room(largest=np.zeros(0, np.int64), more_places=1)
        self._open(mentor, 1)
        return self._report(before)

    def close_place(self, mentor: int) -> Change:
        """One place fewer at a mentor who has at least one; if it was in use, its child moves on."""
        self._check_mentor(mentor)
        if self._standing.capacity[mentor] < 1:
            refuse([Fault("no_place_to_close", f"Mentor {mentor} has no place left to close.")])
        before = self._standing.seat.copy()
        close_place(self._standing, self._scratch, mentor)
        return self._report(before)

    def remove_mentor(self, mentor: int) -> Change:
        """Close all places of a mentor; they can be opened again."""
        self._check_mentor(mentor)
        before = self._standing.seat.copy()
        while self._standing.capacity[mentor] > 0:
            close_place(self._standing, self._scratch, mentor)
        return self._report(before)

    def read(self) -> Pairing:
        """The pairing as it stands, with smallest prices and a certificate. Costs one pass over all edges."""
        lower_prices(self._standing, self._scratch)
        problem = self._state()
        standing = self._standing
        return read_pairing(
            problem,
            standing._replace(
                seat=standing.seat[: self._n_left],
                level=np.where(self._rank[: self._n_left] >= 0, standing.level[: self._n_left], 0),
                price=standing.price[: self._n_right],
            ),
        )

    def _begin(self, problem: Problem) -> None:
        """Solve with a tier step that leaves room to grow."""
        self._tiers = problem.tiers or (0,)
        self._units_per_point = problem.units_per_point
        self._n_left, self._n_right = problem.n_left, problem.n_right
        weights = problem.edges.weight
        self._largest = 2 * max(int(np.abs(weights).max(initial=0)), problem.units_per_point)
        self._most_served = min(problem.n_left, int(problem.capacity.sum())) + ROOM
        step = max(problem.step, size_step(self._largest, self._most_served))
        if len(self._tiers) * step + self._largest > LARGEST_REWARD:
            refuse([Fault("numbers_too_large", f"A live pairing needs rewards of {len(self._tiers) * step}.")])
        self._step = step
        self._standing = solve(replace(problem, step=step))
        self._rank = problem.rank.copy()
        gone = np.flatnonzero(self._rank < 0)
        self._standing.reward[gone] = self._standing.level[gone] = GONE
        self._used = [len(weights), len(weights)]
        self._scratch = open_scratch(self._n_right)

    def _state(self) -> Problem:
        """The problem as it stands, for reading or solving again."""
        rows = self._standing.by_child
        n_left = self._n_left
        edges = Rows(rows.start[:n_left], rows.stop[:n_left], rows.other, rows.weight)
        capacity = self._standing.capacity[: self._n_right].copy()
        rank = self._rank[:n_left].copy()
        return Problem(n_left, self._n_right, edges, capacity, rank, self._tiers, self._step, self._units_per_point)

    def _solve_again(self, tiers: tuple[int, ...]) -> None:
        """From the beginning, with other tiers or a larger step."""
        old = self._state()
        left, other, weight = list_edges(old.edges)
        counts = np.bincount(left, minlength=old.n_left)
        stop = np.cumsum(counts)
        position = np.searchsorted(np.array(tiers), np.array(self._tiers))
        rank = np.where(old.rank >= 0, position[old.rank], -1).astype(np.int64)
        edges = Rows(stop - counts, stop, other, weight)
        self._begin(replace(old, edges=edges, rank=rank, tiers=tiers, step=0))

    def _admit_tier(self, tier: int) -> None:
        """Make sure that the tier is known; a new one changes all rewards."""
        if tier not in self._tiers:
            self._solve_again(tuple(sorted({*self._tiers, tier})))

    def _make_room(self, *, largest: Longs, more_places: int = 0) -> None:
        """Solve again with a larger step if the change might outgrow the present one."""
        served = min(int((self._rank[: self._n_left] >= 0).sum()) + 1, int(self._standing.capacity.sum()) + more_places)
        weight = int(np.abs(largest).max(initial=0))
        if served > self._most_served or weight > self._largest:
            most, self._largest = max(served, self._most_served), max(weight, self._largest)
            self._reserve(most, self._largest)

    def _reserve(self, most_served: int, largest: int) -> None:
        """Solve again with a step for at least ``most_served`` children and weights of ``largest`` units."""
        problem = replace(self._state(), step=size_step(2 * largest, most_served + ROOM))
        tiers = self._tiers
        self._solve_again(tiers)
        if self._step < problem.step:
            self._standing = solve(replace(self._state(), step=problem.step))
            self._step = problem.step
        self._largest, self._most_served = 2 * largest, most_served + ROOM

    def _open(self, mentor: int, places: int) -> None:
        for _ in range(places):
            self._standing.capacity[mentor] += 1
            fill_place(self._standing, self._scratch, mentor)
