"""An independent check of lists, by their definition: numpy and scipy only, nothing shared with the auction.

Why passing is proof. The lists keep to the rules, so they are permitted; the prices are not negative, so the bound
recomputed from them holds for any lists under these caps (weak duality); and a maximum flow says that no lists could
leave fewer people with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from ...faults import Fault, VerificationError
from ...pairing.kernel.vectors import Floats, Longs
from .solver import Shortlist

CLOSE = 1e-9  # of the value: sums in another order differ in their last digits


@dataclass(frozen=True, slots=True)
class Claim:
    """What was asked and what is claimed, side by side; ``person`` and ``vacancy`` name the lines shown."""

    scores: Any
    k: int
    cap: Longs
    answer: Shortlist
    person: Longs
    vacancy: Longs


def verify(scores: Any, answer: Shortlist, *, k: int, cap: npt.ArrayLike) -> None:
    """Check lists against the input of ``shortlist`` that they claim to answer.

    Raises:
        VerificationError: listing everything that does not hold.
    """
    faults = find_faults(scores, answer, k=k, cap=cap)
    if faults:
        raise VerificationError(faults)


def find_faults(scores: Any, answer: Shortlist, *, k: int, cap: npt.ArrayLike) -> tuple[Fault, ...]:
    """Everything about the lists that does not hold; empty if they stand."""
    n_people, n_vacancies = scores.shape
    shape = tuple(check_shape(answer, n_people, n_vacancies, k))
    if shape:
        return shape
    person, line = np.nonzero(answer.indices >= 0)
    limits = np.minimum(np.broadcast_to(np.asarray(cap, np.float64), (n_vacancies,)), n_people).astype(np.int64)
    entries = csr_array(scores, dtype=np.float64, copy=True)
    entries.sort_indices()
    claim = Claim(entries, k, limits, answer, person, answer.indices[person, line])
    shown = list(check_lines(claim))
    if shown:
        return tuple(shown)
    return (*check_value(claim), *check_bound(claim), *check_room(claim), *check_empty(claim))


def check_shape(answer: Shortlist, n_people: int, n_vacancies: int, k: int) -> Iterator[Fault]:
    """Sizes and ranges; without this nothing else can be computed."""
    lines = answer.indices
    if lines.shape != (n_people, k) or lines.dtype.kind not in "iu":
        yield Fault("indices_malformed", f"indices is {lines.dtype} {lines.shape}; it must be whole ({n_people}, {k}).")
    elif lines.size and (lines.min() < -1 or lines.max() >= n_vacancies):
        yield Fault("vacancy_unknown", "A line names a vacancy that does not exist.")
    elif lines.size and bool(((lines[:, :-1] < 0) & (lines[:, 1:] >= 0)).any()):
        yield Fault("line_after_end", "A list goes on after its end.")
    if answer.exposure.shape != (n_vacancies,) or answer.price.shape != (n_vacancies,):
        yield Fault("columns_malformed", "There must be one exposure and one price per vacancy.")


def positions(claim: Claim) -> Longs:
    """Where each line shown stands among the stored entries, or -1; int64 (lines,)."""
    wide = np.int64(max(claim.scores.shape[1], 1))
    rows = np.repeat(np.arange(claim.scores.shape[0], dtype=np.int64), np.diff(claim.scores.indptr))
    stored = rows * wide + claim.scores.indices
    shown = claim.person * wide + claim.vacancy
    at = np.searchsorted(stored, shown)
    at[at == len(stored)] = 0
    hit = stored[at] == shown if len(stored) else np.zeros(len(shown), np.bool_)
    return np.where(hit, at, -1)


def check_lines(claim: Claim) -> Iterator[Fault]:
    """Only stored entries, none twice, exposure as counted, no cap exceeded."""
    forbidden = int(np.count_nonzero(positions(claim) < 0))
    if forbidden:
        yield Fault("line_forbidden", f"{forbidden} lines are not among the scores.", {"count": forbidden})
    keys = claim.person * np.int64(max(claim.scores.shape[1], 1)) + claim.vacancy
    twice = len(keys) - len(np.unique(keys))
    if twice:
        yield Fault("line_repeated", f"{twice} lines repeat a vacancy on one list.", {"count": twice})
    exposure = np.bincount(claim.vacancy, minlength=claim.scores.shape[1])
    if (exposure != claim.answer.exposure).any():
        yield Fault("exposure_wrong", "The exposure stated is not that of the lists.")
    over = int(np.count_nonzero(exposure > claim.cap))
    if over:
        yield Fault("cap_exceeded", f"{over} vacancies are shown more often than their cap allows.", {"count": over})


def check_value(claim: Claim) -> Iterator[Fault]:
    """The value is the sum of the lines, and every list begins with its best."""
    shown = claim.scores.data[positions(claim)]
    value, stated = float(shown.sum()), claim.answer.value
    if not abs(value - stated) <= CLOSE * max(abs(value), 1.0):
        yield Fault("value_wrong", f"The value stated is {stated}, the lines sum up to {value}.")
    same = claim.person[1:] == claim.person[:-1]
    if bool((same & (shown[1:] > shown[:-1])).any()):
        yield Fault("order_wrong", "A list does not begin with its best score.")


def check_bound(claim: Claim) -> Iterator[Fault]:
    """Prices and the bonus are numbers, none negative; the bound follows from them."""
    price, answer = claim.answer.price, claim.answer
    if not bool((np.isfinite(price) & (price >= 0)).all() and 0 <= answer.bonus < np.inf):
        yield Fault("price_negative", "A price or the bonus is below 0 or no number.")
        return
    served = len(np.unique(claim.person))
    bound = float(claim.cap @ price) + sum_gains(claim, price) - answer.bonus * served
    slack = CLOSE * max(abs(bound), 1.0)
    if not abs(bound - answer.bound) <= slack:
        yield Fault("bound_wrong", f"The bound stated is {answer.bound}, the prices give {bound}.")
    if answer.value > bound + slack:
        yield Fault("value_above_bound", "The lists are worth more than the bound on all lists.")


def sum_gains(claim: Claim, price: Floats) -> float:
    """What everybody gains by her best choice at these prices: the k greatest margins above 0 and the bonus for any."""
    scores, bonus, total = claim.scores, claim.answer.bonus, 0.0
    margin = scores.data - price[scores.indices]
    for first, last in zip(scores.indptr[:-1], scores.indptr[1:], strict=True):
        row = margin[first:last]
        if not len(row):
            continue
        chosen = np.partition(row, len(row) - claim.k)[-claim.k :] if len(row) > claim.k else row
        total += max(float(chosen[chosen > 0].sum() if chosen.max() > 0 else chosen.max()) + bonus, 0.0)
    return total


def check_room(claim: Claim) -> Iterator[Fault]:
    """Nobody has a free line for which a vacancy she may see, and does not, has room."""
    scores = claim.scores
    free = np.bincount(claim.person, minlength=scores.shape[0]) < claim.k
    rows = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
    unseen = np.ones(len(rows), np.bool_)
    unseen[positions(claim)] = False
    room = claim.answer.exposure < claim.cap
    left = int(np.count_nonzero(unseen & free[rows] & room[scores.indices]))
    if left:
        yield Fault("line_left_empty", f"{left} lines could be added within the caps.", {"count": left})


def check_empty(claim: Claim) -> Iterator[Fault]:
    """No lists under these caps would leave fewer people with nothing: a maximum flow, one line each, says how few."""
    n_people, n_vacancies = claim.scores.shape
    served = len(np.unique(claim.person))
    if served == n_people or not claim.scores.nnz:
        return
    source, sink = n_people + n_vacancies, n_people + n_vacancies + 1
    rows = np.repeat(np.arange(n_people), np.diff(claim.scores.indptr))
    tails = np.concatenate([np.full(n_people, source), rows, n_people + np.arange(n_vacancies)])
    heads = np.concatenate([np.arange(n_people), n_people + claim.scores.indices, np.full(n_vacancies, sink)])
    room = np.concatenate([np.ones(n_people + len(rows), np.int64), claim.cap]).astype(np.int32)
    graph = coo_array((room, (tails, heads)), shape=(sink + 1, sink + 1)).tocsr()
    most = int(maximum_flow(graph, source, sink).flow_value)
    if served < most:
        yield Fault("left_with_nothing", f"{most - served} people are left with nothing who need not be.")
