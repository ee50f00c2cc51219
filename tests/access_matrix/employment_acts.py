"""Acts on a jobseeker's file: whoever keeps the file, and nobody else; a child's file has none of them."""

from datetime import timedelta
from uuid import uuid4

from sunward.casework.actions import GoalDetails, draw_up_plan, settle_goal
from sunward.casework.actions.follow_ups import promise_follow_up
from sunward.casework.actions.services import write_service
from sunward.casework.enums import ContactOutcome, FollowUpState, GoalState, ServiceKind
from sunward.casework.models import Case
from sunward.employment.enums import NextStep
from sunward.employment.models import Jobseeker, JobWish
from tests import factories
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN
from tests.access_matrix.rows import DONE, FORM_AGAIN, SHOWN_AGAIN, Made, Row, post
from tests.factories import NOW, TODAY
from tests.personas import World


def _file(world: World, **more: object) -> Case:
    case = factories.make_jobseeker("纪求职", unit=world.case.unit)
    Jobseeker.objects.create(case=case)
    if more:
        Case.objects.filter(pk=case.pk).update(**more)
    return case


def _actor(world: World):
    return factories.actor_of(world.users["employment_officer"])


def file(world: World) -> dict[str, object]:
    return {"case_id": _file(world).uid}


def closed(world: World) -> dict[str, object]:
    return {"case_id": _file(world, state="closed", closed_on=TODAY, close_reason="moved").uid}


def wished(world: World) -> dict[str, object]:
    case = _file(world)
    JobWish.objects.create(case=case, words="会计", rank=1)
    return {"case_id": case.uid}


def _written(world: World, case: Case):
    return write_service(
        actor=_actor(world), case=case, kind=ServiceKind.PHONE_CALL, happened_on=TODAY, outcome=ContactOutcome.MADE,
        on=TODAY, now=NOW,
    )  # fmt: skip


def recorded(world: World) -> dict[str, object]:
    case = _file(world)
    return {"case_id": case.uid, "record_id": _written(world, case).uid}


def recorded_elsewhere(world: World) -> dict[str, object]:
    """Her own file in the address, a record of a child in its end."""
    return {"case_id": _file(world).uid, "record_id": _written(world, world.case).uid}


def step(state: FollowUpState = FollowUpState.DUE) -> Made:
    def keys(world: World) -> dict[str, object]:
        case = _file(world)
        row = promise_follow_up(
            actor=_actor(world), case=case, kind=NextStep.CALL, due_on=TODAY, on=TODAY, now=NOW
        )  # fmt: skip
        type(row).objects.filter(pk=row.pk).update(state=state, done_on=None if state == FollowUpState.DUE else TODAY)
        return {"case_id": case.uid, "follow_up_id": row.pk}

    return keys


def step_of_a_child(world: World) -> dict[str, object]:
    row = promise_follow_up(actor=_actor(world), case=world.case, kind="visit", due_on=TODAY, on=TODAY, now=NOW)
    return {"case_id": _file(world).uid, "follow_up_id": row.pk}


def said(**more: object) -> Made:
    return lambda world: {"key": uuid4(), "happened_on": TODAY.isoformat(), "version": 1, "words": "会计"} | more


def planned(*, settled: bool = False, closed: bool = False) -> Made:
    """A file with a plan and one goal."""

    def keys(world: World) -> dict[str, object]:
        case, given = _file(world), {"actor": _actor(world), "on": TODAY, "now": NOW}
        plan = draw_up_plan(
            **given, case_id=case.uid, review_on=TODAY + timedelta(days=90), goals=[GoalDetails("写好简历")]
        )
        goal = plan.goals.get()
        if settled:
            settle_goal(**given, case_id=case.uid, goal_id=goal.uid, version=1, state=GoalState.REACHED, result="好了")
        return {"case_id": case.uid} | ({} if closed else {"goal_id": goal.uid})

    return keys


def plan_of(world: World) -> dict[str, object]:
    return planned(closed=True)(world)


def goal_of_a_child(world: World) -> dict[str, object]:
    """Her own file in the address, a goal of a child in its end."""
    goal = world.case.goals.first()
    if goal is None:
        given = {"actor": factories.actor_of(world.users["supervisor"]), "on": TODAY, "now": NOW}
        plan = draw_up_plan(
            **given, case_id=world.case.uid, review_on=TODAY + timedelta(days=90), goals=[GoalDetails("按时上学")]
        )
        goal = plan.goals.get()
    return {"case_id": plan_of(world)["case_id"], "goal_id": goal.uid}


KEEPERS = {"enters": OWN["enters"], "absent": OWN["absent"]}
NOBODY = {"enters": "", "absent": f"{OWN['enters']} {OWN['absent']}"}
CALL = said(outcome="attempted", kind="phone_call", reason="记错了")
TALK = said(traits="no_aim", note="谈了", measures="expert")
STEP = {"kind": NextStep.CALL, "due_on": TODAY.isoformat()}

FORMS = (
    ("jobseeker_survey", file, CALL), ("jobseeker_service", file, CALL), ("jobseeker_guidance", file, TALK),
    ("jobseeker_step", file, lambda world: STEP), ("jobseeker_close", file, said(reason="at_work")),
    ("jobseeker_reopen", closed, said(reason="又找工作了")), ("jobseeker_wishes", file, said()),
    ("jobseeker_service_withdraw", recorded, CALL),
)  # fmt: skip

LATER = (TODAY + timedelta(days=30)).isoformat()
PLAN = said(review_on=LATER, agreement="一起写简历", state="reached", result="好了")
PLANS = (
    ("jobseeker_plan_new", file, SHOWN_AGAIN), ("jobseeker_plan_edit", plan_of, FORM_AGAIN),
    ("jobseeker_plan_review", plan_of, SHOWN_AGAIN), ("jobseeker_goal_new", plan_of, SHOWN_AGAIN),
    ("jobseeker_goal_edit", planned(), FORM_AGAIN), ("jobseeker_goal_settle", planned(), SHOWN_AGAIN),
)  # fmt: skip

ROWS = [
    Row("employment:jobseeker_plan", keys=file, **KEEPERS),
    Row("employment:jobseeker_plan", **A_CHILDS),
    *(
        row
        for name, keys, empty in PLANS
        for row in (
            Row(f"employment:{name}", keys=keys, **KEEPERS),
            post(f"employment:{name}", keys=keys, status=empty, **KEEPERS),
            post(f"employment:{name}", keys=keys, data=PLAN, status=DONE, note="done", **KEEPERS),
        )
    ),
    *(post(f"employment:{name}", data=PLAN, **A_CHILDS) for name, _keys, _empty in PLANS if "goal_" not in name),
    *(
        post(f"employment:{name}", keys=goal_of_a_child, data=PLAN, note="a child's goal", **NOBODY)
        for name in ("jobseeker_goal_edit", "jobseeker_goal_settle", "jobseeker_goal_undo")
    ),
    post("employment:jobseeker_goal_undo", keys=planned(settled=True), data=said(version=2), status=DONE, **KEEPERS),
    post("employment:jobseeker_plan_close", keys=plan_of, data=said(), status=422, note="a goal is open", **KEEPERS),
    post("employment:jobseeker_plan_close", data=said(), **A_CHILDS),
    *(
        row
        for name, keys, typed in FORMS
        for row in (
            Row(f"employment:{name}", keys=keys, **KEEPERS),
            post(f"employment:{name}", keys=keys, status=SHOWN_AGAIN, **KEEPERS),
            post(f"employment:{name}", keys=keys, data=typed, status=DONE, note="done", **KEEPERS),
        )
    ),
    *(
        post(f"employment:{name}", data=typed, **A_CHILDS)
        for name, keys, typed in FORMS
        if name != "jobseeker_service_withdraw"
    ),
    Row("employment:jobseeker_service_withdraw", keys=recorded_elsewhere, note="a child's record", **NOBODY),
    post(
        "employment:jobseeker_service_withdraw", keys=recorded_elsewhere, data=CALL, note="a child's record", **NOBODY
    ),
    Row("employment:jobseeker_edit", keys=file, **KEEPERS),
    post("employment:jobseeker_edit", keys=file, **KEEPERS),
    Row("employment:jobseeker_edit", **A_CHILDS),
    *(
        row
        for name in ("jobseeker_wish_up", "jobseeker_wish_remove", "jobseeker_wish_code")
        for row in (
            post(f"employment:{name}", keys=wished, data=said(), status=DONE, **KEEPERS),
            post(f"employment:{name}", data=said(), **A_CHILDS),
        )
    ),
    *(
        row
        for verb, state in (
            ("done", FollowUpState.DUE), ("drop", FollowUpState.DUE), ("undo", FollowUpState.DONE)
        )
        for row in (
            post(f"employment:jobseeker_step_{verb}", keys=step(state), status=DONE, **KEEPERS),
            post(f"employment:jobseeker_step_{verb}", keys=step_of_a_child, note="a child's step", **NOBODY),
        )
    ),
]  # fmt: skip
