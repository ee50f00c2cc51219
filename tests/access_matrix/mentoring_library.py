"""The small library: read at or below the unit whose it is, kept at or above; the hours as a list for the staff."""

from typing import Any
from uuid import uuid4

from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CONFLICT,
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
from tests.mentoring.experts.library_builders import PUBLISHED_TITLE, WAITING_TITLE
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


def of_question(name: str) -> Made:
    return lambda world: {"question_id": world.more[name]}


def made_general(world: World) -> dict[str, Any]:
    return {
        "field": "law", "kind": "question", "title": "孩子半夜醒", "words": "问：孩子半夜醒。\n\n答：先陪他说说话。",
        "minutes": 5, "key": uuid4(),
    }  # fmt: skip


def own_consent(world: World) -> dict[str, Any]:
    return {"consent_id": world.more["material_consent"]}


# Whoever wrote in it answers for herself, whatever she works as; the keeper who asks sees the answer, not this page.
ASKED = {"enters": "mentor", "absent": all_but("mentor", WITH_POST), "keys": own_consent}


ROWS = [
    Row("mentoring:library", _READERS),
    Row("search", CASEWORK, data=lambda world: {"q": WAITING_TITLE}, note="a material that waits"),
    Row("search", CASEWORK, data=lambda world: {"q": PUBLISHED_TITLE}, note="a material that is published"),
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
    Row("mentoring:material_of_question", keys=of_question("answered_question"), **KEPT_BELOW),
    post("mentoring:material_of_question", keys=of_question("answered_question"), **KEPT_BELOW),
    post(
        "mentoring:material_of_question", keys=of_question("answered_question"), data=made_general, status=DONE,
        note="made", **KEPT_BELOW,
    ),
    post(
        "mentoring:material_of_question", keys=of_question("question_made_general"), data=made_general, status=CONFLICT,
        note="made by another before", **KEPT_BELOW,
    ),
    post(
        "mentoring:material_of_question", "", OFFICERS, keys=of_question("question"), data=made_general,
        note="not answered",
    ),
    Row(
        "mentoring:material_of_question", "", OFFICERS, keys=of_question("question"), note="not answered",
    ),
    post("mentoring:material_ask", keys=of("material_asked_about"), status=DONE, **KEPT_HERE),
    Row("mentoring:material", "officer", all_but("officer"), keys=of("material_asked_about"), note="asked about"),
    Row("mentoring:material_consent", **ASKED),
    post("mentoring:material_consent", **ASKED),
    post("mentoring:material_consent", data=lambda world: {"answer": "yes"}, status=DONE, **ASKED),
    Row("mentoring:learning_hours_export", CASEWORK),
]  # fmt: skip
