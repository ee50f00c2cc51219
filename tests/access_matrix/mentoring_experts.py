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


def asked(world: World) -> dict[str, Any]:
    return {"key": uuid4(), "field": "law", "words": "监护权怎么转移？"}


ROWS = [
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
    Row("mentoring:child_question_new", keys=child(), **HERE),
    post("mentoring:child_question_new", keys=child(), data=asked, status=DONE, **HERE),
    Row("mentoring:child_question", keys=of_file(), **HERE),
    Row("mentoring:child_question", "", CASEWORK, keys=of_file("other_question"), note="of another child"),
    post("mentoring:child_question", keys=of_file(), data=asked, status=DONE, **HERE),
    post("mentoring:child_question_settle", keys=of_file(), status=DONE, **HERE),
    post("mentoring:child_question_settle", "", CASEWORK, keys=of_file("other_question"), note="of another child"),
]
