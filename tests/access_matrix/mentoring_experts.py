"""Questions to the expert team: the mentor her own while her match lets her, the staff those of their files."""

from typing import Any
from uuid import uuid4

from tests.access_matrix.mentoring import HANDING_OVER, HERE, OWN, child, match, match_in
from tests.access_matrix.rows import CASEWORK, DONE, MENTORS, Made, Row, post
from tests.personas import World


def own(name: str = "question") -> Made:
    return lambda world: match(world) | {"question_id": world.more[name]}


def of_file(name: str = "question") -> Made:
    return child(question_id=name)


def taken(world: World) -> dict[str, Any]:
    return {"question_id": world.more["staff_question"]}


def waiting(world: World) -> dict[str, Any]:
    return {"question_id": world.more["question"]}


def asked(world: World) -> dict[str, Any]:
    return {"key": uuid4(), "field": "law", "words": "监护权怎么转移？"}


def member(world: World) -> dict[str, Any]:
    return {"expert_id": world.users["expert"].expert.uid}


def member_who_left(world: World) -> dict[str, Any]:
    return {"expert_id": world.users["expert_who_left"].expert.uid}


def one_field(world: World) -> dict[str, Any]:
    return {"fields_": "law", "version": 1}


_ALIEN = "expert_of_another_field expert_who_left expert_elsewhere"
WAITING = {"enters": "expert expert_who_gave_back", "absent": _ALIEN, "keys": waiting}
TAKEN = {"enters": "expert", "absent": f"expert_who_gave_back {_ALIEN}", "keys": taken}

_OFFICERS = "officer officer_elsewhere"
_MEMBER = {"enters": "officer", "absent": "officer_elsewhere", "keys": member}


ROWS = [
    Row("mentoring:expert_team", _OFFICERS),
    Row("mentoring:expert_new", _OFFICERS),
    post("mentoring:expert_new", _OFFICERS),
    Row("mentoring:expert_edit", **_MEMBER),
    Row("mentoring:expert_edit", "", _OFFICERS, keys=member_who_left, note="she has left"),
    post("mentoring:expert_edit", **_MEMBER),
    post("mentoring:expert_edit", data=one_field, status=DONE, note="changed", **_MEMBER),
    post("mentoring:expert_end", status=DONE, **_MEMBER),
    post("mentoring:expert_end", "", _OFFICERS, keys=member_who_left, note="she has left"),
    Row("mentoring:advice", note="waits in the field", **WAITING),
    Row("mentoring:advice", note="taken", **TAKEN),
    post("mentoring:advice", note="taken", data=asked, status=DONE, **TAKEN),
    post("mentoring:advice", "", f"expert expert_who_gave_back {_ALIEN}", keys=waiting, data=asked, note="not taken"),
    post("mentoring:advice_take", status=DONE, **WAITING),
    post("mentoring:advice_give_back", status=DONE, **TAKEN),
    Row("mentoring:own_questions", keys=match, **OWN),
    Row("mentoring:own_questions", "", MENTORS, keys=match_in("closed"), note="her own, closed"),
    Row("mentoring:own_questions", "", MENTORS, keys=match_in("paused"), note="her own, paused"),
    Row("mentoring:own_questions", **HANDING_OVER, note="handed over until today"),
    Row("mentoring:own_question_new", keys=match, **OWN),
    post("mentoring:own_question_new", keys=match, **OWN),
    post("mentoring:own_question_new", keys=match, data=asked, status=DONE, note="asked", **OWN),
    post("mentoring:own_question_new", "", MENTORS, keys=match_in("closed"), data=asked, note="her own, closed"),
    post("mentoring:own_question_new", "", MENTORS, keys=match_in("paused"), data=asked, note="her own, paused"),
    Row("mentoring:own_question", keys=own(), **OWN),
    Row("mentoring:own_question", "", MENTORS, keys=own("staff_question"), note="asked by the staff"),
    post("mentoring:own_question", keys=own(), data=asked, status=DONE, **OWN),
    post("mentoring:own_question_settle", keys=own(), status=DONE, **OWN),
    post("mentoring:own_question_settle", "", MENTORS, keys=own("staff_question"), note="asked by the staff"),
    post("mentoring:own_question_bring_back", keys=own(), status=DONE, **OWN),
    post("mentoring:own_question_bring_back", "", MENTORS, keys=own("staff_question"), note="asked by the staff"),
    Row("mentoring:child_question_new", keys=child(), **HERE),
    post("mentoring:child_question_new", keys=child(), data=asked, status=DONE, **HERE),
    Row("mentoring:child_question", keys=of_file(), **HERE),
    Row("mentoring:child_question", "", CASEWORK, keys=of_file("other_question"), note="of another child"),
    post("mentoring:child_question", keys=of_file(), data=asked, status=DONE, **HERE),
    post("mentoring:child_question_settle", keys=of_file(), status=DONE, **HERE),
    post("mentoring:child_question_settle", "", CASEWORK, keys=of_file("other_question"), note="of another child"),
    post("mentoring:child_question_bring_back", keys=of_file(), status=DONE, **HERE),
    post("mentoring:child_question_bring_back", "", CASEWORK, keys=of_file("other_question"), note="of another child"),
]
