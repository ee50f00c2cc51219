"""Who is away, the week, what is kept for how long, a person's own data, and the yearly report on access."""

from tests.access_matrix.rows import DONE, WITH_POST, Row, post


def own_absence(world: object) -> dict[str, object]:
    return {"absence_id": world.more["absence"]}  # type: ignore[attr-defined]


# The worker's own absence: she, her supervisor and the district end it; for everybody else it is not there.
_MAY_END = "worker supervisor officer"
_ABSENT = " ".join(name for name in WITH_POST.split() if name not in _MAY_END.split())

# Whoever supervises; each sees the week of the own units only.
_WEEKLY = "supervisor supervisor_elsewhere worker_supervising_elsewhere officer officer_elsewhere"


def week_of_here(world: object) -> dict[str, object]:
    return {"unit": "310110012"}


ROWS = [
    Row("week", _WEEKLY),
    Row(
        "week",
        "supervisor officer",
        "supervisor_elsewhere worker_supervising_elsewhere officer_elsewhere",
        data=week_of_here,
        note="of one sub-district",
    ),
    Row("absences:absences", WITH_POST),
    post("absences:absences", WITH_POST),
    post("absences:absence_end", _MAY_END, _ABSENT, keys=own_absence, status=DONE),
]
