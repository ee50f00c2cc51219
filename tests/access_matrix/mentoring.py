"""Children and mentors: the units' own casework people, and each mentor her own child."""

from uuid import uuid4

from sunward.mentoring.models import Match
from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    MENTOR_NEAR_MISSES,
    MENTORS,
    SHOWN_AGAIN,
    Made,
    Row,
    post,
)
from tests.personas import World


def child(**more: str) -> Made:
    """The child's file, and things of it by their name in `World.more`."""
    return lambda world: {"case_id": world.case.uid} | {key: world.more[name] for key, name in more.items()}


def mentor(world: World) -> dict[str, object]:
    return {"mentor_id": world.mentor.uid}


def match(world: World) -> dict[str, object]:
    return {"match_id": world.match.uid}


def step(world: World) -> dict[str, object]:
    return match(world) | {"act": "pause"}


def consent_of(giver: str) -> Made:
    given = {"purpose": "matching", "legal_basis": "consent", "given_on": "2026-11-25"}
    return lambda world: given | {"given_by": world.more[giver]}


def match_of(mentor: str) -> Made:
    return lambda world: {"match_id": Match.objects.get(mentor__user=world.users[mentor]).uid}


def match_in(state: str) -> Made:
    """The match of another mentor: not even to her does it open in this state."""
    return lambda world: {"match_id": Match.objects.get(state=state).uid}


HERE = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}
# A closed match or a paused one shows its child no more; another's child never.
OWN = {"enters": "mentor", "absent": MENTOR_NEAR_MISSES}
HANDING_OVER = {
    "keys": match_of("mentor_handing_over"),
    "enters": "mentor_handing_over",
    "absent": " ".join(name for name in MENTORS.split() if name != "mentor_handing_over"),
}

ROWS = [
    Row("mentoring:children", CASEWORK),
    Row("mentoring:children_export", CASEWORK),
    Row("mentoring:child_new", CASEWORK),
    post("mentoring:child_new", CASEWORK),
    Row("mentoring:child", keys=child(), **HERE),
    Row("mentoring:child_looks", keys=child(), **HERE),
    post("mentoring:child_show", keys=child(), **HERE),
    Row("mentoring:child_edit", keys=child(), **HERE),
    post("mentoring:child_edit", keys=child(), **HERE),
    Row("mentoring:child_close", keys=child(), **HERE),
    post("mentoring:child_close", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_reopen", keys=child(), **HERE),
    post("mentoring:child_reopen", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_assess", keys=child(), **HERE),
    post("mentoring:child_assess", keys=child(), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_assessment_decide", keys=child(assessment_id="assessment"), status=DONE, **HERE),
    Row("mentoring:child_service", keys=child(), **HERE),
    post("mentoring:child_service", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_service_withdraw", keys=child(record_id="record"), **HERE),
    post("mentoring:child_service_withdraw", keys=child(record_id="record"), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_follow_up", keys=child(), **HERE),
    post("mentoring:child_follow_up", keys=child(), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_follow_up_done", keys=child(follow_up_id="follow_up"), status=DONE, **HERE),
    post("mentoring:child_follow_up_drop", keys=child(follow_up_id="follow_up"), status=DONE, **HERE),
    post("mentoring:child_follow_up_undo", keys=child(follow_up_id="done_follow_up"), status=DONE, **HERE),
    Row("mentoring:child_guardian", keys=child(), **HERE),
    post("mentoring:child_guardian", keys=child(), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_guardian_end", keys=child(guardianship_id="guardianship"), status=DONE, **HERE),
    Row("mentoring:child_housemate", keys=child(), **HERE),
    post("mentoring:child_housemate", keys=child(), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_housemate_end", keys=child(member_id="housemate"), status=DONE, **HERE),
    post(
        "mentoring:child_housemate_end",
        "",
        f"{CASEWORK_HERE} {CASEWORK_NEAR_MISSES}",
        keys=child(member_id="other_housemate"),
        note="who lives with another child",
    ),
    Row("mentoring:child_consent", keys=child(), **HERE),
    post("mentoring:child_consent", keys=child(), status=SHOWN_AGAIN, **HERE),
    post(
        "mentoring:child_consent", keys=child(), data=consent_of("guardian"), status=DONE, note="by a guardian", **HERE
    ),
    post("mentoring:child_consent", keys=child(), data=consent_of("foreign_person"), note="by a stranger", **HERE),
    post("mentoring:child_consent_withdraw", keys=child(consent_id="consent"), status=DONE, **HERE),
    Row("mentoring:mentors", CASEWORK),
    Row("mentoring:mentors_export", CASEWORK),
    Row("mentoring:mentor_new", CASEWORK),
    post("mentoring:mentor_new", CASEWORK),
    Row("mentoring:mentor", keys=mentor, **HERE),
    post("mentoring:mentor_show", keys=mentor, **HERE),
    Row("mentoring:mentor_edit", keys=mentor, **HERE),
    post("mentoring:mentor_edit", keys=mentor, **HERE),
    Row("mentoring:mentor_sign_in", keys=mentor, **HERE),
    post("mentoring:mentor_sign_in", keys=mentor, status=SHOWN_AGAIN, **HERE),
    Row("mentoring:mentor_vetting", keys=mentor, **HERE),
    post("mentoring:mentor_vetting", keys=mentor, status=SHOWN_AGAIN, **HERE),
    Row("mentoring:matches", CASEWORK),
    Row("mentoring:matches_export", CASEWORK),
    Row("mentoring:match", keys=match, **HERE),
    Row("mentoring:match_step", keys=step, **HERE),
    post("mentoring:match_step", keys=step, **HERE),
    Row("mentoring:own_child", keys=match, **OWN),
    Row("mentoring:own_child", "", MENTORS, keys=match_in("closed"), note="her own, closed"),
    Row("mentoring:own_child", "", MENTORS, keys=match_in("paused"), note="her own, paused"),
    Row("mentoring:own_child", "", MENTORS, keys=match_of("mentor_proposed"), note="her own, only proposed"),
    Row("mentoring:own_child", **HANDING_OVER, note="handed over until today"),
    post("mentoring:visit", **HANDING_OVER, note="handed over until today"),
    Row("mentoring:own_child", "", MENTORS, keys=match_of("mentor_handed_over"), note="handed over until yesterday"),
    post("mentoring:visit", "", MENTORS, keys=match_of("mentor_handed_over"), note="handed over until yesterday"),
    Row("mentoring:own_visits", keys=match, **OWN),
    Row("mentoring:visit", keys=match, **OWN),
    post("mentoring:visit", keys=match, **OWN),
    post("mentoring:visit_draft", keys=match, status=200, data=lambda w: {"key": uuid4()}, **OWN),
    post("mentoring:visit_draft_discard", keys=match, status=DONE, **OWN),
    Row("mentoring:visit_correct", keys=lambda w: {"record_id": w.more["record"]}, **OWN),
    post("mentoring:visit_correct", keys=lambda w: {"record_id": w.more["record"]}, **OWN),
]
