"""Soft criteria: named scores between 0 and 1, whose weighted sum is the fit of a pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..faults import Fault, refuse
from .edges import Edges
from .kernel.vectors import Column, Floats
from .parameters import Parameter, Setting

Scoring = Callable[[Edges, Setting], Floats]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One soft criterion. ``scores`` answers 0 (poor) to 1 (ideal) per candidate; NaN, not known, counts as 0.

    ``code`` is stable and names the criterion in contributions and policies; ``label`` is English.
    """

    code: str
    label: str
    scores: Scoring
    parameters: tuple[Parameter, ...] = ()
    child_columns: tuple[str, ...] = ()
    mentor_columns: tuple[str, ...] = ()

    def score(self, edges: Edges, setting: Setting) -> Floats:
        """The score of every candidate; float64 (m,), within 0..1.

        Raises:
            InputError: ``criterion_malformed`` or ``criterion_out_of_range``.
        """
        answer = np.asarray(self.scores(edges, setting))
        if answer.shape != (len(edges),) or answer.dtype.kind not in "fiub":
            sentence = f"Criterion {self.code} answered {answer.dtype} {answer.shape}; it must answer ({len(edges)},)."
            refuse([Fault("criterion_malformed", sentence, {"criterion": self.code})])
        scores = np.nan_to_num(answer.astype(np.float64), nan=0.0, posinf=np.inf, neginf=-np.inf)
        if len(scores) and (scores.min() < 0 or scores.max() > 1):
            sentence = f"Criterion {self.code} answered {scores.min():g} to {scores.max():g}; it must answer 0 to 1."
            refuse([Fault("criterion_out_of_range", sentence, {"criterion": self.code})])
        return scores


def criterion(
    code: str,
    label: str,
    *parameters: Parameter,
    child_columns: tuple[str, ...] = (),
    mentor_columns: tuple[str, ...] = (),
) -> Callable[[Scoring], Criterion]:
    """Declare a criterion: ``f(edges, setting) -> float (m,)`` within 0..1."""

    def declare(scores: Scoring) -> Criterion:
        return Criterion(code, label, scores, parameters, child_columns, mentor_columns)

    return declare


def ramp(values: Floats, *, ideal: float, useless: float) -> Floats:
    """1 at ``ideal``, 0 at ``useless``, straight in between and flat beyond; NaN stays NaN."""
    if ideal == useless:
        return np.where(np.isnan(values), np.nan, (values == ideal).astype(np.float64))
    return np.clip((values - useless) / (ideal - useless), 0.0, 1.0)


def overlap(wanted: Column, offered: Column) -> Floats:
    """Which share of the bits wanted is offered, both as non-negative integer masks; 1 where nothing is wanted."""
    n_wanted = np.bitwise_count(wanted).astype(np.float64)
    n_met = np.bitwise_count(wanted & offered).astype(np.float64)
    return np.divide(n_met, n_wanted, out=np.ones_like(n_met), where=n_wanted > 0)
