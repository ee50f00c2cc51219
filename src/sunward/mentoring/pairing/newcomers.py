"""Neighbour moms who do not exist yet, to find out where to recruit and whom; and nobody, to check policies against."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sunward.matching.declaration import Newcomer, Snapshot
from sunward.matching.terms import Table
from sunward.mentoring.pairing.abilities import EVERYBODY, MEETABLE, mask_of
from sunward.mentoring.pairing.tables import ALWAYS, MentorFacts, tabulate, tabulate_mentors

_ANYONE = mask_of(EVERYBODY)


def imagine(snapshot: Snapshot) -> tuple[Table, Sequence[Newcomer]]:
    """One newcomer for every sub-district with children and every skill, ready to be matched, with one place."""
    units = sorted(set(snapshot.left["unit"].tolist()) - {""})
    skills = ("", *(kind.value for kind in MEETABLE if kind not in EVERYBODY))
    newcomers = [Newcomer(unit, skill) for unit in units for skill in skills]
    facts = [_facts(number, newcomer) for number, newcomer in enumerate(newcomers)]
    table = tabulate_mentors(facts, {})
    return replace(table, columns={**table.columns, "newcomer": np.arange(len(newcomers))}), newcomers


def _facts(number: int, newcomer: Newcomer) -> MentorFacts:
    skills = _ANYONE | (mask_of([newcomer.skill]) if newcomer.skill else 0)
    # Her key is below 0, so that she is nobody's past mentor.
    return MentorFacts(
        id=-1 - number, unit=newcomer.unit_code, check_days=ALWAYS, training_days=ALWAYS, skills=skills, times=0b1111
    )


def nobody() -> Snapshot:
    left, right = tabulate([], [])
    return Snapshot(left, right, (), {"on": 0.0})
