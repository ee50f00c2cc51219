"""The small library: read at or below the unit whose it is, kept at or above; the hours as a list for the staff."""

from typing import Any

from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    DONE,
    MENTORS,
    OFFICERS,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    STUDENTS,
    WITH_POST,
    Made,
    Row,
    post,
)
from tests.personas import World

_EXPERTS = "expert expert_of_another_field expert_who_gave_back"
_OTHER_EXPERTS = "expert_who_left expert_elsewhere"
_CASEWORK_OF_DISTRICT = f"{CASEWORK_HERE} worker_next_door worker_elsewhere supervisor_elsewhere"
_READERS = f"{CASEWORK} {MENTORS} {_EXPERTS} {_OTHER_EXPERTS}"
# One who has left learns and reads nothing; another district has its own.
_MISSES = "mentor_who_left mentor_elsewhere"
_SHARING = " ".join(name for name in MENTORS.split() if name not in _MISSES.split())
_MENTOR_ELSEWHERE = " ".join(name for name in MENTORS.split() if name == "mentor_elsewhere")
_MOTHERS = " ".join(name for name in _SHARING.split() if name not in STUDENTS.split())


def all_but(enters: str, among: str = _READERS) -> str:
    return " ".join(name for name in among.split() if name not in enters.split())


def of(name: str) -> Made:
    return lambda world: {"material_id": world.more[name]}


def as_written(world: World) -> dict[str, Any]:
    return {"version": 1}


OF_DISTRICT = f"{_CASEWORK_OF_DISTRICT} {_SHARING} {_EXPERTS}"
# A student and an expert belong to the whole district: what one sub-district keeps is not theirs.
OF_SUBDISTRICT = f"{CASEWORK_HERE} worker_next_door {_MOTHERS}"
NEXT_DOOR = "worker_elsewhere supervisor_elsewhere worker_supervising_elsewhere officer"
ELSEWHERE = f"officer_elsewhere expert_elsewhere {_MENTOR_ELSEWHERE}"
KEPT_HERE = {"enters": "officer", "absent": all_but("officer", OFFICERS)}
KEPT_BELOW = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}


def answered(world: World) -> dict[str, Any]:
    return {"question_id": world.more["answered_question"]}


def own_consent(world: World) -> dict[str, Any]:
    return {"consent_id": world.more["material_consent"]}


# Whoever wrote in it answers for herself, whatever she works as; the keeper who asks sees the answer, not this page.
ASKED = {"enters": "mentor", "absent": all_but("mentor", WITH_POST), "keys": own_consent}


ROWS = [
    Row("mentoring:library", _READERS),
    Row("mentoring:material", OF_DISTRICT, all_but(OF_DISTRICT), keys=of("material")),
    Row(
        "mentoring:material", OF_SUBDISTRICT, all_but(OF_SUBDISTRICT), keys=of("material_of_subdistrict"),
        note="of a sub-district",
    ),
    Row("mentoring:material", NEXT_DOOR, all_but(NEXT_DOOR), keys=of("material_next_door"), note="of the next one"),
    Row("mentoring:material", ELSEWHERE, all_but(ELSEWHERE), keys=of("material_elsewhere"), note="another district"),
    Row("mentoring:material", "officer", all_but("officer"), keys=of("material_draft"), note="not published"),
    Row("mentoring:material", "officer", all_but("officer"), keys=of("material_withdrawn"), note="withdrawn"),
    post("mentoring:material_learn", _SHARING, _MISSES, keys=of("material"), status=DONE),
    post(
        "mentoring:material_learn", _MOTHERS, f"{STUDENTS} {_MISSES}", keys=of("material_of_subdistrict"), status=DONE,
        note="of a sub-district",
    ),
    post("mentoring:material_learn", "", MENTORS, keys=of("material_next_door"), note="of the next sub-district"),
    post(
        "mentoring:material_learn", "mentor_elsewhere", f"{_SHARING} mentor_who_left", keys=of("material_elsewhere"),
        status=DONE, note="of another district",
    ),
    post("mentoring:material_learn", "", MENTORS, keys=of("material_draft"), note="not published"),
    post("mentoring:material_learn", "", MENTORS, keys=of("material_withdrawn"), note="withdrawn"),
    post("mentoring:material_unlearn", _SHARING, _MISSES, keys=of("material"), status=DONE),
    post(
        "mentoring:material_unlearn", "mentor_elsewhere", f"{_SHARING} mentor_who_left", keys=of("material_elsewhere"),
        status=DONE, note="of another district",
    ),
    Row("mentoring:material_new", OFFICERS),
    post("mentoring:material_new", OFFICERS),
    Row("mentoring:material_edit", keys=of("material"), **KEPT_HERE),
    Row("mentoring:material_edit", keys=of("material_of_subdistrict"), note="of a sub-district", **KEPT_BELOW),
    post("mentoring:material_edit", keys=of("material"), **KEPT_HERE),
    post("mentoring:material_edit", keys=of("material_of_subdistrict"), note="of a sub-district", **KEPT_BELOW),
    post("mentoring:material_publish", keys=of("material_draft"), data=as_written, status=DONE, **KEPT_HERE),
    post("mentoring:material_withdraw", keys=of("material"), status=DONE, **KEPT_HERE),
    post(
        "mentoring:material_withdraw", keys=of("material_of_subdistrict"), status=DONE, note="of a sub-district",
        **KEPT_BELOW,
    ),
    post("mentoring:material_put_back", keys=of("material_withdrawn"), status=DONE, **KEPT_HERE),
    Row("mentoring:material_of_question", keys=answered, **KEPT_BELOW),
    post("mentoring:material_of_question", keys=answered, **KEPT_BELOW),
    Row(
        "mentoring:material_of_question", "", OFFICERS, keys=lambda world: {"question_id": world.more["question"]},
        note="not answered",
    ),
    post("mentoring:material_ask", keys=of("material_asked_about"), status=DONE, **KEPT_HERE),
    Row("mentoring:material", "officer", all_but("officer"), keys=of("material_asked_about"), note="asked about"),
    Row("mentoring:material_consent", **ASKED),
    post("mentoring:material_consent", **ASKED),
    post("mentoring:material_consent", data=lambda world: {"answer": "yes"}, status=DONE, **ASKED),
    Row("mentoring:learning_hours_export", CASEWORK),
]  # fmt: skip
