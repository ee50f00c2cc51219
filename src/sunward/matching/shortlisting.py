"""The door to the engine's shortlists, for programmes that say who may be told of what: each answer is checked anew."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from sunward_match.faults import EngineError, InputError
from sunward_match.pairing.kernel.vectors import Flags, Floats, Longs
from sunward_match.shortlist import (
    Funnel,
    Removed,
    Seekers,
    Shortlist,
    Vacancies,
    Weighing,
    candidates,
    explain_removal,
    measure_coverage,
    measure_gini,
    shortlist,
    verify,
    warm_up,
)

__all__ = [
    "EngineError",
    "Flags",
    "Floats",
    "Funnel",
    "InputError",
    "Longs",
    "Pairs",
    "Removed",
    "Seekers",
    "Shortlist",
    "Vacancies",
    "Weighing",
    "count_doors",
    "draw",
    "give_lists",
    "measure_coverage",
    "measure_gini",
    "warm_up",
]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who may be told of which vacancy, by position, in the order of people and vacancies, each once."""

    person: Longs
    vacancy: Longs

    @classmethod
    def of(cls, person: Longs, vacancy: Longs, n_vacancies: int) -> "Pairs":
        """What occurs several times is one."""
        keys = np.unique(person * max(n_vacancies, 1) + vacancy)
        return cls(keys // max(n_vacancies, 1), keys % max(n_vacancies, 1))


def draw(seekers: Seekers, vacancies: Vacancies, *, n: int, weighing: Weighing) -> tuple[Longs, Longs]:
    """The best `n` permitted vacancies of everybody, exactly: positions of persons and of vacancies."""
    found = candidates(seekers, vacancies, n=n, weighing=weighing).indices
    person, place = np.nonzero(found >= 0)
    return person.astype(np.int64), found[person, place]


def give_lists(pairs: Pairs, score: Floats, *, n_people: int, n_vacancies: int, k: int, cap: Longs) -> Shortlist:
    """Up to `k` vacancies for everybody and nobody left with nothing needlessly, within the caps; proven anew.

    Raises:
        sunward_match.faults.InputError: with everything that is wrong, at once.
        sunward_match.faults.VerificationError: if the answer is not what it says. Nothing of it may be used then.
    """
    start = np.searchsorted(pairs.person, np.arange(n_people + 1)).astype(np.int64)
    scores = csr_array((score, pairs.vacancy, start), shape=(n_people, n_vacancies))
    answer = shortlist(scores, k=k, cap=cap)
    verify(scores, answer, k=k, cap=cap)
    return answer


def count_doors(seekers: Seekers, vacancies: Vacancies, of: Sequence[int]) -> tuple[Funnel, ...]:
    """For the people at the positions `of`: which rule closes how many vacancies, how many alone, how many are left."""
    return explain_removal(seekers, vacancies, of)
