"""Seekers and vacancies with hard filters: occupations of uneven size, a city 40 km wide, floors, ranks and shifts."""

import numpy as np

from sunward_match.shortlist import Seekers, Vacancies


def settle(n_seekers: int, n_vacancies: int, *, occupations: int = 400, seed: int = 0) -> tuple[Seekers, Vacancies]:
    """One to five wished occupations each, limits of 3 to 15 km; a twentieth of places and pays are not known."""
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.full(occupations, 0.6))
    centre = rng.uniform(0, 40, (30, 2))

    def place(size: int) -> np.ndarray:
        where = centre[rng.integers(0, 30, size)] + rng.normal(0, 2.5, (size, 2))
        where[rng.random(size) < 0.05] = np.nan
        return where

    number = rng.integers(1, 6, n_seekers)
    wishes = [np.unique(rng.choice(occupations, size, p=share)) for size in number]
    start = np.concatenate(([0], np.cumsum([len(row) for row in wishes])))
    flat = np.concatenate(wishes)
    home, site = place(n_seekers), place(n_vacancies)
    pay = np.exp(rng.normal(8.9, 0.35, n_vacancies))
    pay[rng.random(n_vacancies) < 0.05] = np.nan
    seekers = Seekers(
        start, flat, rng.random(len(flat)), home[:, 0], home[:, 1], rng.uniform(3, 15, n_seekers),
        np.exp(rng.normal(8.5, 0.3, n_seekers)), rng.integers(1, 6, n_seekers), rng.integers(1, 16, n_seekers),
    )  # fmt: skip
    vacancies = Vacancies(
        rng.choice(occupations, n_vacancies, p=share), site[:, 0], site[:, 1], pay,
        rng.integers(0, 5, n_vacancies), 2 ** rng.integers(0, 4, n_vacancies), rng.random(n_vacancies),
    )  # fmt: skip
    return seekers, vacancies
