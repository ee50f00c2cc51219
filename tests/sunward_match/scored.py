"""Small scores for laws, and the best lists by a linear programme of somebody else's."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from sunward_match.shortlist import Shortlist, shortlist, verify

SERVED = 1000.0  # what having anything counts in the oracle: more than all scores together


@dataclass(frozen=True)
class Scored:
    """The arguments of ``shortlist``; what is NaN in the square is not stored."""

    square: np.ndarray
    k: int
    cap: np.ndarray

    @property
    def scores(self) -> csr_array:
        stored = ~np.isnan(self.square)
        start = np.concatenate(([0], np.cumsum(stored.sum(axis=1))))
        return csr_array((self.square[stored], np.nonzero(stored)[1], start), shape=self.square.shape)

    def solve(self, **given: Any) -> Shortlist:
        """The lists, verified."""
        answer = shortlist(self.scores, k=self.k, cap=self.cap, **given)
        verify(self.scores, answer, k=self.k, cap=self.cap)
        return answer

    def solve_closely(self) -> Shortlist:
        """By score alone, to the last digits."""
        return self.solve(evenness=0, unseen=0, tolerance=1e-9)

    def best(self) -> tuple[int, float]:
        """How many people can be served, and the greatest score while they are."""
        person, vacancy = np.nonzero(~np.isnan(self.square))
        n_people, n_vacancies = self.square.shape
        n_lines, at = len(person), np.arange(len(person))
        law = np.zeros((2 * n_people + n_vacancies, n_lines + n_people))
        law[person, at] = 1
        law[n_people + vacancy, at] = 1
        law[n_people + n_vacancies + person, at] = -1
        law[n_people + n_vacancies + np.arange(n_people), n_lines + np.arange(n_people)] = 1
        limit = np.concatenate([np.full(n_people, self.k), self.cap, np.zeros(n_people)])
        worth = np.concatenate([self.square[person, vacancy], np.full(n_people, SERVED)])
        found = linprog(-worth, A_ub=law, b_ub=limit, bounds=(0, 1))
        served = int((-found.fun + 1e-6) // SERVED)
        return served, float(-found.fun - SERVED * served)


@st.composite
def scored(draw: st.DrawFn, most_people: int = 8, most_vacancies: int = 6, *, ties: bool = True) -> Scored:
    """Some scores; with ``ties`` many are equal, without hardly any."""
    n_people, n_vacancies = draw(st.integers(1, most_people)), draw(st.integers(1, most_vacancies))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    square = rng.integers(0, 5, (n_people, n_vacancies)).astype(float) if ties else rng.random((n_people, n_vacancies))
    square[rng.random(square.shape) > draw(st.sampled_from([0.3, 0.7, 1.0]))] = np.nan
    return Scored(square, draw(st.integers(1, 4)), rng.integers(0, 4, n_vacancies))
