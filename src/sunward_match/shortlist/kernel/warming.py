"""Everything compiled before anybody waits for it."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from ..filtering import Seekers, Vacancies, candidates, explain_removal
from .solver import shortlist


def warm_up() -> None:
    """Compile the kernels, or load them from the cache, by a toy that needs all of them.

    Some seconds the first time on a machine. For the start of a worker or the build of an image; without it the first
    run pays.
    """
    shortlist(csr_array(np.array([[3.0, 1.0, 0.0], [2.0, 0.0, 0.0], [1.0, 0.0, 0.0]])), k=2, cap=[1, 1, 0])
    seekers = Seekers([0, 1], [0], [1.0], [0.0], [0.0], [1.0], [0.0], [0], [0])
    vacancies = Vacancies([0], [0.0], [0.0], [1.0], [0], [0], [0.0])
    candidates(seekers, vacancies, n=1)
    explain_removal(seekers, vacancies, [0])
