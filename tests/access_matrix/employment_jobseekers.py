"""Jobseekers' files: the employment officers of the file's unit and above, and nobody who works with children."""

from tests.access_matrix.rows import Row, post
from tests.factories import make_jobseeker
from tests.personas import POSTS, World

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The file is a committee's: its sub-district's officer and the district's; a service point beside it is another office.
HERE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in HERE.split())


def jobseeker(world: World) -> dict[str, object]:
    return {"case_id": make_jobseeker("纪求职", unit=world.case.unit).uid}


def child(world: World) -> dict[str, object]:
    """A child's file has no address here, not even for whoever keeps the jobseekers of its committee."""
    return {"case_id": world.case.uid}


def number(world: World) -> dict[str, object]:
    return {"what": "id_number", "purpose": "policy"}


OWN = {"keys": jobseeker, "enters": HERE, "absent": ELSEWHERE}
A_CHILDS = {"keys": child, "enters": "", "absent": OFFICERS, "note": "a child's file"}

ROWS = [
    Row("employment:jobseekers", OFFICERS),
    Row("employment:jobseeker", **OWN),
    Row("employment:jobseeker", **A_CHILDS),
    Row("employment:jobseeker_looks", **OWN),
    Row("employment:jobseeker_looks", **A_CHILDS),
    post("employment:jobseeker_show", **OWN),
    post("employment:jobseeker_show", data=number, **A_CHILDS),
]
