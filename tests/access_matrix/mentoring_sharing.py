"""Notes of experience: hers, judged above her, and only then read by her district; no expert reads any."""

from typing import Any
from uuid import uuid4

from tests.access_matrix.rows import (
    CASEWORK,
    DONE,
    MENTOR_NEAR_MISSES,
    MENTORS,
    OFFICERS,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    Made,
    Row,
    post,
)
from tests.personas import World

# Whoever has left shares and reads nothing, whatever post she still holds.
LEFT = "mentor_who_left"
SHARING = " ".join(name for name in MENTORS.split() if name != LEFT)
READERS = f"{CASEWORK} {SHARING}"
ELSEWHERE = "officer_elsewhere mentor_elsewhere"
IN_DISTRICT = " ".join(name for name in READERS.split() if name not in ELSEWHERE.split())
HER_OWN = {"enters": "mentor", "absent": MENTOR_NEAR_MISSES}
JUDGED = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}


def of(name: str) -> Made:
    return lambda world: {"note_id": world.more[name]}


def told(world: World) -> dict[str, Any]:
    return {"key": uuid4(), "version": 1, "title": "第一次上门", "words": "先坐下来喝口水。", "topics": "school"}


def as_written(world: World) -> dict[str, Any]:
    return {"version": 1, "reason": "请写得再笼统一点。"}


WAITING, PUBLISHED = of("note_waiting"), of("note_published")
RETURNED, WITHDRAWN = of("note_returned"), of("note_withdrawn")
OF_ANOTHER_DISTRICT = of("note_elsewhere")

ROWS = [
    Row("mentoring:notes", READERS, LEFT),
    Row("mentoring:note", IN_DISTRICT, f"{ELSEWHERE} {LEFT}", keys=PUBLISHED),
    Row("mentoring:note", ELSEWHERE, f"{IN_DISTRICT} {LEFT}", keys=OF_ANOTHER_DISTRICT, note="another district"),
    *(
        Row("mentoring:note", "", f"{READERS} {LEFT}", keys=keys, note=note)
        for keys, note in ((WAITING, "waiting"), (RETURNED, "returned"), (WITHDRAWN, "taken back"))
    ),
    Row("mentoring:own_notes", SHARING, LEFT),
    Row("mentoring:own_note_new", SHARING, LEFT),
    post("mentoring:own_note_new", SHARING, LEFT),
    post("mentoring:own_note_new", SHARING, LEFT, data=told, status=DONE, note="handed in"),
    Row("mentoring:own_note", keys=WAITING, **HER_OWN),
    Row("mentoring:own_note", keys=PUBLISHED, note="published", **HER_OWN),
    Row("mentoring:own_note", keys=WITHDRAWN, note="taken back", **HER_OWN),
    Row("mentoring:own_note_edit", keys=WAITING, **HER_OWN),
    post("mentoring:own_note_edit", keys=WAITING, **HER_OWN),
    post("mentoring:own_note_edit", keys=WAITING, data=told, status=DONE, note="changed", **HER_OWN),
    post("mentoring:own_note_withdraw", keys=PUBLISHED, status=DONE, **HER_OWN),
    # Nothing was taken back in this session: a sentence for her, and for nobody else a sign of a note.
    post("mentoring:own_note_bring_back", keys=WITHDRAWN, **HER_OWN),
    Row("mentoring:waiting_notes", OFFICERS),
    Row("mentoring:note_judge", keys=WAITING, **JUDGED),
    Row("mentoring:note_judge", keys=PUBLISHED, note="published", **JUDGED),
    Row("mentoring:note_judge", "", OFFICERS, keys=WITHDRAWN, note="taken back"),
    post("mentoring:note_publish", keys=WAITING, data=as_written, status=DONE, **JUDGED),
    post("mentoring:note_publish", "", OFFICERS, keys=WITHDRAWN, data=as_written, note="taken back"),
    post("mentoring:note_return", keys=WAITING, **JUDGED),
    post("mentoring:note_return", keys=WAITING, data=as_written, status=DONE, note="given back", **JUDGED),
    post("mentoring:note_return", "", OFFICERS, keys=WITHDRAWN, data=as_written, note="taken back"),
]
