"""A market of people and vacancies with a planted truth: skewed popularity, applications, and scores made from them.

People and vacancies lie in fields of work; some vacancies are known to everybody, most to few. People apply with a
chance that grows with popularity and with how well field and taste fit. One application of each person is hidden, the
*truth* that lists should find. Two kinds of scores, both raw, as a platform would hand them in:

- `walk`: an untrained walk of three steps over the applications that are left (person, vacancy, person, vacancy),
  plus the share of the field for vacancies that nobody has applied to. Popular vacancies are favoured as such walks do;
  `damping` divides by a power of how much reaches a vacancy.
- `taste`: fit and popularity with noise over candidates drawn by quota: the large instances.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

TASTES = 6


@dataclass(frozen=True)
class Market:
    """`truth` names each person's hidden application, -1 where there is none."""

    scores: csr_array
    truth: np.ndarray


@dataclass(frozen=True)
class Sides:
    """Where people and vacancies lie; `fame` is a vacancy's popularity, some hundred times the mean at most."""

    person_field: np.ndarray
    vacancy_field: np.ndarray
    person_taste: np.ndarray
    vacancy_taste: np.ndarray
    fame: np.ndarray


def settle(n_people: int, n_vacancies: int, fields: int, rng: np.random.Generator) -> Sides:
    share = rng.dirichlet(np.full(fields, 2.0))
    return Sides(
        rng.choice(fields, n_people, p=share),
        rng.choice(fields, n_vacancies, p=share),
        rng.normal(0, 1, (n_people, TASTES)).astype(np.float32),
        rng.normal(0, 1, (n_vacancies, TASTES)).astype(np.float32),
        np.exp(rng.normal(0, 1.1, n_vacancies)),
    )


def apply_all(sides: Sides, rng: np.random.Generator, mean: float = 8.0) -> tuple[np.ndarray, np.ndarray]:
    """Applications as (person, vacancy), each once; nearly all within the person's field."""
    people, chosen = [], []
    for field in range(int(sides.person_field.max()) + 1):
        members = np.flatnonzero(sides.person_field == field)
        jobs = np.flatnonzero(sides.vacancy_field == field)
        if not len(members) or len(jobs) < 2:
            continue
        liking = 1.6 * sides.person_taste[members] @ sides.vacancy_taste[jobs].T / np.sqrt(TASTES)
        want = np.log(sides.fame[jobs])[None, :] + liking + rng.gumbel(0, 1, (len(members), len(jobs)))
        number = np.minimum(2 + rng.geometric(1 / (mean - 1), len(members)), len(jobs))
        order = np.argsort(-want, axis=1)
        for at, person in enumerate(members):
            picked = jobs[order[at, : number[at]]].copy()
            stray = rng.random(len(picked)) < 0.08
            picked[stray] = rng.integers(0, len(sides.fame), int(stray.sum()))
            picked = np.unique(picked)
            people.append(np.full(len(picked), person))
            chosen.append(picked)
    return np.concatenate(people), np.concatenate(chosen)


def walk(
    n_people: int, n_vacancies: int, *, seed: int = 0, fields: int = 40, kept: int = 300, damping: float = 0.0
) -> Market:
    """Scores by a damped walk, the ``kept`` best per person and some of her field at random."""
    rng = np.random.default_rng(seed)
    sides = settle(n_people, n_vacancies, fields, rng)
    person, vacancy = apply_all(sides, rng)
    draw = rng.random(len(person))
    order = np.lexsort((draw, person))
    first = np.r_[True, person[order][1:] != person[order][:-1]]
    hidden = order[first]
    truth = np.full(n_people, -1)
    truth[person[hidden]] = vacancy[hidden]
    left = np.ones(len(person), bool)
    left[hidden] = False
    known = coo_array((np.ones(int(left.sum())), (person[left], vacancy[left])), (n_people, n_vacancies)).tocsr()
    by_person = diags_array(1 / np.maximum(known.sum(axis=1), 1)) @ known
    by_vacancy = diags_array(1 / np.maximum(known.sum(axis=0), 1)) @ known.T
    reached = (by_person @ by_vacancy @ by_person).tocsr()
    field = coo_array((np.ones(n_vacancies), (np.arange(n_vacancies), sides.vacancy_field)), (n_vacancies, fields))
    lean = (by_person @ field).toarray()
    size = np.maximum(np.bincount(sides.vacancy_field, minlength=fields), 1)
    scores = choose(reached, known, lean / size, sides, kept, rng)
    reach = np.bincount(scores.indices, weights=scores.data, minlength=n_vacancies)
    scores.data /= np.maximum(reach[scores.indices], 1e-9) ** damping
    return Market(scores, truth)


def choose(
    reached: csr_array, known: csr_array, lean: np.ndarray, sides: Sides, kept: int, rng: np.random.Generator
) -> csr_array:
    """What each person might be shown: the best by walk, and a tenth as many of the fields she leans to; never what
    she has applied to already."""
    data, columns, start = [], [], [0]
    by_field = [np.flatnonzero(sides.vacancy_field == field) for field in range(lean.shape[1])]
    for person in range(reached.shape[0]):
        row = np.zeros(reached.shape[1])
        mine = slice(reached.indptr[person], reached.indptr[person + 1])
        row[reached.indices[mine]] = reached.data[mine]
        home = by_field[int(lean[person].argmax())]
        row[home] += 0.1 * lean[person].max()
        row[known.indices[known.indptr[person] : known.indptr[person + 1]]] = 0
        best = np.argpartition(-row, min(kept, len(row) - 1))[:kept]
        drawn = np.union1d(best[row[best] > 0], rng.choice(home, min(len(home), kept // 10), replace=False))
        drawn = drawn[row[drawn] > 0]
        data.append(row[drawn])
        columns.append(drawn)
        start.append(start[-1] + len(drawn))
    shape = (reached.shape[0], reached.shape[1])
    return csr_array((np.concatenate(data), np.concatenate(columns), np.array(start)), shape=shape)


def taste(n_people: int, n_vacancies: int, *, seed: int = 0, fields: int = 200, drawn: int = 100) -> Market:
    """Fit and popularity over ``drawn`` candidates each: half by fame, half at random, all within the field."""
    rng = np.random.default_rng(seed)
    sides = settle(n_people, n_vacancies, fields, rng)
    rows, columns, data = [], [], []
    truth = np.full(n_people, -1)
    for field in range(fields):
        members = np.flatnonzero(sides.person_field == field)
        jobs = np.flatnonzero(sides.vacancy_field == field)
        if not len(members) or not len(jobs):
            continue
        liking = 1.6 * sides.person_taste[members] @ sides.vacancy_taste[jobs].T / np.sqrt(TASTES)
        fame = np.log(sides.fame[jobs])[None, :]
        truth[members] = jobs[(fame + liking + rng.gumbel(0, 1, liking.shape)).argmax(axis=1)]
        blurred = 0.8 * fame + liking + rng.normal(0, 0.7, liking.shape)
        width = min(drawn, len(jobs))
        quota = 0.5 * fame * (np.arange(len(members))[:, None] % 2) + rng.gumbel(0, 1, liking.shape)
        picked = np.argpartition(-quota, width - 1, axis=1)[:, :width]
        rows.append(np.repeat(members, width))
        columns.append(jobs[picked].ravel())
        data.append(1 / (1 + np.exp(-np.take_along_axis(blurred, picked, 1) / 2)).ravel())
    entries = (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns)))
    return Market(coo_array(entries, shape=(n_people, n_vacancies)).tocsr(), truth)
