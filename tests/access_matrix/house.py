"""The pages of the house itself: home, search, the administrator's and the auditor's."""

from tests.access_matrix.rows import (
    CASEWORK,
    DONE,
    EMPLOYMENT,
    EVERYBODY,
    SHOWN_AGAIN,
    WITH_POST,
    Made,
    Row,
    post,
)


def user(world: object) -> dict[str, object]:
    return {"username": "leader"}


def assignment(world: object) -> dict[str, object]:
    return {"assignment_id": world.more["assignment"]}  # type: ignore[attr-defined]


def unit(world: object) -> dict[str, object]:
    return {"code": world.case.unit.code}  # type: ignore[attr-defined]


def says(**data: str) -> Made:
    return lambda world: dict(data)


def leader_in(unit: str) -> Made:
    return lambda world: {"role": "leader", "unit_id": world.more[unit], "from_on": "2027-01-01"}


PLAN_OFFICERS = "plan_officer plan_officer_of_subdistrict plan_officer_elsewhere"
ADMINISTRATORS, AUDITORS = "administrator administrator_elsewhere", "auditor auditor_elsewhere"
# Users and posts of another district are not there.
HERE = {"enters": "administrator", "absent": "administrator_elsewhere"}

ROWS = [
    Row("home", WITH_POST),
    Row("work", f"{CASEWORK} {EMPLOYMENT} {PLAN_OFFICERS}", keys=says(key="follow_ups")),
    Row("search", CASEWORK, data=says(q="陈一")),
    Row("style", ADMINISTRATORS),
    post("choose_language", EVERYBODY, status=DONE, data=says(language="en")),
    post("choose_type", EVERYBODY, status=DONE, data=says(size="large")),
    Row("accounts:users", ADMINISTRATORS),
    Row("accounts:user_new", ADMINISTRATORS),
    post("accounts:user_new", ADMINISTRATORS, status=SHOWN_AGAIN),
    Row("accounts:user", keys=user, **HERE),
    post("accounts:user_password", keys=user, status=200, **HERE),
    Row("accounts:user_lock", keys=user, **HERE),
    post("accounts:user_lock", keys=user, status=SHOWN_AGAIN, **HERE),
    post("accounts:user_unlock", keys=user, status=DONE, **HERE),
    Row("accounts:user_post", keys=user, **HERE),
    post("accounts:user_post", keys=user, status=SHOWN_AGAIN, **HERE),
    post("accounts:user_post", keys=user, data=leader_in("own_unit"), status=DONE, note="in a unit of her own", **HERE),
    post("accounts:user_post", keys=user, data=leader_in("foreign_unit"), note="in a foreign unit", **HERE),
    Row("accounts:post_end", keys=assignment, **HERE),
    post("accounts:post_end", keys=assignment, status=SHOWN_AGAIN, **HERE),
    Row("accounts:post_deputy", keys=assignment, **HERE),
    post("accounts:post_deputy", keys=assignment, status=SHOWN_AGAIN, **HERE),
    Row("accounts:units", ADMINISTRATORS),
    Row("accounts:unit_phone", keys=unit, **HERE),
    post("accounts:unit_phone", keys=unit, data=says(phone="021-00000012"), status=DONE, **HERE),
    Row("audit:entries", AUDITORS),
    Row("audit:year", AUDITORS),
    Row("audit:year_table", AUDITORS),
    Row("audit:chain", AUDITORS),
    post("audit:chain_check", AUDITORS, status=DONE),
]
