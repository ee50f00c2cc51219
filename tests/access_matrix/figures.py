"""Figures: of a programme whoever keeps its files, in the units they keep them in; a leader those about no person."""

from tests.access_matrix.rows import EMPLOYMENT, EMPLOYMENT_HERE, OFFICERS, Made, Row

LEADERS = "leader leader_of_subdistrict leader_elsewhere"


def of(code: str, **said: str) -> dict[str, Made]:
    return {"keys": lambda world: {"code": code}, "data": lambda world: dict(said)}


CHILDREN, JOBSEEKERS, FAIRS = "mentoring.files_open", "employment.helped_into_work", "employment.fairs_held"
DECISIONS = "blueprint.decisions"
HERE = "310110012"
PLANNERS = "plan_officer plan_officer_of_subdistrict plan_officer_elsewhere"
BESIDE_PLANS = "plan_officer_of_subdistrict plan_officer_elsewhere leader_of_subdistrict leader_elsewhere"

ROWS = [
    Row("figures:figures", f"{OFFICERS} {EMPLOYMENT} {LEADERS} {PLANNERS}"),
    Row("figures:figure", f"{PLANNERS} {LEADERS}", absent=f"{OFFICERS} {EMPLOYMENT}", note="of plans", **of(DECISIONS)),
    Row("figures:records", PLANNERS, absent=f"{OFFICERS} {EMPLOYMENT} {LEADERS}", note="of plans", **of(DECISIONS)),
    Row(
        "figures:figure",
        "plan_officer leader",
        absent=f"{BESIDE_PLANS} {OFFICERS} {EMPLOYMENT}",
        note="of plans, of the district",
        **of(DECISIONS, unit="310110"),
    ),
    Row("figures:figure", OFFICERS, absent=f"{EMPLOYMENT} {LEADERS} {PLANNERS}", note="about children", **of(CHILDREN)),
    Row(
        "figures:figure",
        EMPLOYMENT,
        absent=f"{OFFICERS} {LEADERS} {PLANNERS}",
        note="about jobseekers",
        **of(JOBSEEKERS),
    ),
    Row(
        "figures:figure",
        f"{EMPLOYMENT} {LEADERS}",
        absent=f"{OFFICERS} {PLANNERS}",
        note="about no person",
        **of(FAIRS),
    ),
    Row(
        "figures:figure",
        EMPLOYMENT_HERE,
        absent=f"employment_officer_elsewhere employment_officer_at_point {OFFICERS} {LEADERS} {PLANNERS}",
        note="of a sub-district by its code",
        **of(JOBSEEKERS, unit=HERE),
    ),
    Row(
        "figures:records", OFFICERS, absent=f"{EMPLOYMENT} {LEADERS} {PLANNERS}", note="about children", **of(CHILDREN)
    ),
    Row(
        "figures:records",
        EMPLOYMENT,
        absent=f"{OFFICERS} {LEADERS} {PLANNERS}",
        note="about jobseekers",
        **of(JOBSEEKERS),
    ),
    Row("figures:records", EMPLOYMENT, absent=f"{OFFICERS} {LEADERS} {PLANNERS}", note="about no person", **of(FAIRS)),
    Row(
        "figures:records",
        "supervisor officer",
        absent=f"supervisor_elsewhere officer_elsewhere worker_supervising_elsewhere {EMPLOYMENT} {LEADERS} {PLANNERS}",
        note="of a sub-district by its code",
        **of(CHILDREN, unit=HERE),
    ),
]
