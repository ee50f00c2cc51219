"""An independent check of a pairing, by its definition: numpy only, nothing shared with the solver.

Why passing is proof. Every pair is an edge and nobody exceeds capacity, so the pairing is feasible. The prices are
non-negative and cover every edge, so their sum bounds the worth of any pairing from above (weak duality). The two
values are equal, so none is worth more. And the tier step is large enough for worth to mean: served by tier first,
then fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...faults import Fault, VerificationError
from .solver import Pairing
from .vectors import Column, Flags, Longs, exact_sum


@dataclass(frozen=True, slots=True)
class Claim:
    """What was asked and what is claimed, side by side, in units; edges in the order handed in."""

    left: Longs
    right: Longs
    units: Longs
    capacity: Longs
    tier: Longs
    pairing: Pairing

    @property
    def worth(self) -> Longs:
        """Per edge: reward of the child's tier plus weight."""
        worth: Longs = self.reward[self.left] + self.units
        return worth

    @property
    def reward(self) -> Longs:
        """Per child: (rank of her tier + 1) steps."""
        rank = np.searchsorted(np.unique(self.tier), self.tier)
        reward: Longs = (rank.astype(np.int64) + 1) * np.int64(self.pairing.certificate.step)
        return reward


def verify(
    pairing: Pairing,
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    n_left: int,
    n_right: int,
    capacity: npt.ArrayLike | None = None,
    tier: npt.ArrayLike | None = None,
) -> None:
    """Check a pairing against the input of ``pair`` that it claims to answer.

    Raises:
        VerificationError: listing everything that does not hold.
    """
    faults = find_faults(pairing, left, right, weight, n_left=n_left, n_right=n_right, capacity=capacity, tier=tier)
    if faults:
        raise VerificationError(faults)


def find_faults(
    pairing: Pairing,
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    n_left: int,
    n_right: int,
    capacity: npt.ArrayLike | None = None,
    tier: npt.ArrayLike | None = None,
) -> tuple[Fault, ...]:
    """Everything about the pairing that does not hold; empty if it stands."""
    column: Column = np.asarray(weight)
    points = 1 if column.dtype.kind in "iu" else 1_000_000
    claim = Claim(
        left=np.asarray(left, np.int64),
        right=np.asarray(right, np.int64),
        units=np.rint(column * points).astype(np.int64) if points > 1 else column.astype(np.int64),
        capacity=np.ones(n_right, np.int64) if capacity is None else np.minimum(np.asarray(capacity, np.int64), n_left),
        tier=np.zeros(n_left, np.int64) if tier is None else np.asarray(tier, np.int64),
        pairing=pairing,
    )
    shape = tuple(check_shape(claim))
    if shape:
        return shape
    paired = best_units(claim)
    faults = [*check_feasible(claim, paired), *check_prices(claim)]
    if not faults:
        faults = [*check_certificate(claim, paired), *check_slackness(claim, paired)]
    return tuple(faults)


def check_shape(claim: Claim) -> Iterator[Fault]:
    """Indices within range and prices of the right length; without this nothing else can be computed."""
    pairs, n_left, n_right = claim.pairing.pairs, len(claim.tier), len(claim.capacity)
    if pairs.ndim != 2 or pairs.shape[1:] != (2,):
        yield Fault("pairs_malformed", f"pairs has shape {pairs.shape}; it must be (k, 2).")
    elif len(pairs) and ((pairs < 0).any() or (pairs >= np.array([n_left, n_right])).any()):
        yield Fault("pair_unknown", "A pair names a child or mentor who does not exist.")
    if claim.pairing.left_price.shape != (n_left,) or claim.pairing.right_price.shape != (n_right,):
        yield Fault("prices_malformed", "There must be one price per child and one per mentor.")


def best_units(claim: Claim) -> Longs:
    """The best weight given for each pair, or the smallest integer if the pair is no edge; int64 (k,)."""
    n_right = len(claim.capacity)
    pair_key = claim.pairing.pairs[:, 0] * n_right + claim.pairing.pairs[:, 1]
    order = np.argsort(pair_key, kind="stable")
    edge_key = claim.left * n_right + claim.right
    at = np.searchsorted(pair_key[order], edge_key)
    at[at == len(pair_key)] = 0
    hit: Flags = pair_key[order][at] == edge_key if len(pair_key) else np.zeros(len(edge_key), bool)
    best = np.full(len(pair_key), np.iinfo(np.int64).min)
    np.maximum.at(best, order[at[hit]], claim.units[hit])
    return best


def check_feasible(claim: Claim, paired: Longs) -> Iterator[Fault]:
    """Only edges, each child once, no mentor beyond capacity."""
    pairs = claim.pairing.pairs
    forbidden = int(np.count_nonzero(paired == np.iinfo(np.int64).min))
    if forbidden:
        yield Fault("pair_forbidden", f"{forbidden} pairs are not among the edges.")
    twice = int(np.count_nonzero(np.bincount(pairs[:, 0], minlength=1) > 1))
    if twice:
        yield Fault("child_paired_twice", f"{twice} children are paired more than once.")
    over = int(np.count_nonzero(np.bincount(pairs[:, 1], minlength=len(claim.capacity)) > claim.capacity))
    if over:
        yield Fault("capacity_exceeded", f"{over} mentors have more children than places.")


def check_prices(claim: Claim) -> Iterator[Fault]:
    """Dual feasibility, and a step large enough for tiers to be strict."""
    left_price, right_price = claim.pairing.left_price, claim.pairing.right_price
    if (left_price < 0).any() or (right_price < 0).any():
        yield Fault("price_negative", "A price is below 0.")
    short = int(np.count_nonzero(left_price[claim.left] + right_price[claim.right] < claim.worth))
    if short:
        yield Fault("price_too_low", f"{short} edges are worth more than the prices at their two ends.")
    most = min(len(claim.tier), int(claim.capacity.sum()))
    largest = int(np.abs(claim.units).max()) if len(claim.units) else 0
    if claim.pairing.certificate.step <= 2 * (2 * most + 1) * largest:
        yield Fault("step_too_small", "The tier step does not outweigh what fit can do.")


def check_slackness(claim: Claim, paired: Longs) -> Iterator[Fault]:
    """Complementary slackness: what is paid for is used, and what is used is worth exactly what is paid."""
    pairs, left_price, right_price = claim.pairing.pairs, claim.pairing.left_price, claim.pairing.right_price
    worth = claim.reward[pairs[:, 0]] + paired
    if (left_price[pairs[:, 0]] + right_price[pairs[:, 1]] != worth).any():
        yield Fault("pair_not_tight", "A pair is worth less than the prices at its two ends.")
    unserved = np.ones(len(left_price), bool)
    unserved[pairs[:, 0]] = False
    if (left_price[unserved] != 0).any():
        yield Fault("unserved_child_priced", "A child who is not served has a price.")
    room = np.bincount(pairs[:, 1], minlength=len(right_price)) < claim.capacity
    if (right_price[room] != 0).any():
        yield Fault("free_place_priced", "A mentor with a free place has a price.")


def check_certificate(claim: Claim, paired: Longs) -> Iterator[Fault]:
    """The certificate says what the pairing is, and the bounds meet."""
    pairs, certificate = claim.pairing.pairs, claim.pairing.certificate
    primal = exact_sum(claim.reward[pairs[:, 0]]) + exact_sum(paired)
    dual = sum(int(price) for price in claim.pairing.left_price) + sum(
        int(places) * int(price) for places, price in zip(claim.capacity, claim.pairing.right_price, strict=True)
    )
    if (primal, dual, exact_sum(paired)) != (certificate.primal, certificate.dual, certificate.fit_units):
        yield Fault("certificate_wrong", "The certificate states other values than the pairing has.")
    if primal != dual:
        yield Fault("not_optimal", f"The bounds are {dual - primal} units apart; there may be a better pairing.")
    served = claim.tier[pairs[:, 0]]
    if [count.tier for count in certificate.served_by_tier] != np.unique(claim.tier)[::-1].tolist():
        yield Fault("tier_count_wrong", "The certificate does not count every tier once, highest first.")
    for count in certificate.served_by_tier:
        children = int(np.count_nonzero(claim.tier == count.tier))
        if (children, int(np.count_nonzero(served == count.tier))) != (count.children, count.served):
            yield Fault("tier_count_wrong", f"The certificate counts tier {count.tier} wrongly.")
