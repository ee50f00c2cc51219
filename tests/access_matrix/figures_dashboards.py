"""Dashboards: leaders read what was published of their units, officers of a programme that programme's."""

from tests.access_matrix.figures import BESIDE_PLANS, CHILDREN, DECISIONS, HERE, JOBSEEKERS, LEADERS, PLANNERS, of
from tests.access_matrix.rows import EMPLOYMENT, OFFICERS, Row

DISTRICT, COMMITTEE, POINT = "310110", "310110012001", "310110012900"
OFFICERS_ELSEWHERE = "supervisor_elsewhere officer_elsewhere worker_supervising_elsewhere"
EMPLOYMENT_ELSEWHERE = "employment_officer_elsewhere employment_officer_at_point"
LEADERS_HERE = "leader leader_of_subdistrict"
# Of the district itself: nobody below it, and nobody of another.
BELOW = f"supervisor leader_of_subdistrict {OFFICERS_ELSEWHERE} leader_elsewhere"
WHOLE_WALL = "officer employment_officer_of_district leader"
WALL_HERE = f"officer supervisor employment_officer employment_officer_of_district {LEADERS_HERE}"


def said(**words: str) -> dict[str, object]:
    return {"data": lambda world: dict(words)}


ROWS = [
    Row("figures:dashboards", f"{OFFICERS} {EMPLOYMENT} {LEADERS}"),
    Row(
        "figures:dashboards", f"officer supervisor {LEADERS_HERE}",
        absent=f"{OFFICERS_ELSEWHERE} leader_elsewhere {EMPLOYMENT}", note="of a sub-district, about children",
        **said(programme="mentoring", unit=HERE),
    ),
    Row(
        "figures:dashboards", f"employment_officer employment_officer_of_district {LEADERS_HERE}",
        absent=f"{EMPLOYMENT_ELSEWHERE} leader_elsewhere {OFFICERS}", note="of a sub-district, about jobseekers",
        **said(programme="employment", unit=HERE),
    ),
    Row(
        "figures:dashboards", "officer leader", absent=f"{BELOW} {EMPLOYMENT}", note="of the district, about children",
        **said(programme="mentoring", unit=DISTRICT),
    ),
    Row(
        "figures:dashboards", "officer supervisor",
        absent=f"{OFFICERS_ELSEWHERE} {LEADERS_HERE} leader_elsewhere {EMPLOYMENT}",
        note="of a committee, about children", **said(programme="mentoring", unit=COMMITTEE),
    ),
    Row(
        "figures:dashboards", "employment_officer employment_officer_of_district",
        absent=f"{EMPLOYMENT_ELSEWHERE} {LEADERS_HERE} leader_elsewhere {OFFICERS}",
        note="of a committee, about jobseekers", **said(programme="employment", unit=COMMITTEE),
    ),
    Row(
        "figures:dashboards", "employment_officer employment_officer_of_district employment_officer_at_point",
        absent=f"employment_officer_elsewhere {LEADERS_HERE} leader_elsewhere {OFFICERS}",
        note="of a service point, about jobseekers", **said(programme="employment", unit=POINT),
    ),
    Row(
        "figures:dashboards", "", absent=f"{OFFICERS} {EMPLOYMENT} {LEADERS}", note="of no programme",
        **said(programme="gardening"),
    ),
    Row(
        "figures:published", f"{OFFICERS} {LEADERS}", absent=f"{EMPLOYMENT} {PLANNERS}", note="about children",
        **of(CHILDREN),
    ),
    Row(
        "figures:published", f"{EMPLOYMENT} {LEADERS}", absent=f"{OFFICERS} {PLANNERS}", note="about jobseekers",
        **of(JOBSEEKERS),
    ),
    Row(
        "figures:published", f"officer supervisor {LEADERS_HERE}",
        absent=f"{OFFICERS_ELSEWHERE} leader_elsewhere {EMPLOYMENT} {PLANNERS}",
        note="of a sub-district, about children", **of(CHILDREN, unit=HERE),
    ),
    Row(
        "figures:published", "officer leader", absent=f"{BELOW} {EMPLOYMENT} {PLANNERS}",
        note="of the district, about children", **of(CHILDREN, unit=DISTRICT),
    ),
    Row(
        "figures:published", f"{PLANNERS} {LEADERS}", absent=f"{OFFICERS} {EMPLOYMENT}", note="of plans",
        **of(DECISIONS),
    ),
    Row(
        "figures:published", "plan_officer leader",
        absent=f"{BESIDE_PLANS} {OFFICERS} {EMPLOYMENT}",
        note="of plans, of the district", **of(DECISIONS, unit=DISTRICT),
    ),
    Row("figures:leadership", f"{OFFICERS} {EMPLOYMENT} {LEADERS}"),
    Row(
        "figures:leadership", "", absent=f"{OFFICERS} {EMPLOYMENT} {LEADERS}", note="of a committee there is none",
        **said(unit=COMMITTEE),
    ),
    Row(
        "figures:published", "", absent=f"{OFFICERS} {EMPLOYMENT} {LEADERS} {PLANNERS}",
        note="of a committee nothing is published", **of(CHILDREN, unit=COMMITTEE),
    ),
    Row(
        "figures:leadership", WALL_HERE, absent=f"{OFFICERS_ELSEWHERE} {EMPLOYMENT_ELSEWHERE} leader_elsewhere",
        note="of a sub-district", **said(unit=HERE),
    ),
    Row(
        "figures:leadership", WHOLE_WALL, absent=f"{BELOW} employment_officer {EMPLOYMENT_ELSEWHERE}",
        note="of the district", **said(unit=DISTRICT),
    ),
]  # fmt: skip
