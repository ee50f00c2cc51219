"""Leye Spaces: all employment officers of the district read them, the own office changes them.

Who is in charge of a jobseeker is said by whoever keeps the file.
"""

from datetime import timedelta
from uuid import UUID

from sunward.accounts.access import read_actor
from sunward.casework.models import Case
from sunward.employment.actions.packages import start_packages
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.point_builders import make_appointment, make_mentor, make_point, make_slot, put
from tests.factories import NOW, TODAY
from tests.personas import POSTS, World

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The place is the sub-district's: its office and the district's; an officer of a unit below it keeps another.
OFFICE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in OFFICE.split())
HOUR = timedelta(hours=1)
READ = {"enters": OFFICERS}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def point(unit: str = "310110012", **more: object) -> Made:
    return lambda world: {"point_id": make_point(unit, **more).uid}


def put_in_charge(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    row = put(Case.objects.get(uid=keys["case_id"]), world.users["employment_officer"], from_on=TODAY)
    return keys | {"row_id": row.pk}


def slot(**more: object) -> Made:
    """A time of the sub-district's officer at the place of the sub-district."""

    def keys(world: World) -> dict[str, object]:
        place = make_point("310110012")
        return {"point_id": place.uid, "slot_id": make_slot(place, world.users["employment_officer"], **more).uid}

    return keys


def mentor(**more: object) -> Made:
    def keys(world: World) -> dict[str, object]:
        place = make_point("310110012")
        return {"point_id": place.uid, "adviser_id": make_mentor(place, **more).uid}

    return keys


def mentor_of_another(world: World) -> dict[str, object]:
    """Her own place in the address, the mentor of another in its end."""
    return {"point_id": make_point("310110012").uid, "adviser_id": make_mentor(make_point("310110016")).uid}


def appointment(**more: object) -> Made:
    def keys(world: World) -> dict[str, object]:
        file = jobseeker(world)
        time = make_slot(make_point("310110012"), world.users["employment_officer"], starts_at=NOW - HOUR)
        row = make_appointment(Case.objects.get(uid=file["case_id"]), time, **more)
        return file | {"appointment_id": row.uid}

    return keys


def of_a_child(world: World) -> dict[str, object]:
    return {"case_id": world.case.uid, "appointment_id": UUID(int=1)}


def package(world: World) -> dict[str, object]:
    file = jobseeker(world)
    actor = read_actor(world.users["employment_officer"], on=TODAY)
    start_packages(actor=actor, case_id=file["case_id"], packages=["policy"], on=TODAY, now=NOW)
    return file | {"kind": "policy"}


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
    Row("employment:point_adviser_new", keys=point(), **CHANGE),
    post("employment:point_adviser_new", keys=point(), status=SHOWN_AGAIN, **CHANGE),
    Row("employment:point_adviser_new", "", OFFICERS, keys=point("310104"), note="of another district"),
    post("employment:point_adviser_end", keys=mentor(), data=said(), status=DONE, **CHANGE),
    post("employment:point_adviser_restore", keys=mentor(until_on=TODAY), data=said(), status=DONE, **CHANGE),
    *(
        post(f"employment:point_adviser_{verb}", "", OFFICERS, keys=mentor_of_another, data=said(), note="another")
        for verb in ("end", "restore")
    ),
    Row("employment:point_times_new", keys=point(), **CHANGE),
    post("employment:point_times_new", keys=point(), status=SHOWN_AGAIN, **CHANGE),
    post("employment:point_times_new", keys=point(), data=said(minutes=60), note="typed", **CHANGE),
    post("employment:point_time_withdraw", keys=slot(), status=DONE, **CHANGE),
    Row("employment:appointments", **READ),
    Row("employment:appointments", data=lambda w: {"whose": "all"}, note="of all", **READ),
    Row("employment:jobseeker_book", **OWN),
    Row("employment:jobseeker_book", **A_CHILDS),
    post("employment:jobseeker_book", data=said(topic="policy"), **OWN),
    post("employment:jobseeker_book", data=said(topic="policy"), **A_CHILDS),
    *(Row(f"employment:jobseeker_appointment_{verb}", **OWN | {"keys": appointment()}) for verb in ("move", "came")),
    *(
        Row(f"employment:jobseeker_appointment_{verb}", **A_CHILDS | {"keys": of_a_child}) for verb in ("move", "came")
    ),
    post("employment:jobseeker_appointment_move", data=said(), **OWN | {"keys": appointment()}),
    post("employment:jobseeker_appointment_came", data=said(note="x"), **OWN | {"keys": appointment()}),
    *(
        post(
            f"employment:jobseeker_appointment_{verb}", data=said(), status=DONE,
            **OWN | {"keys": appointment()},
        )
        for verb in ("cancel", "missed")
    ),
    post(
        "employment:jobseeker_appointment_restore", data=said(), status=DONE,
        **OWN | {"keys": appointment(state="missed")},
    ),
    Row("employment:jobseeker_officer", **OWN),
    Row("employment:jobseeker_officer", **A_CHILDS),
    post("employment:jobseeker_officer", data=lambda w: {"officer": "employment_officer"}, status=DONE, **OWN),
    post(
        "employment:jobseeker_officer", data=lambda w: {"officer": "employment_officer_elsewhere"}, note="of another",
        **OWN,
    ),
    post("employment:jobseeker_officer", **A_CHILDS),
    post("employment:jobseeker_officer_undo", status=DONE, **OWN | {"keys": put_in_charge}),
    Row("employment:jobseeker_packages", **OWN),
    Row("employment:jobseeker_packages", **A_CHILDS),
    post("employment:jobseeker_packages", data=said(packages="none"), **OWN),
    post("employment:jobseeker_packages", data=said(packages="policy"), **A_CHILDS),
    post("employment:jobseeker_package_stop", status=DONE, **OWN | {"keys": package}),
    Row("employment:officers", **READ),
    Row("employment:officers_handover", **READ),
    post("employment:officers_handover", status=DONE, **READ),
    Row("employment:officers_balance", **READ),
    post("employment:officers_balance", status=DONE, **READ),
]  # fmt: skip
