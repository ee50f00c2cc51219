"""Leye Spaces: all employment officers of the district read them, the own office changes them."""

from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.point_builders import make_point
from tests.personas import POSTS

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The place is the sub-district's: its office and the district's; an officer of a unit below it keeps another.
OFFICE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in OFFICE.split())
READ = {"enters": OFFICERS}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def point(unit: str = "310110012", **more: object) -> Made:
    return lambda world: {"point_id": make_point(unit, **more).uid}


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
]  # fmt: skip
