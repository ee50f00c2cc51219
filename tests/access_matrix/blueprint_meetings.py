"""Meetings: the plan officers of the district keep them; leaders of the district read what was approved."""

from typing import Any

from tests import factories
from tests.access_matrix.rows import DONE, FORM_AGAIN, Row, post
from tests.blueprint.matrix_meetings import approved, draft, stocktake
from tests.personas import World

KEEPERS = "plan_officer"
# Each differs from who keeps the meeting by one thing: the unit, or the district.
OTHER_OFFICERS = "plan_officer_of_subdistrict plan_officer_elsewhere"
LEADERS_HERE = "leader leader_of_subdistrict"
LEADERS = f"{LEADERS_HERE} leader_elsewhere"
# Each of the own district.
OF_DISTRICTS = "plan_officer plan_officer_elsewhere"
PLAN_OFFICERS = f"{KEEPERS} {OTHER_OFFICERS}"


def of_draft(world: World) -> dict[str, Any]:
    return {"meeting_id": draft(factories.actor_of(world.users["plan_officer"])).uid}


def of_approved(world: World) -> dict[str, Any]:
    return {"meeting_id": approved(factories.actor_of(world.users["plan_officer"])).uid}


def of_stocktake(world: World) -> dict[str, Any]:
    """With the agenda that was kept, of every line of the plan."""
    return {"meeting_id": stocktake(factories.actor_of(world.users["plan_officer"])).uid}


def speaker(world: World) -> dict[str, Any]:
    return of_draft(world) | {"number": 1}


def line(world: World) -> dict[str, Any]:
    return {"line_id": draft(factories.actor_of(world.users["plan_officer"])).lines.get(number=1).uid}


def left_out(world: World) -> dict[str, Any]:
    return {"line_id": draft(factories.actor_of(world.users["plan_officer"])).lines.get(number=2).uid}


def proposal(world: World) -> dict[str, Any]:
    return {"proposal_id": draft(factories.actor_of(world.users["plan_officer"])).proposals.get(number=1).uid}


def version(world: World) -> dict[str, Any]:
    return {"version": "1"}


ROWS = [
    Row("blueprint:meetings", f"{PLAN_OFFICERS} {LEADERS}"),
    Row("blueprint:proposals", f"{PLAN_OFFICERS} {LEADERS}"),
    Row("blueprint:meeting_new", OF_DISTRICTS),
    post("blueprint:meeting_new", OF_DISTRICTS),
    Row("blueprint:meeting_by_hand", OF_DISTRICTS),
    post("blueprint:meeting_by_hand", OF_DISTRICTS),
    Row("blueprint:meeting", KEEPERS, f"{OTHER_OFFICERS} {LEADERS}", keys=of_draft, note="in preparation"),
    Row(
        "blueprint:meeting", f"{KEEPERS} {LEADERS_HERE}", f"{OTHER_OFFICERS} leader_elsewhere", keys=of_approved,
        note="approved",
    ),
    Row(
        "blueprint:meeting", f"{KEEPERS} {LEADERS_HERE}", f"{OTHER_OFFICERS} leader_elsewhere", keys=of_stocktake,
        note="with the agenda that a stocktake kept",
    ),
    *(
        row
        for name, keys in (
            ("meeting_edit", of_draft), ("meeting_questions", of_draft), ("meeting_breakdown", of_draft),
            ("meeting_speaker", speaker), ("line_new", of_draft), ("proposal_new", of_draft), ("line", line),
            ("proposal_answer", proposal),
        )
        for row in (
            Row(f"blueprint:{name}", KEEPERS, OTHER_OFFICERS, keys=keys),
            post(f"blueprint:{name}", KEEPERS, OTHER_OFFICERS, keys=keys),
        )
    ),
    post("blueprint:meeting_approve", KEEPERS, OTHER_OFFICERS, keys=of_draft, data=version, status=FORM_AGAIN),
    post("blueprint:meeting_discard", KEEPERS, OTHER_OFFICERS, keys=of_draft, data=version, status=DONE),
    post("blueprint:line_leave_out", KEEPERS, OTHER_OFFICERS, keys=line, data=version, status=DONE),
    post("blueprint:line_reopen", KEEPERS, OTHER_OFFICERS, keys=left_out, data=version, status=DONE),
]  # fmt: skip
