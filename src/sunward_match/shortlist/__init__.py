"""Shortlists that flood nobody: up to k vacancies for everybody, no vacancy on more lists than its cap.

``shortlist`` takes scores and gives lists with the price of every cap and a bound that says how far from the best they
may be; ``verify`` checks any lists by their definition. ``candidates`` filters and scores: the exact best n of every
seeker. See ``docs/mechanisms/shortlist.md``.
"""

from __future__ import annotations

from ..faults import EngineError, Fault, InputError, VerificationError
from .filtering import (
    Candidates,
    Funnel,
    Removed,
    Seekers,
    Vacancies,
    Weighing,
    candidates,
    explain_removal,
)
from .kernel.problem import validate
from .kernel.solver import EVENNESS, TOLERANCE, UNSEEN, Shortlist, shortlist
from .kernel.verification import find_faults, verify
from .kernel.warming import warm_up
from .lines import Line, explain_lines
from .measures import measure_coverage, measure_gini

__all__ = [
    "EVENNESS",
    "TOLERANCE",
    "UNSEEN",
    "Candidates",
    "EngineError",
    "Fault",
    "Funnel",
    "InputError",
    "Line",
    "Removed",
    "Seekers",
    "Shortlist",
    "Vacancies",
    "VerificationError",
    "Weighing",
    "candidates",
    "explain_lines",
    "explain_removal",
    "find_faults",
    "measure_coverage",
    "measure_gini",
    "shortlist",
    "validate",
    "verify",
    "warm_up",
]
