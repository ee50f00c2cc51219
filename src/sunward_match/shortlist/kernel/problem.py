"""What is handed in, what can be wrong with it, and the form that the auction works on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ...faults import Fault, refuse
from ...pairing.kernel.compilation import compiled
from ...pairing.kernel.vectors import Column, Floats, Ints, Longs

MOST_LINES = 2**31  # entries of the answer, people × k
MOST_SCORE = 1e12
SPREAD_RANKS = 4  # how many times k lines down a person's own list the spread of scores is read


@dataclass(frozen=True, slots=True)
class Problem:
    """Scores in compressed rows, each person's best first (among equals by vacancy), and what the auction needs.

    ``cap`` is whole and at most one more than there are candidates; ``true_cap`` is the one that was asked for,
    infinite where there is none. ``spread`` is by how much scores differ within one list: what is said in shares of it
    means the same whatever unit the scores are in.
    """

    start: Longs
    vacancy: Ints
    score: Floats
    person: Ints  # per entry
    k: int
    cap: Longs
    true_cap: Floats
    spread: float

    @property
    def n_people(self) -> int:
        """How many people there are."""
        return len(self.start) - 1

    @property
    def n_vacancies(self) -> int:
        """How many vacancies there are."""
        return len(self.cap)

    @property
    def may_bind(self) -> bool:
        """Whether any vacancy might be wanted by more people than its cap lets see it."""
        return bool((np.bincount(self.vacancy, minlength=len(self.cap)) > self.cap).any())


def validate(scores: Any, *, k: int, cap: npt.ArrayLike) -> tuple[Fault, ...]:
    """Everything wrong with the input of ``shortlist``, all at once; an empty tuple if nothing is."""
    faults = list(check_k(k))
    if getattr(scores, "format", None) != "csr" or getattr(scores, "ndim", 0) != 2:
        kind = type(scores).__name__
        faults.append(Fault("scores_not_csr", f"scores is {kind}; it must be a two-dimensional scipy csr_array."))
        return tuple(faults)
    faults.extend(check_scores(scores))
    faults.extend(check_cap(np.asarray(cap), scores.shape[1]))
    if not faults and scores.shape[0] * int(k) > MOST_LINES:
        sentence = f"{scores.shape[0]} people with {k} lines each are more than {MOST_LINES} lines; use a smaller k."
        faults.append(Fault("k_too_large", sentence, {"k": int(k)}))
    return tuple(faults)


def check_k(k: object) -> Iterator[Fault]:
    """Whole, and at least 1."""
    if isinstance(k, bool) or not isinstance(k, int | np.integer):
        yield Fault("k_not_whole", f"k is {k!r}; it must be a whole number.")
    elif k < 1:
        yield Fault("k_too_small", f"k is {k}; everybody must be allowed at least 1 line.", {"k": int(k)})


def check_scores(scores: Any) -> Iterator[Fault]:
    """Finite numbers, none negative, each pair stored once, within the shape."""
    data: Column = scores.data
    if data.dtype.kind not in "iufb":
        yield Fault("score_not_numeric", f"scores holds {data.dtype}; it must hold numbers.")
        return
    if data.dtype.kind == "f":
        lost = int(np.count_nonzero(~np.isfinite(data)))
        if lost:
            yield Fault("score_not_finite", f"{lost} scores are NaN or infinite.", {"count": lost})
    if data.dtype.kind in "if":
        negative = int(np.count_nonzero(data < 0))
        if negative:
            sentence = f"{negative} scores are below 0; leave out what must not be shown, and shift the rest."
            yield Fault("score_negative", sentence, {"count": negative})
    if len(data) and data.dtype.kind in "iuf" and bool((data > MOST_SCORE).any()):
        yield Fault("score_too_large", f"Some scores are greater than {MOST_SCORE:g}.")
    start, other = np.asarray(scores.indptr), np.asarray(scores.indices)
    if len(start) != scores.shape[0] + 1 or start[0] != 0 or (np.diff(start) < 0).any() or start[-1] > len(other):
        yield Fault("rows_malformed", "The rows of scores do not follow one another.")
    elif start[-1] and (int(other[: start[-1]].min()) < 0 or int(other[: start[-1]].max()) >= scores.shape[1]):
        yield Fault("index_out_of_range", f"Some entries lie outside the {scores.shape[1]} vacancies.")
    else:
        twice = count_repeated(start.astype(np.int64), other.astype(np.int32), scores.shape[1])
        if twice:
            sentence = f"{twice} pairs are stored more than once; call sum_duplicates() first."
            yield Fault("entry_repeated", sentence, {"count": twice})


def check_cap(cap: Column, n_vacancies: int) -> Iterator[Fault]:
    """One for all or one per vacancy; whole or infinite, not negative."""
    if cap.ndim and cap.shape != (n_vacancies,):
        yield Fault("lengths_differ", f"cap has shape {cap.shape}; it must be one number or ({n_vacancies},).")
    elif cap.dtype.kind not in "iuf":
        yield Fault("cap_not_whole", f"cap holds {cap.dtype}; it must hold whole numbers.")
    elif cap.size and cap.dtype.kind == "f" and not bool(((cap == np.floor(cap)) | (cap == math.inf)).all()):
        yield Fault("cap_not_whole", "cap must be whole, or infinite for none.")
    elif cap.size and bool((cap < 0).any()):
        yield Fault("cap_negative", f"{int(np.count_nonzero(cap < 0))} caps are below 0; 0 closes a vacancy.")


@compiled
def count_repeated(start: Longs, other: Ints, n_vacancies: int) -> int:
    """How many entries repeat a vacancy of their row."""
    last = np.full(n_vacancies, -1, np.int64)
    repeated = 0
    for row in range(len(start) - 1):
        for entry in range(start[row], start[row + 1]):
            if last[other[entry]] == row:
                repeated += 1
            last[other[entry]] = row
    return repeated


def state_problem(scores: Any, *, k: int, cap: npt.ArrayLike) -> Problem:
    """The input of ``shortlist``, checked and sorted.

    Raises:
        InputError: with every fault ``validate`` finds.
    """
    refuse(validate(scores, k=k, cap=cap))
    start = np.asarray(scores.indptr).astype(np.int64)
    vacancy, score = sort_rows(
        start,
        np.asarray(scores.indices)[: start[-1]].astype(np.int32),
        np.asarray(scores.data)[: start[-1]].astype(np.float64),
    )
    n_people, n_vacancies = scores.shape
    true_cap = np.broadcast_to(np.asarray(cap, np.float64), (n_vacancies,)).copy()
    person = np.repeat(np.arange(n_people, dtype=np.int32), np.diff(start))
    # One more than there are candidates: a vacancy that nothing limits always has room, hence no price.
    asked = np.bincount(vacancy, minlength=n_vacancies) + 1
    places = np.minimum(true_cap, asked).astype(np.int64)
    spread = measure_spread(start, score, int(k))
    return Problem(start, vacancy, score, person, int(k), places, true_cap, spread)


@compiled
def sort_rows(start: Longs, vacancy: Ints, score: Floats) -> tuple[Ints, Floats]:
    """Every row with the best score first; equal scores by vacancy, so that the order of entries does not matter."""
    out_vacancy, out_score = np.empty_like(vacancy), np.empty_like(score)
    for row in range(len(start) - 1):
        first, last = start[row], start[row + 1]
        by_vacancy = np.argsort(vacancy[first:last], kind="mergesort")
        order = by_vacancy[np.argsort(-score[first:last][by_vacancy], kind="mergesort")]
        for at in range(last - first):
            out_vacancy[first + at] = vacancy[first + order[at]]
            out_score[first + at] = score[first + order[at]]
    return out_vacancy, out_score


def measure_spread(start: Longs, score: Floats, k: int) -> float:
    """How much scores differ from a person's best to some way down her list, on average; 1 if nothing differs."""
    rows = start[:-1][np.diff(start) > 0]
    if not len(rows):
        return 1.0
    size = np.diff(start)[np.diff(start) > 0]
    fall = score[rows] - score[rows + np.minimum(size, SPREAD_RANKS * k) - 1]
    spread = float(fall.mean())
    if spread > 0:
        return spread
    return float(score.max()) or 1.0
