"""Emergencies, stand-by and temporary care: who answers for the child, who was asked, and who calls."""

from sunward.mentoring.models import Match
from tests.access_matrix.rows import (
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    FORM_AGAIN,
    MENTOR_NEAR_MISSES,
    MENTORS,
    Made,
    Row,
    post,
)
from tests.personas import World


def of(key: str, name: str) -> Made:
    return lambda world: {key: world.more[name]}


def case_of(world: World) -> dict[str, object]:
    return {"case_id": world.case.uid}


def match_of(world: World) -> dict[str, object]:
    return {"match_id": world.match.uid}


def closed_match(world: World) -> dict[str, object]:
    return {"match_id": Match.objects.get(mentor__user=world.users["mentor_closed"]).uid}


def without(names: str, *gone: str) -> str:
    return " ".join(name for name in names.split() if name not in gone)


EMERGENCY, RINGING, CARE = of("emergency_id", "emergency"), of("emergency_id", "ringing"), of("care_id", "care")
# The child's own units and nobody else's: the next committee has no say here, however near it is.
HERE = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}
ASKED = "mentor_of_another"

ROWS = [
    Row("safeguarding:emergencies", f"{CASEWORK_HERE} {CASEWORK_NEAR_MISSES}", note="each her own units"),
    Row("safeguarding:emergency", keys=EMERGENCY, **HERE),
    Row("safeguarding:emergency_now", keys=EMERGENCY, **HERE),
    Row("safeguarding:emergency_diary", keys=EMERGENCY, **HERE),
    post("safeguarding:emergency_answer", keys=RINGING, status=DONE, **HERE),
    post("safeguarding:emergency_numbers", keys=EMERGENCY, status=200, **HERE),
    post("safeguarding:emergency_hand_on", keys=EMERGENCY, **HERE),
    post("safeguarding:emergency_note", keys=EMERGENCY, **HERE),
    post("safeguarding:emergency_reported", keys=EMERGENCY, **HERE),
    post("safeguarding:emergency_over", keys=EMERGENCY, **HERE),
    post("safeguarding:emergency_reopen", keys=EMERGENCY, status=DONE, **HERE, note="still going on"),
    Row("safeguarding:stand_by", keys=EMERGENCY, **HERE),
    post(
        "safeguarding:stand_by_ask", keys=lambda w: EMERGENCY(w) | {"volunteer_id": w.more["volunteer"]}, status=DONE,
        **HERE,
    ),
    Row("safeguarding:asked", ASKED, without(MENTORS, ASKED), keys=EMERGENCY),
    post("safeguarding:asked", ASKED, without(MENTORS, ASKED), keys=EMERGENCY, status=DONE),
    Row("safeguarding:asked", "", MENTORS, keys=RINGING, status=404, note="nobody was asked"),
    Row("safeguarding:call", keys=case_of, **HERE),
    post("safeguarding:call", keys=case_of, **HERE),
    post("safeguarding:call", keys=case_of, data=lambda w: {"kind": "missing"}, status=DONE, note="called", **HERE),
    Row("safeguarding:care_begin", keys=case_of, **HERE),
    post("safeguarding:care_begin", keys=case_of, **HERE),
    Row("safeguarding:care", keys=CARE, **HERE),
    post("safeguarding:care_extend", keys=CARE, **HERE),
    post("safeguarding:care_end", keys=CARE, **HERE),
    post("safeguarding:after_care", keys=CARE, status=FORM_AGAIN, **HERE),
    Row("mentoring:own_call", "mentor", MENTOR_NEAR_MISSES, keys=match_of),
    post("mentoring:own_call", "mentor", MENTOR_NEAR_MISSES, keys=match_of),
    Row("mentoring:own_call", "", MENTORS, keys=closed_match, status=404, note="a match that has ended"),
    Row("mentoring:own_call_now", "mentor", MENTOR_NEAR_MISSES, keys=match_of),
    post("mentoring:own_call_mistaken", "mentor", MENTOR_NEAR_MISSES, keys=match_of, status=DONE),
]  # fmt: skip
