"""Who is away, the week, what is kept for how long, a person's own data, and the yearly report on access."""

from tests.access_matrix.rows import (
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    SHOWN_AGAIN,
    WITH_POST,
    Row,
    post,
)


def own_absence(world: object) -> dict[str, object]:
    return {"absence_id": world.more["absence"]}  # type: ignore[attr-defined]


# The worker's own absence: she, her supervisor and the district end it; for everybody else it is not there.
_MAY_END = "worker supervisor officer"
_ABSENT = " ".join(name for name in WITH_POST.split() if name not in _MAY_END.split())

# Whoever supervises; each sees the week of the own units only.
_WEEKLY = "supervisor supervisor_elsewhere worker_supervising_elsewhere officer officer_elsewhere"


def week_of_here(world: object) -> dict[str, object]:
    return {"unit": "310110012"}


def child(world: object) -> dict[str, object]:
    return {"case_id": world.case.uid}  # type: ignore[attr-defined]


def volunteer(world: object) -> dict[str, object]:
    return {"mentor_id": world.mentor.uid}  # type: ignore[attr-defined]


def over(world: object) -> dict[str, object]:
    return {"case_id": world.more["over"]}  # type: ignore[attr-defined]


def keep(world: object) -> dict[str, object]:
    return {"because": "benefits", "until_on": "2026-12-25"}


_FILE = {"keys": child, "enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}
_NOT_HERE = "supervisor_elsewhere worker_supervising_elsewhere officer_elsewhere"

_VOLUNTEER = {"keys": volunteer, "enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}

ROWS = [
    Row("mentoring:child_own_data", **_FILE),
    post("mentoring:child_own_data", status=SHOWN_AGAIN, **_FILE),
    post(
        "mentoring:child_own_data",
        status=200,
        note="the workbook",
        **_FILE,
        data=lambda world: {"requester": "self", "checked_by": "document"},
    ),
    post("mentoring:child_correction", status=DONE, **_FILE, data=lambda world: {"words": "生日不对"}),
    Row("mentoring:mentor_own_data", **_VOLUNTEER),
    post("mentoring:mentor_own_data", status=SHOWN_AGAIN, **_VOLUNTEER),
    post(
        "mentoring:mentor_own_data",
        status=200,
        note="the workbook",
        **_VOLUNTEER,
        data=lambda world: {"requester": "self", "checked_by": "document"},
    ),
    Row("mentoring:child_school", **_FILE),
    post("mentoring:child_school", status=SHOWN_AGAIN, **_FILE),
    Row("mentoring:retention", _WEEKLY),
    # A worker of the committee who supervises elsewhere sees the file, but has no say in how long it is kept.
    Row(
        "mentoring:retention_keep",
        "supervisor officer worker_supervising_elsewhere",
        "supervisor_elsewhere officer_elsewhere",
        keys=over,
    ),
    post("mentoring:retention_keep", "supervisor officer", _NOT_HERE, keys=over, data=keep, status=DONE),
    Row("week", _WEEKLY),
    Row(
        "week",
        "supervisor officer",
        "supervisor_elsewhere worker_supervising_elsewhere officer_elsewhere",
        data=week_of_here,
        note="of one sub-district",
    ),
    Row("absences:absences", WITH_POST),
    post("absences:absences", WITH_POST, status=SHOWN_AGAIN),
    post("absences:absence_end", _MAY_END, _ABSENT, keys=own_absence, status=DONE),
]
