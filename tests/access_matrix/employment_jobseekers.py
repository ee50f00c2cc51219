"""Jobseekers' files: the employment officers of the file's unit and above, and nobody who works with children."""

from datetime import timedelta

from sunward.casework.enums import CaseState
from sunward.casework.models import Case, Retention
from tests.access_matrix.rows import DONE, Row, post
from tests.factories import TODAY, make_jobseeker
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


def over(world: World) -> dict[str, object]:
    """Closed long ago, and on the list of what will be emptied."""
    case = make_jobseeker("纪满", unit=world.case.unit)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, close_reason="moved", closed_on=TODAY.replace(year=TODAY.year - 2)
    )
    Retention.objects.create(case=case, due_on=TODAY, listed_on=TODAY)
    return {"case_id": case.uid}


def keep(world: World) -> dict[str, object]:
    return {"because": "wish", "until_on": (TODAY + timedelta(days=30)).isoformat()}


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
    Row("employment:retention", OFFICERS),
    Row("employment:retention_keep", HERE, ELSEWHERE, keys=over),
    post("employment:retention_keep", HERE, ELSEWHERE, keys=over, data=keep, status=DONE),
    post("employment:retention_keep", data=keep, **A_CHILDS),
]
