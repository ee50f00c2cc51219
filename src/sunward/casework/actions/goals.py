"""Goals of a care plan: added, changed, settled with their result, and opened again where that was a mistake."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.needs import feel_need_again, meet_need
from sunward.casework.actions.plans import GOAL_SUBJECT, GoalDetails, find_need, get_open_plan, write_goal
from sunward.casework.enums import GoalKind, GoalState
from sunward.casework.models import Case, Goal
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, NotThere, Refusal

# What a settling leaves behind, and its undoing takes away.
SETTLED_CODES = ("casework.goal_reached", "casework.goal_dropped", "casework.wish_granted", "casework.wish_dropped")
# In the fact of a settling: the need was met with it, so its undoing gives the need back.
WITH_NEED = "with_need"


@transaction.atomic
def add_goal(*, actor: Actor, case_id: UUID, goal: GoalDetails, on: date, now: datetime) -> Goal:
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    return write_goal(case, get_open_plan(case), goal, actor=actor, on=on, now=now)


@transaction.atomic
def edit_goal(
    *, actor: Actor, case_id: UUID, goal_id: UUID, version: int, goal: GoalDetails, on: date, now: datetime
) -> Goal:
    """Change an open goal; `version` is the one the person saw."""
    case, row = get_goal(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    refuse_settled(row)
    if not goal.words.strip():
        raise Refusal("casework.goal_empty", _("Write down what is to be reached."))
    row.words, row.service_kind, row.due_on = goal.words.strip(), goal.service_kind, goal.due_on
    row.need = find_need(case, goal.need)
    save_goal(row, "words", "service_kind", "due_on", "need")
    record_goal(case, row, "casework.goal_edited", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def settle_goal(
    *,
    actor: Actor,
    case_id: UUID,
    goal_id: UUID,
    version: int,
    state: GoalState,
    result: str,
    on: date,
    now: datetime,
    is_need_met: bool = False,
) -> Goal:
    """Reached or given up, with its result in words. Whether the need is met with it is asked, never assumed."""
    case, row = get_goal(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    refuse_settled(row)
    if state == GoalState.OPEN or not result.strip():
        raise Refusal("casework.result_missing", _("Write down what came of it."))
    need = row.need if is_need_met and state == GoalState.REACHED else None
    if need is not None and need.met_on is not None:
        need = None
    write_settled(
        case, row, state, f"casework.goal_{state}", actor=actor, result=result, on=on, now=now,
        more={WITH_NEED: True} if need else {},
    )  # fmt: skip
    if need is not None:
        meet_need(case, need, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def reopen_goal(*, actor: Actor, case_id: UUID, goal_id: UUID, version: int, on: date, now: datetime) -> Goal:
    """Undo a settling: its fact is withdrawn, and a need that was met with it is felt again."""
    case, row = get_goal(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    if row.state == GoalState.OPEN:
        raise Conflict("casework.goal_open", _("This goal is open already. Look at the plan again."))
    if row.kind == GoalKind.GOAL and (row.plan is None or row.plan.closed_on is not None):
        raise Refusal("casework.plan_closed", _("The plan of this goal is closed. Add the goal to the new plan."))
    withdrawn = withdraw_facts(subject=(GOAL_SUBJECT, row.pk), now=now, kinds=SETTLED_CODES)
    if row.need is not None and any(fact.attributes.get(WITH_NEED) for fact in withdrawn):
        feel_need_again(case, row.need, actor=actor, now=now)
    row.state, row.settled_on, row.settled_by_id = GoalState.OPEN, None, 0
    save_goal(row, "state", "settled_on", "settled_by_id")
    record_goal(case, row, "casework.goal_reopened", actor=actor, on=on, now=now)
    return row


def write_settled(
    case: Case,
    row: Goal,
    state: GoalState,
    code: str,
    *,
    actor: Actor,
    result: str,
    on: date,
    now: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Goals and wishes alike, within the caller's act."""
    row.state, row.settled_on, row.settled_by_id = state, on, actor.user_id
    row.result = result.strip()
    save_goal(row, "state", "settled_on", "settled_by_id", "result", "granted_by")
    record_goal(case, row, code, actor=actor, on=on, now=now, **more)


def get_goal(*, actor: Actor, case_id: UUID, goal_id: UUID, version: int) -> tuple[Case, Goal]:
    """The goal of a file that is locked; whoever saw an older version is told."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    row = case.goals.select_related("plan", "need").filter(uid=goal_id).first()
    if row is None:
        raise NotThere("casework.goal_not_there", _("There is no such goal on this file."))
    if version != row.version:
        raise Conflict("casework.goal_changed", _("Somebody else has just changed this goal. Look at it again."))
    return case, row


def refuse_settled(row: Goal) -> None:
    if row.state != GoalState.OPEN:
        raise Conflict("casework.goal_settled", _("This has been settled already. Look at the file again."))


def save_goal(row: Goal, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=[*columns, "version"])


def record_goal(case: Case, row: Goal, code: str, *, actor: Actor, on: date, now: datetime, **attributes: Any) -> None:
    if row.service_kind:
        attributes["service_kind"] = row.service_kind
    record_case_act(case, actor=actor, code=code, on=on, now=now, subject=(GOAL_SUBJECT, row.pk), attributes=attributes)
