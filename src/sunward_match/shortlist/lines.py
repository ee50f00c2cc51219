"""Why a vacancy is on a list: what each criterion adds, how far it is, and how many others are told of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..faults import Fault, refuse
from ..pairing.kernel.vectors import Floats
from .filtering import Seekers, Vacancies, Weighing
from .kernel.solver import Shortlist


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one list. ``liking``, ``near``, ``pay`` and ``merit`` are points and add up to ``score``.

    ``distance_km`` and ``above_floor`` are None where place or pay is not known; ``others`` is how many more people are
    told of the vacancy.
    """

    vacancy: int
    score: float
    liking: float
    near: float
    pay: float
    merit: float
    distance_km: float | None
    above_floor: float | None
    others: int


def explain_lines(
    answer: Shortlist, seekers: Seekers, vacancies: Vacancies, person: int, *, weighing: Weighing | None = None
) -> tuple[Line, ...]:
    """The list of one person, in its order; the sides and the weighing must be those of ``candidates``.

    Raises:
        InputError: ``seeker_unknown``.
    """
    if not 0 <= person < len(answer.indices):
        refuse([Fault("seeker_unknown", f"There is no seeker {person}.", {"seeker": person})])
    weighing = weighing or Weighing()
    row = answer.indices[person]
    shown = row[row >= 0]
    start = np.asarray(seekers.wish_start)
    mine = slice(int(start[person]), int(start[person + 1]))
    wishes = np.asarray(seekers.wishes)[mine].tolist()
    likings = dict(zip(wishes, np.asarray(seekers.liking, np.float64)[mine].tolist(), strict=True))
    east, north = (of(vacancies, name)[shown] - of(seekers, name)[person] for name in ("x_km", "y_km"))
    away = np.hypot(east, north)
    above = of(vacancies, "pay")[shown] - of(seekers, "pay_floor")[person]
    liking = np.array([likings[each] for each in np.asarray(vacancies.occupation)[shown].tolist()])
    parts = np.stack(
        [
            weighing.liking * liking,
            weighing.near * np.nan_to_num(np.clip(1 - away / weighing.far_km, 0, 1)),
            weighing.pay * np.nan_to_num(np.clip(above / weighing.pay_span, 0, 1)),
            weighing.merit * of(vacancies, "merit")[shown],
        ]
    )
    return tuple(
        Line(
            vacancy=vacancy,
            score=sum(points),
            liking=points[0],
            near=points[1],
            pay=points[2],
            merit=points[3],
            distance_km=None if np.isnan(away[at]) else float(away[at]),
            above_floor=None if np.isnan(above[at]) else float(above[at]),
            others=int(answer.exposure[vacancy]) - 1,
        )
        for at, (vacancy, points) in enumerate(zip(shown.tolist(), parts.T.tolist(), strict=True))
    )


def of(side: Seekers | Vacancies, name: str) -> Floats:
    """One column as floats."""
    return np.asarray(getattr(side, name), np.float64)
