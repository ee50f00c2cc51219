"""The front door: scores in, lists out, with what each vacancy's cap costs and how far from the best they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ...faults import Fault, refuse
from ...pairing.kernel.vectors import Floats, Longs
from .auction import Lists, bid_all, open_lists
from .certificate import bound_value, settle_price, sum_held
from .problem import Problem, state_problem
from .rescue import fill_all, rescue_all

# In spreads; measured in docs/mechanisms/shortlist.md.
EVENNESS = 0.05
UNSEEN = 0.5
TOLERANCE = 0.02
FIRST_LINE = 10.0  # what a first line counts besides its score, in spreads


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who is told of which vacancies.

    ``indices`` is int64 (people, k): each person's vacancies, best score first, -1 where there are fewer.
    ``exposure``, int64 per vacancy, is on how many lists it stands; never more than its cap. ``price``, float64 per
    vacancy, is what one more place on a list of it would add to the total score, 0 wherever the cap does not bind.
    ``value`` is the total score kept; no lists under the same caps that leave as few people with nothing could keep
    more than ``bound``. ``bonus`` is what the first line of a person counted besides its score.
    """

    indices: Longs
    exposure: Longs
    price: Floats
    bonus: float
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How much score the best lists under these caps could have more, at most, as a share of ``bound``."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    @property
    def n_lines(self) -> Longs:
        """How many vacancies each person is told of; int64 (people,)."""
        lines: Longs = (self.indices >= 0).sum(axis=1, dtype=np.int64)
        return lines


def shortlist(
    scores: Any,
    *,
    k: int,
    cap: npt.ArrayLike,
    evenness: float = EVENNESS,
    unseen: float = UNSEEN,
    tolerance: float = TOLERANCE,
) -> Shortlist:
    """Up to ``k`` vacancies for everybody, no vacancy on more than ``cap`` lists, at the greatest total score.

    Strictly in this order: only stored entries are shown, each at most once to a person; no cap is exceeded; nobody is
    left with nothing for whom there is any way; nobody has a free line for which a vacancy she may see has room. Within
    that the total score is as great as can be, less what evenness costs.

    Args:
        scores: scipy csr_array (people, vacancies), not negative; what is not stored is impossible, a stored 0 is not.
        cap: on how many lists a vacancy may stand: one whole number for all, or one per vacancy; infinite for no limit.
        evenness: by how many spreads a vacancy shown up to its cap seems worse than one shown once. A spread is how
            much scores fall, on average, along the first 4 k ranks of a person's own list. 0: score alone counts.
        unseen: by how many spreads a vacancy that nobody is told of yet seems better than one shown once.
        tolerance: how much better a line may at most seem elsewhere, in spreads; smaller is slower.

    The same input gives the same lists, whatever the order of entries within a row. Equal scores are settled by the
    order of people and vacancies.

    Raises:
        InputError: listing every fault of the input.
    """
    refuse(
        [
            *check_share("evenness", evenness, 0.0, 100.0),
            *check_share("unseen", unseen, 0.0, 100.0),
            *check_share("tolerance", tolerance, 1e-12, 1.0),
        ]
    )
    problem = state_problem(scores, k=k, cap=cap)
    scale = problem.spread if problem.may_bind else 0.0
    lift = (evenness + unseen) * scale
    lists = open_lists(problem, evenness * scale, unseen * scale)
    bonus = FIRST_LINE * problem.spread
    bid_all(lists, problem.k, lift, bonus, tolerance * problem.spread)
    price = settle_price(problem, lists.price, lift, bonus)
    rescue_all(lists, problem.n_vacancies)
    fill_all(lists, problem.k)
    return read_lists(problem, lists, price, bonus)


def check_share(name: str, value: object, least: float, most: float) -> list[Fault]:
    """A number within its range."""
    if isinstance(value, int | float | np.number) and least <= float(value) <= most:
        return []
    sentence = f"{name} is {value!r}; it must be a number between {least:g} and {most:g}."
    return [Fault(f"{name}_out_of_range", sentence)]


def read_lists(problem: Problem, lists: Lists, price: Floats, bonus: float) -> Shortlist:
    """The result in the terms of the caller, with its bound."""
    entries = np.flatnonzero(lists.held)
    person = lists.person[entries].astype(np.int64)
    begins = np.cumsum(lists.n_held, dtype=np.int64) - lists.n_held
    indices = np.full((problem.n_people, problem.k), -1, np.int64)
    indices[person, np.arange(len(entries)) - begins[person]] = lists.vacancy[entries]
    exposure = np.bincount(lists.vacancy[entries], minlength=problem.n_vacancies).astype(np.int64)
    bound = bound_value(problem, price, bonus, int(np.count_nonzero(lists.n_held)))
    return Shortlist(indices, exposure, price, bonus, sum_held(lists), bound)
