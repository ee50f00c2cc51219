"""Meetings: the plan officers of the district keep them; leaders of the district read what was approved."""

from tests.access_matrix.rows import Row

KEEPERS = "plan_officer"
LEADERS_HERE = "leader leader_of_subdistrict"
PLAN_OFFICERS = "plan_officer plan_officer_of_subdistrict plan_officer_elsewhere"
LEADERS = f"{LEADERS_HERE} leader_elsewhere"

ROWS = [
    Row("blueprint:meetings", f"{PLAN_OFFICERS} {LEADERS}"),
]
