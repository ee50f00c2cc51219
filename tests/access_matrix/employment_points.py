"""Leye Spaces: all employment officers of the district read them, the own office changes them.

Who is in charge of a jobseeker is said by whoever keeps the file.
"""

from sunward.casework.models import Case
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.point_builders import make_point, put
from tests.factories import TODAY
from tests.personas import POSTS, World

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The place is the sub-district's: its office and the district's; an officer of a unit below it keeps another.
OFFICE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in OFFICE.split())
READ = {"enters": OFFICERS}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def point(unit: str = "310110012", **more: object) -> Made:
    return lambda world: {"point_id": make_point(unit, **more).uid}


def put_in_charge(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    row = put(Case.objects.get(uid=keys["case_id"]), world.users["employment_officer"], from_on=TODAY)
    return keys | {"row_id": row.pk}


def said(**more: object) -> Made:
    return lambda world: {"version": 1} | more


ROWS = [
    Row("employment:points", **READ),
    Row("employment:point_new", **READ),
    post("employment:point_new", status=SHOWN_AGAIN, **READ),
    Row("employment:point", keys=point(), **READ),
    Row("employment:point", "", OFFICERS, keys=point("310104"), note="of another district"),
    Row("employment:point_edit", keys=point(), **CHANGE),
    post("employment:point_edit", keys=point(), **CHANGE),
    post(
        "employment:point_edit", keys=point(), data=said(name="乐业空间", address="控江路1号"), status=DONE,
        note="changed", **CHANGE,
    ),
    Row("employment:point_edit", "", OFFICERS, keys=point("310104"), note="of another district"),
    post("employment:point_close", keys=point(), data=said(), status=DONE, **CHANGE),
    post("employment:point_reopen", keys=point(is_open=False), data=said(), status=DONE, **CHANGE),
    Row("employment:jobseeker_officer", **OWN),
    Row("employment:jobseeker_officer", **A_CHILDS),
    post("employment:jobseeker_officer", data=lambda w: {"officer": "employment_officer"}, status=DONE, **OWN),
    post(
        "employment:jobseeker_officer", data=lambda w: {"officer": "employment_officer_elsewhere"}, note="of another",
        **OWN,
    ),
    post("employment:jobseeker_officer", **A_CHILDS),
    post("employment:jobseeker_officer_undo", status=DONE, **OWN | {"keys": put_in_charge}),
    Row("employment:officers", **READ),
    Row("employment:officers_handover", **READ),
    post("employment:officers_handover", status=DONE, **READ),
    Row("employment:officers_balance", **READ),
    post("employment:officers_balance", status=DONE, **READ),
]  # fmt: skip
