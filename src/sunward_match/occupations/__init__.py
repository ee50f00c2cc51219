"""A job title in words → ranked codes of the classification of occupations of 2022 (职业分类大典).

    from sunward_match.occupations import coder

    for candidate in coder().rank("济南招聘数控铣工学徒", k=5):
        print(candidate.code, candidate.name, candidate.score)

``coder()`` learns in about a second, once in a process, from the data beside it: no model is downloaded, no network is
asked. The score is a probability. A person chooses: the first of five is right in two of three titles, and the right
one is among the five in six of seven. See ``docs/mechanisms/occupations.md``.
"""

from __future__ import annotations

from ..faults import Fault, InputError
from .catalogue import Labelled, Occupation, read_labelled, read_occupations
from .coder import Candidate, Coder, coder

__all__ = [
    "Candidate",
    "Coder",
    "Fault",
    "InputError",
    "Labelled",
    "Occupation",
    "coder",
    "read_labelled",
    "read_occupations",
]
