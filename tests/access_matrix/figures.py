"""Figures: of a programme whoever keeps its files, in the units they keep them in; a leader those about no person."""

from tests.access_matrix.rows import EMPLOYMENT, EMPLOYMENT_HERE, OFFICERS, Made, Row

LEADERS = "leader leader_of_subdistrict leader_elsewhere"


def of(code: str, **said: str) -> dict[str, Made]:
    return {"keys": lambda world: {"code": code}, "data": lambda world: dict(said)}


CHILDREN, JOBSEEKERS, FAIRS = "mentoring.files_open", "employment.helped_into_work", "employment.fairs_held"
HERE = "310110012"

ROWS = [
    Row("figures:figures", f"{OFFICERS} {EMPLOYMENT} {LEADERS}"),
    Row("figures:figure", OFFICERS, absent=f"{EMPLOYMENT} {LEADERS}", note="about children", **of(CHILDREN)),
    Row("figures:figure", EMPLOYMENT, absent=f"{OFFICERS} {LEADERS}", note="about jobseekers", **of(JOBSEEKERS)),
    Row("figures:figure", f"{EMPLOYMENT} {LEADERS}", absent=OFFICERS, note="about no person", **of(FAIRS)),
    Row(
        "figures:figure",
        EMPLOYMENT_HERE,
        absent=f"employment_officer_elsewhere employment_officer_at_point {OFFICERS} {LEADERS}",
        note="of a sub-district by its code",
        **of(JOBSEEKERS, unit=HERE),
    ),
    Row("figures:records", OFFICERS, absent=f"{EMPLOYMENT} {LEADERS}", note="about children", **of(CHILDREN)),
    Row("figures:records", EMPLOYMENT, absent=f"{OFFICERS} {LEADERS}", note="about jobseekers", **of(JOBSEEKERS)),
    Row("figures:records", EMPLOYMENT, absent=f"{OFFICERS} {LEADERS}", note="about no person", **of(FAIRS)),
    Row(
        "figures:records",
        "supervisor officer",
        absent=f"supervisor_elsewhere officer_elsewhere worker_supervising_elsewhere {EMPLOYMENT} {LEADERS}",
        note="of a sub-district by its code",
        **of(CHILDREN, unit=HERE),
    ),
]
