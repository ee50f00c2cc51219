"""Which vacancies a seeker could be told of at all, and the best n of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ..faults import Fault, refuse
from ..pairing.kernel.vectors import Column, Floats, Longs
from .kernel.problem import count_repeated
from .kernel.walking import RULES, Offers, Scales, Wishes, count_all, walk_all

PART = 5000  # seekers that a thread walks at a time; fewer are not worth one
BY_SEEKER = ("x", "y", "limit", "floor", "education", "shifts")


@dataclass(frozen=True, slots=True)
class Seekers:
    """What each person asks for. One entry per person in every column but the two of wishes.

    ``wishes`` holds the numbers of the wished occupations, row after row, ``wish_start`` where each row begins (one
    more at the end), ``liking`` from 0 to 1 how much each is wished. ``x_km``, ``y_km``: where, NaN if not known.
    ``limit_km`` and ``pay_floor``: no farther, no less; infinite and 0 for none. ``education``: rank; ``shifts``: bits.
    """

    wish_start: npt.ArrayLike
    wishes: npt.ArrayLike
    liking: npt.ArrayLike
    x_km: npt.ArrayLike
    y_km: npt.ArrayLike
    limit_km: npt.ArrayLike
    pay_floor: npt.ArrayLike
    education: npt.ArrayLike
    shifts: npt.ArrayLike


@dataclass(frozen=True, slots=True)
class Vacancies:
    """What each vacancy offers and needs: one occupation, a place, the best pay (NaN if not said), the least education,
    the bits of the shifts it needs, and a ``merit`` of its own from 0 to 1 (fresh, verified, chance)."""

    occupation: npt.ArrayLike
    x_km: npt.ArrayLike
    y_km: npt.ArrayLike
    pay: npt.ArrayLike
    education: npt.ArrayLike
    shifts: npt.ArrayLike
    merit: npt.ArrayLike


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much each criterion counts. Nearness ends at ``far_km``; pay counts in full ``pay_span`` above the floor."""

    liking: float = 1.0
    near: float = 1.0
    pay: float = 1.0
    merit: float = 1.0
    far_km: float = 15.0
    pay_span: float = 4000.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """``indices`` int64 (seekers, n), best first, -1 where there are fewer; ``scores`` float64 of the same shape."""

    indices: Longs
    scores: Floats
    n_vacancies: int

    def as_scores(self) -> csr_array:
        """What ``shortlist`` takes."""
        found = self.indices >= 0
        start = np.concatenate(([0], np.cumsum(found.sum(axis=1, dtype=np.int64))))
        return csr_array((self.scores[found], self.indices[found], start), shape=(len(found), self.n_vacancies))


@dataclass(frozen=True, slots=True)
class Removed:
    """What one rule does to one seeker: how many vacancies it removes, and how many it alone removes."""

    rule: str
    removed: int
    alone: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many vacancies there are for one seeker, how many remain, and what each rule removes."""

    vacancies: int
    remaining: int
    rules: tuple[Removed, ...]


def candidates(seekers: Seekers, vacancies: Vacancies, *, n: int, weighing: Weighing | None = None) -> Candidates:
    """The ``n`` best permitted vacancies of every seeker, exactly; equal scores by the order of vacancies.

    Permitted: of a wished occupation, within the limit, at or above the floor, education sufficient, every shift
    needed accepted. What is not known (place, pay) forbids nothing and earns nothing. The score is the weighted sum of
    liking, nearness, pay and merit.

    Raises:
        InputError: listing every fault of the input.
    """
    weighing = weighing or Weighing()
    faults = [*find_weighing_faults(weighing), *find_number_faults(n)]
    wishes, offers = state(seekers, vacancies, faults)
    scales = Scales(*(float(getattr(weighing, each.name)) for each in fields(weighing)))
    at, scores = walk_in_parts(wishes, offers, scales, int(n))
    found = at >= 0
    at[found] = offers.number[at[found]]
    return Candidates(at, scores, len(offers.number))


def walk_in_parts(wishes: Wishes, offers: Offers, scales: Scales, n: int) -> tuple[Column, Column]:
    """On every core there is: each seeker is walked alone, so that the answer is the same whatever the parts are."""
    parts = [
        wishes._replace(
            start=wishes.start[first : first + PART + 1],
            **{name: getattr(wishes, name)[first : first + PART] for name in BY_SEEKER},
        )
        for first in range(0, max(1, len(wishes.x)), PART)
    ]
    if len(parts) == 1:
        return walk_all(wishes, offers, scales, n)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        walked = list(threads.map(lambda part: walk_all(part, offers, scales, n), parts))
    return np.concatenate([at for at, _scores in walked]), np.concatenate([scores for _at, scores in walked])


def explain_removal(seekers: Seekers, vacancies: Vacancies, of: Sequence[int]) -> tuple[Funnel, ...]:
    """For the seekers at the positions ``of``: which rule removes how many vacancies, and how many alone.

    ``alone`` says what giving way on this one point would open. Looks at every vacancy: meant for the few with none.

    Raises:
        InputError: as ``candidates``; ``seeker_unknown``.
    """
    faults: list[Fault] = []
    chosen = np.asarray(of, np.int64)
    wishes, offers = state(seekers, vacancies, faults)
    if len(chosen) and (chosen.min() < 0 or chosen.max() >= len(wishes.x)):
        refuse([Fault("seeker_unknown", f"There are {len(wishes.x)} seekers; one asked for is not among them.")])
    removed, alone, remaining = count_all(wishes, offers, chosen)
    return tuple(
        Funnel(
            len(offers.number),
            int(remaining[row]),
            tuple(Removed(rule, int(removed[row, at]), int(alone[row, at])) for at, rule in enumerate(RULES)),
        )
        for row in range(len(chosen))
    )


def state(seekers: Seekers, vacancies: Vacancies, faults: list[Fault]) -> tuple[Wishes, Offers]:
    """Both sides, checked and in the order of the walk."""
    mine = {each.name: np.asarray(getattr(seekers, each.name)) for each in fields(seekers)}
    theirs = {each.name: np.asarray(getattr(vacancies, each.name)) for each in fields(vacancies)}
    faults.extend(find_column_faults(mine, len(mine["x_km"]) if mine["x_km"].ndim else 0, ("wishes", "liking")))
    faults.extend(find_column_faults(theirs, len(theirs["x_km"]) if theirs["x_km"].ndim else 0, ()))
    refuse(faults)
    refuse(list(find_wish_faults(mine)))
    occupation = theirs["occupation"].astype(np.int64)
    n_occupations = max(int(part.max()) + 1 if len(part) else 0 for part in (occupation, mine["wishes"]))
    return state_wishes(mine), state_offers(theirs, occupation, n_occupations)


def state_wishes(columns: dict[str, Column]) -> Wishes:
    """Seekers in the types of the walk; who has half a place has none."""
    x, y = columns["x_km"].astype(np.float64), columns["y_km"].astype(np.float64)
    lost = np.isnan(x) | np.isnan(y)
    return Wishes(
        columns["wish_start"].astype(np.int64), columns["wishes"].astype(np.int32),
        columns["liking"].astype(np.float64), np.where(lost, np.nan, x), np.where(lost, np.nan, y),
        columns["limit_km"].astype(np.float64), columns["pay_floor"].astype(np.float64),
        columns["education"].astype(np.int64), columns["shifts"].astype(np.int64),
    )  # fmt: skip


def state_offers(columns: dict[str, Column], occupation: Longs, n_occupations: int) -> Offers:
    """Vacancies grouped by occupation, west to east, those without a place last."""
    x, y = columns["x_km"].astype(np.float64), columns["y_km"].astype(np.float64)
    lost = np.isnan(x) | np.isnan(y)
    x, y = np.where(lost, np.nan, x), np.where(lost, np.nan, y)
    order = np.lexsort((np.arange(len(x)), x, lost, occupation))
    many = np.bincount(occupation, minlength=n_occupations)
    start = np.concatenate(([0], np.cumsum(many))).astype(np.int64)
    placed = start[1:] - np.bincount(occupation[lost], minlength=n_occupations)
    merit = columns["merit"].astype(np.float64)
    pay = columns["pay"].astype(np.float64)
    most_merit, most_pay = np.zeros(n_occupations), np.zeros(n_occupations)
    np.maximum.at(most_merit, occupation, merit)
    np.maximum.at(most_pay, occupation, np.nan_to_num(pay))
    return Offers(
        start, placed.astype(np.int64), order.astype(np.int64), x[order], y[order],
        pay[order], columns["education"].astype(np.int64)[order],
        columns["shifts"].astype(np.int64)[order], merit[order], most_merit, most_pay,
    )  # fmt: skip


WHOLE = ("wish_start", "wishes", "occupation", "education", "shifts")
MAY_LACK = ("x_km", "y_km", "pay")
SHARES = ("liking", "merit")
MOST_OCCUPATIONS = 1_000_000


def find_column_faults(columns: dict[str, Column], size: int, apart: tuple[str, ...]) -> Iterator[Fault]:
    """Shape, kind and range of every column; those named in ``apart`` have a length of their own."""
    for name, column in columns.items():
        expected = size + 1 if name == "wish_start" else size
        if column.ndim != 1 or (name not in apart and len(column) != expected):
            yield Fault("lengths_differ", f"{name} has shape {column.shape}; it must be ({expected},).")
        elif len(column) and column.dtype.kind not in ("iu" if name in WHOLE else "iuf"):
            yield Fault("column_not_numeric", f"{name} holds {column.dtype}; it must hold numbers, whole if codes.")
        elif len(column):
            yield from find_range_faults(name, column)


def find_range_faults(name: str, column: Column) -> Iterator[Fault]:
    """Nothing missing where it may not be, nothing negative but places, shares within 0 to 1."""
    missing = np.isnan(column) if column.dtype.kind == "f" else np.zeros(len(column), np.bool_)
    if missing.any() and name not in MAY_LACK:
        yield Fault("value_missing", f"{int(missing.sum())} entries of {name} are no numbers.")
    elif name not in ("x_km", "y_km") and bool((column < 0).any()):
        yield Fault("value_negative", f"{int((column < 0).sum())} entries of {name} are below 0.")
    elif name in ("occupation", "wishes") and int(column.max()) >= MOST_OCCUPATIONS:
        yield Fault("value_out_of_range", f"{name} must number occupations from 0, at most {MOST_OCCUPATIONS}.")
    elif (name in ("x_km", "y_km", "pay") and np.isinf(column.astype(np.float64)).any()) or (
        name in SHARES and bool((column > 1).any())
    ):
        yield Fault("value_out_of_range", f"{name} is infinite, or beyond 1 where it is a share.")


def find_wish_faults(columns: dict[str, Column]) -> Iterator[Fault]:
    """Rows that follow one another, and no occupation wished twice."""
    start, wishes = columns["wish_start"].astype(np.int64), columns["wishes"].astype(np.int64)
    if start[0] != 0 or (np.diff(start) < 0).any() or start[-1] != len(wishes) or len(wishes) != len(columns["liking"]):
        yield Fault("rows_malformed", "The rows of wishes do not follow one another, or liking is of another length.")
        return
    repeated = count_repeated(start, wishes.astype(np.int32), int(wishes.max()) + 1 if len(wishes) else 0)
    if repeated:
        yield Fault("wish_repeated", f"{repeated} occupations are wished twice by one person.", {"count": repeated})


def find_number_faults(n: object) -> Iterator[Fault]:
    """Whole, and at least 1."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        yield Fault("n_too_small", f"n is {n!r}; it must be a whole number of at least 1.")


def find_weighing_faults(weighing: Weighing) -> Iterator[Fault]:
    """Finite, none negative, the two scales greater than 0."""
    for each in fields(weighing):
        value = getattr(weighing, each.name)
        least = 1e-9 if each.name in ("far_km", "pay_span") else 0.0
        if not isinstance(value, int | float) or not least <= value <= 1e9:
            yield Fault("weight_out_of_range", f"{each.name} is {value!r}; it must lie between {least:g} and 1e9.")
