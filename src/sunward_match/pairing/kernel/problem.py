"""The pairing problem: what is handed in, what can be wrong with it, and its integer form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...faults import Fault, refuse
from .rows import compress_by_left
from .scale import LARGEST_REWARD, LARGEST_WEIGHT, UNITS_PER_POINT, is_exact, scale_weight, size_step
from .standing import Rows
from .vectors import Column, Longs

LARGEST_SIDE = 2**31 - 2


@dataclass(frozen=True, slots=True)
class Problem:
    """A pairing problem in integers, ready to solve.

    ``edges`` are compressed rows by child, weights in units. ``rank[i]`` is the position of the child's tier among
    ``tiers``, the distinct tiers present in ascending order, or -1 for a child who has left (and has no edges).
    ``units_per_point`` turns units back into what was given.
    """

    n_left: int
    n_right: int
    edges: Rows
    capacity: Longs
    rank: Longs
    tiers: tuple[int, ...]
    step: int
    units_per_point: int

    @property
    def reward(self) -> Longs:
        """What serving each child is worth before fit, in units; int64 (n_left,)."""
        reward: Longs = (self.rank + 1) * np.int64(self.step)
        return reward


def validate(
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    n_left: int,
    n_right: int,
    capacity: npt.ArrayLike | None = None,
    tier: npt.ArrayLike | None = None,
) -> tuple[Fault, ...]:
    """Everything wrong with the input of ``pair``, all at once; an empty tuple if nothing is."""
    faults: list[Fault] = []
    for name, size in (("n_left", n_left), ("n_right", n_right)):
        if not 0 <= size <= LARGEST_SIDE:
            faults.append(Fault("size_out_of_range", f"{name} is {size}; it must lie between 0 and {LARGEST_SIDE}."))
    ends = (("left", np.asarray(left), n_left), ("right", np.asarray(right), n_right))
    for name, column, size in ends:
        faults.extend(check_index(name, column, size))
    weights = np.asarray(weight)
    faults.extend(check_weight(weights))
    lengths = {"left": ends[0][1].shape, "right": ends[1][1].shape, "weight": weights.shape}
    if len(set(lengths.values())) > 1:
        faults.append(Fault("lengths_differ", f"The edge columns differ in shape: {lengths}."))
    if capacity is not None:
        faults.extend(check_whole("capacity", np.asarray(capacity), n_right, least=0))
    if tier is not None:
        faults.extend(check_whole("tier", np.asarray(tier), n_left, least=None))
    return tuple(faults)


def check_index(name: str, column: Column, size: int) -> Iterator[Fault]:
    """One end of the edges: one-dimensional, whole numbers, each below ``size``."""
    if column.ndim != 1:
        yield Fault("not_a_column", f"{name} has {column.ndim} dimensions; it must have one.")
    elif len(column) and column.dtype.kind not in "iu":
        yield Fault("not_whole", f"{name} holds {column.dtype}; it must hold integers.")
    elif len(column) and (int(column.min()) < 0 or int(column.max()) >= size):
        wrong = int(np.count_nonzero((column < 0) | (column >= size)))
        yield Fault("index_out_of_range", f"{wrong} entries of {name} lie outside 0 to {size - 1}.")


def check_weight(weight: Column) -> Iterator[Fault]:
    """Weights: one-dimensional numbers, finite and not too large to be exact."""
    if weight.ndim != 1:
        yield Fault("not_a_column", f"weight has {weight.ndim} dimensions; it must have one.")
    elif not len(weight):
        return
    elif weight.dtype.kind not in "iuf":
        yield Fault("not_numeric", f"weight holds {weight.dtype}; it must hold numbers.")
    else:
        # Negated comparisons, so that NaN counts as out of range as well.
        limit = LARGEST_WEIGHT if is_exact(weight) else LARGEST_WEIGHT / UNITS_PER_POINT
        if not (weight.min() >= -limit and weight.max() <= limit):
            infinite = int(np.count_nonzero(~np.isfinite(weight)))
            if infinite:
                yield Fault("weight_not_finite", f"{infinite} weights are NaN or infinite.")
            large = int(np.count_nonzero(np.isfinite(weight) & ((weight > limit) | (weight < -limit))))
            if large:
                yield Fault("weight_out_of_range", f"{large} weights are greater than {limit:g} in absolute value.")


def check_whole(name: str, column: Column, size: int, *, least: int | None) -> Iterator[Fault]:
    """A column of ``size`` whole numbers, none below ``least``."""
    if column.shape != (size,):
        yield Fault("lengths_differ", f"{name} has shape {column.shape}; it must have shape ({size},).")
    elif size and column.dtype.kind not in "iu":
        yield Fault("not_whole", f"{name} holds {column.dtype}; it must hold integers.")
    elif size and least is not None and int(column.min()) < least:
        yield Fault(
            f"{name}_too_small", f"{int(np.count_nonzero(column < least))} entries of {name} are below {least}."
        )


def state_problem(
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    n_left: int,
    n_right: int,
    capacity: npt.ArrayLike | None = None,
    tier: npt.ArrayLike | None = None,
    largest: int = 0,
) -> Problem:
    """The input of ``pair`` in integers.

    ``largest`` leaves room for weights of so many units, and for one more place, to be compared with the prices later.

    Raises:
        InputError: with every fault ``validate`` finds, or ``numbers_too_large`` if sizes, weights and tiers together
            would leave 64 bits.
    """
    refuse(validate(left, right, weight, n_left=n_left, n_right=n_right, capacity=capacity, tier=tier))
    units = scale_weight(np.asarray(weight))
    edges = compress_by_left(
        np.ascontiguousarray(left, dtype=np.int32), np.ascontiguousarray(right, dtype=np.int32), units, n_left, n_right
    )
    places = np.ones(n_right, np.int64) if capacity is None else np.minimum(np.asarray(capacity), n_left)
    tiers, rank = np.unique(np.zeros(n_left, np.int64) if tier is None else np.asarray(tier), return_inverse=True)
    spare = 1 if largest else 0
    largest = max(largest, int(abs(units.min())), int(abs(units.max()))) if len(units) else largest
    step = size_step(largest, min(n_left, int(places.sum())) + spare)
    if len(tiers) * step + largest > LARGEST_REWARD:
        raise_too_large(largest, len(tiers), step)
    return Problem(
        n_left, n_right, edges, places.astype(np.int64), rank.astype(np.int64).reshape(n_left),
        tuple(int(value) for value in tiers), step, 1 if is_exact(np.asarray(weight)) else UNITS_PER_POINT,
    )  # fmt: skip


def raise_too_large(largest: int, n_tiers: int, step: int) -> None:
    """Refuse rather than let 64-bit arithmetic wrap round."""
    sentence = (
        f"Weights up to {largest} units and {n_tiers} tiers need rewards of {n_tiers * step}, more than "
        f"{LARGEST_REWARD}. Use smaller weights or fewer tiers."
    )
    refuse([Fault("numbers_too_large", sentence)])
