"""Risks by table, care plans, the directory of resources, referrals and small wishes."""

from tests.access_matrix.mentoring import HANDING_OVER, HERE, OWN, child, match, match_in
from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    MENTORS,
    MENTORS_IN_DISTRICT,
    OFFICERS,
    SHOWN_AGAIN,
    Made,
    Row,
    post,
)

# A resource of the sub-district: seen by all who work in it, kept by its supervisor and the district.
SEEN = {
    "enters": f"{CASEWORK_HERE} worker_next_door {MENTORS_IN_DISTRICT}",
    "absent": "worker_elsewhere supervisor_elsewhere officer_elsewhere mentor_elsewhere",
}
KEPT = {
    "enters": "supervisor officer",
    "absent": " ".join(name for name in OFFICERS.split() if name not in ("supervisor", "officer")),
}


def goal(name: str, act: str = "") -> Made:
    return lambda world: child(goal_id=name)(world) | ({"act": act} if act else {})


def referral(act: str) -> Made:
    return lambda world: child(referral_id="referral")(world) | {"act": act}


def resource(world):
    return {"resource_id": world.more["resource"]}


def version_one(world):
    return {"version": 1}


ROWS = [
    # It knows no child: ticks in, a level out.
    post("mentoring:risk_proposal", CASEWORK, status=200),
    post(
        "mentoring:child_assess", keys=child(), data=lambda w: {"triggers": "nobody_left"}, status=DONE,
        note="an emergency", **HERE,
    ),
    Row("mentoring:child_plan", keys=child(), **HERE),
    Row("mentoring:child_plan_paper", keys=child(), **HERE),
    Row("mentoring:child_plan_new", keys=child(), status=302, note="to the plan that stands already", **HERE),
    post("mentoring:child_plan_new", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_plan_edit", keys=child(), **HERE),
    post("mentoring:child_plan_edit", keys=child(), **HERE),
    Row("mentoring:child_plan_review", keys=child(), **HERE),
    post("mentoring:child_plan_review", keys=child(), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_plan_close", keys=child(), status=409, **HERE),
    Row("mentoring:child_goal_new", keys=child(), **HERE),
    post("mentoring:child_goal_new", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_goal_edit", keys=goal("goal"), **HERE),
    post("mentoring:child_goal_edit", keys=goal("goal"), **HERE),
    Row("mentoring:child_goal_settle", keys=goal("goal"), **HERE),
    Row(
        "mentoring:child_goal_settle", "", f"{CASEWORK_HERE} {CASEWORK_NEAR_MISSES}", keys=goal("other_goal"),
        note="a goal of another child",
    ),
    post("mentoring:child_goal_settle", keys=goal("goal"), status=SHOWN_AGAIN, **HERE),
    post("mentoring:child_goal_undo", keys=goal("goal"), data=version_one, status=409, **HERE),
    Row("mentoring:child_refer", keys=child(), **HERE),
    post("mentoring:child_refer", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_refer_search", keys=child(), **HERE),
    Row("mentoring:child_referral_step", keys=referral("accept"), **HERE),
    post("mentoring:child_referral_step", keys=referral("accept"), data=version_one, status=DONE, **HERE),
    Row("mentoring:child_wish", keys=child(), **HERE),
    post("mentoring:child_wish", keys=child(), status=SHOWN_AGAIN, **HERE),
    Row("mentoring:child_wish_step", keys=goal("wish", "grant"), **HERE),
    post("mentoring:child_wish_step", keys=goal("wish", "grant"), status=SHOWN_AGAIN, **HERE),
    # Only who supervises the child's own units shows a wish; a post of that kind elsewhere does not do.
    post(
        "mentoring:child_wish_step", "supervisor officer", CASEWORK_NEAR_MISSES, keys=goal("wish", "release"),
        data=lambda w: {"version": 1, "wall_words": "彩色铅笔"}, status=DONE, note="release",
    ),
    Row("mentoring:wishes", CASEWORK),
    Row("mentoring:own_wish", keys=match, **OWN),
    post("mentoring:own_wish", keys=match, status=SHOWN_AGAIN, **OWN),
    post("mentoring:own_wish", keys=match, data=lambda w: {"words": "一本书"}, status=DONE, note="written", **OWN),
    Row("mentoring:own_wish", "", MENTORS, keys=match_in("closed"), note="her own, closed"),
    Row("mentoring:own_wish", "", MENTORS, keys=match_in("paused"), note="her own, paused"),
    Row("mentoring:own_wish", **HANDING_OVER, note="handed over until today"),
    Row("casework:resources", f"{CASEWORK} {MENTORS}"),
    Row("casework:resource_new", CASEWORK),
    post("casework:resource_new", CASEWORK, status=SHOWN_AGAIN),
    Row("casework:resource", keys=resource, **SEEN),
    Row("casework:resource_edit", keys=resource, **KEPT),
    post("casework:resource_edit", keys=resource, status=SHOWN_AGAIN, **KEPT),
    Row("casework:resource_extend", keys=resource, **KEPT),
    post("casework:resource_extend", keys=resource, status=SHOWN_AGAIN, **KEPT),
    post("casework:resource_end", keys=resource, data=version_one, status=DONE, **KEPT),
]  # fmt: skip
