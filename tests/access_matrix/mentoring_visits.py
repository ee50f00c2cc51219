"""What is said under a visit, ways out, the phone without network: her own while her match lets her, theirs here."""

from typing import Any
from uuid import uuid4

from tests.access_matrix.mentoring import HERE, OWN, match, match_in, match_of
from tests.access_matrix.rows import DONE, EVERYBODY, MENTORS, Made, Row, post
from tests.factories import TODAY
from tests.personas import World


def record(name: str = "record") -> Made:
    return lambda world: {"record_id": world.more[name]}


def way(name: str = "way") -> Made:
    return lambda world: {"way_id": world.more[name]}


def written(world: World) -> dict[str, Any]:
    """A visit as the outbox sends it."""
    return {
        "key": uuid4(), "outcome": "made", "kind": "home_visit", "day": "other", "other_day": TODAY.isoformat(),
        "minutes": "45",
    }  # fmt: skip


def answered(world: World) -> dict[str, Any]:
    return {"key": uuid4(), "words": "谢谢"}


def called(world: World) -> dict[str, Any]:
    return {"words": "电话联系上了"}


def but(name: str) -> str:
    return " ".join(one for one in MENTORS.split() if one != name)


ROWS = [
    Row("service_worker", EVERYBODY, note="the same script for everybody"),
    Row("offline_shell", EVERYBODY, keys=lambda w: {"language": "zh-hans"}, note="nobody's data is in it"),
    Row("mentoring:offline_desk", MENTORS, note="each her own list"),
    post("mentoring:visit_upload", keys=match, data=written, status=200, **OWN),
    *(
        post("mentoring:visit_upload", "", MENTORS, keys=keys, data=written, note=note)
        for keys, note in (
            (match_in("closed"), "her own, closed"),
            (match_in("paused"), "her own, paused"),
            (match_of("mentor_proposed"), "her own, only proposed"),
            (match_of("mentor_handed_over"), "handed over until yesterday"),
        )
    ),
    post("mentoring:way_out", keys=match, status=DONE, **OWN),
    post("mentoring:way_out", "", MENTORS, keys=match_in("paused"), note="her own, paused"),
    post("mentoring:way_back", keys=way(), status=DONE, **OWN),
    post(
        "mentoring:way_back", "mentor_paused", but("mentor_paused"), keys=way("paused_way"), status=DONE,
        note="her match was paused while she was out",
    ),
    Row("mentoring:visit_reply", keys=record(), **OWN),
    post("mentoring:visit_reply", keys=record(), **OWN),
    post("mentoring:visit_reply", keys=record(), data=answered, status=DONE, note="after an answer", **OWN),
    Row("mentoring:visit_reply", "", MENTORS, keys=record("closed_record"), note="her own, the match closed since"),
    post("mentoring:visit_reply", "", MENTORS, keys=record("closed_record"), data=answered, note="her own, closed"),
    Row("mentoring:child_visit", keys=record(), **HERE),
    Row("mentoring:child_visit", keys=record("closed_record"), note="the match is closed, the file is theirs", **HERE),
    post("mentoring:child_visit_read", keys=record(), status=DONE, **HERE),
    post("mentoring:child_visit_answer", keys=record(), **HERE),
    post("mentoring:child_visit_answer", keys=record(), data=answered, status=DONE, note="with words", **HERE),
    Row("mentoring:way", keys=way(), **HERE),
    post("mentoring:way_close", keys=way(), **HERE),
    post("mentoring:way_close", keys=way(), data=called, status=DONE, note="with words", **HERE),
]  # fmt: skip
