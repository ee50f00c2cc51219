"""A pairing that is kept optimal while the world changes, one change at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ...faults import Fault, refuse
from .growth import GrowingRows, grown
from .problem import Problem, check_index, check_weight, state_problem
from .rows import list_edges
from .scale import LARGEST_REWARD, scale_weight, size_step
from .search import close_place, fill_place, insert_child, lower_prices
from .solver import Pairing, read_pairing, solve
from .standing import GONE, Rows, Standing, open_scratch, unseat_child
from .vectors import Ints, Longs

ROOM = 1024  # how many more children can be served before the tier step has to grow


@dataclass(frozen=True, slots=True)
class Change:
    """What one change did: ``moved`` lists (child, mentor before, mentor after), -1 for nobody, ascending by child."""

    moved: tuple[tuple[int, int, int], ...]


class LivePairing:
    """An optimal pairing that is repaired, not solved again, when one child or one place comes or goes.

    Takes the same input as ``pair``; ``tiers`` names tiers that may come later, since a tier never heard of means
    solving again. After every change the pairing is optimal for what it now contains; ``read`` gives it with smallest
    prices and a certificate. Children and mentors keep their indices; new ones get the next. The weights of later
    edges must be of the same kind (points as floats, or units as integers) as those at the beginning.
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
        tiers: Sequence[int] = (),
    ) -> None:
        """Solve the problem once. Raises ``InputError`` as ``pair`` does."""
        problem = state_problem(left, right, weight, n_left=n_left, n_right=n_right, capacity=capacity, tier=tier)
        # ``pair`` caps capacity by the children there are; here more may come.
        if capacity is not None:
            problem = replace(problem, capacity=np.array(capacity, np.int64))
        self._begin(rank_anew(problem, (*problem.tiers, *tiers) or (0,)), largest=0, most_served=0)

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
        other, units = self._check_edges("mentors", mentors, weight, self._n_right)
        before = self.partner
        own_tier = self._tiers[0] if tier is None else int(tier)
        if own_tier not in self._tiers:
            self._solve_again((*self._tiers, own_tier))
        self._make_room(units, more_children=1)
        child = self._append_child(other, units, own_tier)
        insert_child(self._standing, self._scratch, child)
        return child, self._report(before)

    def remove_child(self, child: int) -> Change:
        """The child leaves; her place, if she had one, goes to whoever it is worth most to."""
        self._check_children(np.array([child]))
        before = self.partner
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
        other, units = self._check_edges("children", children, weight, self._n_left)
        self._check_children(other)
        if places < 0:
            refuse([Fault("capacity_too_small", f"A mentor cannot have {places} places.")])
        before = self.partner
        self._make_room(units, more_places=places)
        mentor = self._append_mentor(other, units)
        # A mentor without places is full at any price; hers begins just out of everyone's reach.
        standing = self._standing
        standing.price[mentor] = max(0, int((units + standing.level[other]).max(initial=0)))
        self._open(mentor, places)
        return mentor, self._report(before)

    def open_place(self, mentor: int) -> Change:
        """One more place at a mentor."""
        self._check_mentor(mentor)
        before = self.partner
        self._make_room(np.zeros(0, np.int64), more_places=1)
        self._open(mentor, 1)
        return self._report(before)

    def close_place(self, mentor: int) -> Change:
        """One place fewer at a mentor who has at least one; if it was in use, its child moves on."""
        self._check_mentor(mentor)
        if self._standing.capacity[mentor] < 1:
            refuse([Fault("no_place_to_close", f"Mentor {mentor} has no place left to close.")])
        before = self.partner
        close_place(self._standing, self._scratch, mentor)
        return self._report(before)

    def remove_mentor(self, mentor: int) -> Change:
        """Close all places of a mentor; they can be opened again."""
        self._check_mentor(mentor)
        before = self.partner
        standing = self._standing
        standing.capacity[mentor] = standing.taken[mentor]  # places nobody uses close without a search
        while standing.capacity[mentor] > 0:
            close_place(standing, self._scratch, mentor)
        return self._report(before)

    def read(self) -> Pairing:
        """The pairing as it stands, with smallest prices and a certificate. Costs one pass over all edges."""
        lower_prices(self._standing, self._scratch)
        standing, n_left = self._standing, self._n_left
        return read_pairing(
            self._state(),
            standing._replace(
                seat=standing.seat[:n_left],
                level=np.where(self._rank[:n_left] >= 0, standing.level[:n_left], 0),
                price=standing.price[: self._n_right],
            ),
        )

    def _begin(self, problem: Problem, *, largest: int, most_served: int) -> None:
        """Solve with a tier step that leaves room for larger weights and more children."""
        weights = problem.edges.weight
        self._largest = max(largest, 2 * int(np.abs(weights).max(initial=0)), 2 * problem.units_per_point)
        self._most_served = max(most_served, min(problem.n_left, int(problem.capacity.sum())) + ROOM)
        self._step = size_step(self._largest, self._most_served)
        if len(problem.tiers) * self._step + self._largest > LARGEST_REWARD:
            needed = len(problem.tiers) * self._step
            refuse([Fault("numbers_too_large", f"A live pairing needs rewards of {needed}.", {"needed": needed})])
        self._tiers, self._units_per_point = problem.tiers, problem.units_per_point
        self._n_left, self._n_right = problem.n_left, problem.n_right
        self._adopt(solve(replace(problem, step=self._step)))
        self._rank = problem.rank.copy()
        gone = np.flatnonzero(self._rank < 0)
        self._standing.reward[gone] = self._standing.level[gone] = GONE

    def _adopt(self, standing: Standing) -> None:
        """Make a standing one's own, ready to grow."""
        self._standing = standing
        self._scratch = open_scratch(len(standing.price))
        self._by_child, self._by_mentor = GrowingRows.of(standing.by_child), GrowingRows.of(standing.by_mentor)
        self._standing = standing._replace(by_child=self._by_child.rows, by_mentor=self._by_mentor.rows)

    def _state(self) -> Problem:
        """The problem as it stands, for reading or solving again."""
        rows, n_left = self._standing.by_child, self._n_left
        edges = Rows(rows.start[:n_left], rows.stop[:n_left], rows.other, rows.weight)
        capacity = self._standing.capacity[: self._n_right].copy()
        rank = self._rank[:n_left].copy()
        return Problem(n_left, self._n_right, edges, capacity, rank, self._tiers, self._step, self._units_per_point)

    def _solve_again(self, tiers: tuple[int, ...], *, largest: int = 0, most_served: int = 0) -> None:
        """From the beginning, with other tiers or a larger step."""
        old = self._state()
        left, other, weight = list_edges(old.edges)
        stop = np.cumsum(np.bincount(left, minlength=old.n_left)).astype(np.int64)
        start = np.concatenate([[0], stop[:-1]]).astype(np.int64) if old.n_left else stop
        edges = Rows(start, stop, other, weight)
        self._begin(rank_anew(replace(old, edges=edges), tiers), largest=largest, most_served=most_served)

    def _make_room(self, units: Longs, *, more_children: int = 0, more_places: int = 0) -> None:
        """Solve again with a larger step if the change might outgrow the present one."""
        children = int((self._rank[: self._n_left] >= 0).sum()) + more_children
        served = min(children, int(self._standing.capacity.sum()) + more_places)
        weight = int(np.abs(units).max(initial=0))
        if served > self._most_served or weight > self._largest:
            most = 2 * served if served > self._most_served else self._most_served
            self._solve_again(self._tiers, largest=2 * weight, most_served=most)

    def _append_child(self, mentors: Ints, units: Longs, tier: int) -> int:
        """Her row on both sides; not yet served."""
        child, standing = self._n_left, self._standing
        self._n_left += 1
        self._by_child.append_row(child, mentors, units)
        self._by_mentor.extend_rows(mentors, child, units)
        size = child + 1
        self._rank = grown(self._rank, size, -1)
        self._standing = standing._replace(
            by_child=self._by_child.rows,
            by_mentor=self._by_mentor.rows,
            reward=grown(standing.reward, size, int(GONE)),
            level=grown(standing.level, size, int(GONE)),
            seat=grown(standing.seat, size, -1),
            after=grown(standing.after, size, -1),
            before=grown(standing.before, size, -1),
        )
        self._rank[child] = self._tiers.index(tier)
        self._standing.reward[child] = self._standing.level[child] = (self._rank[child] + 1) * self._step
        return child

    def _append_mentor(self, children: Ints, units: Longs) -> int:
        """Her row on both sides; no place yet."""
        mentor, standing = self._n_right, self._standing
        self._n_right += 1
        self._by_mentor.append_row(mentor, children, units)
        self._by_child.extend_rows(children, mentor, units)
        size = mentor + 1
        self._standing = standing._replace(
            by_child=self._by_child.rows,
            by_mentor=self._by_mentor.rows,
            capacity=grown(standing.capacity, size, 0),
            first=grown(standing.first, size, -1),
            taken=grown(standing.taken, size, 0),
            price=grown(standing.price, size, 0),
        )
        if len(self._scratch.label) < len(self._standing.price):
            self._scratch = open_scratch(len(self._standing.price))
        return mentor

    def _open(self, mentor: int, places: int) -> None:
        """Open places one by one, until one is of no use; then the rest cannot be either."""
        standing = self._standing
        for opened in range(places):
            standing.capacity[mentor] += 1
            fill_place(standing, self._scratch, mentor)
            if standing.price[mentor] == 0:
                standing.capacity[mentor] += places - opened - 1
                return

    def _check_edges(self, name: str, others: npt.ArrayLike, weight: npt.ArrayLike, size: int) -> tuple[Ints, Longs]:
        """The edges of one newcomer in units, ascending, each partner once with her best weight."""
        other, weights = np.asarray(others), np.asarray(weight)
        faults = [*check_index(name, other, size), *check_weight(weights)]
        if other.shape != weights.shape:
            faults.append(Fault("lengths_differ", f"{name} has shape {other.shape}, weight {weights.shape}."))
        if len(weights) and (weights.dtype.kind in "iu") != (self._units_per_point == 1):
            faults.append(Fault("weight_kind_differs", "Weights must be floats or integers as at the beginning."))
        refuse(faults)
        units = scale_weight(weights)
        order = np.lexsort((-units, other))
        first = order[np.unique(other[order], return_index=True)[1]] if len(order) else np.zeros(0, np.int64)
        return other[first].astype(np.int32), units[first]

    def _check_children(self, children: Ints | Longs) -> None:
        for child in children.tolist():
            if not 0 <= child < self._n_left or self._rank[child] < 0:
                refuse([Fault("child_unknown", f"There is no child {child}.", {"child": child})])

    def _check_mentor(self, mentor: int) -> None:
        if not 0 <= mentor < self._n_right:
            refuse([Fault("mentor_unknown", f"There is no mentor {mentor}.", {"mentor": mentor})])

    def _report(self, before: Ints) -> Change:
        """Who sits elsewhere than before."""
        was = np.full(self._n_left, -1, np.int32)
        was[: len(before)] = before
        now = self._standing.seat[: self._n_left]
        moved = np.flatnonzero(was != now)
        return Change(tuple(zip(moved.tolist(), was[moved].tolist(), now[moved].tolist(), strict=True)))


def rank_anew(problem: Problem, tiers: Sequence[int]) -> Problem:
    """The same problem with other tiers declared, which must include the present ones."""
    known = tuple(sorted(set(tiers)))
    position = np.searchsorted(np.array(known), np.array(problem.tiers, np.int64))
    rank = np.full(len(problem.rank), -1, np.int64)
    present = problem.rank >= 0
    rank[present] = position[problem.rank[present]]
    return replace(problem, tiers=known, rank=rank)
