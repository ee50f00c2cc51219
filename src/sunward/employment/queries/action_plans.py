"""The action plan (一人一策) of a jobseeker: its page, its card on the file, and what its forms begin with."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import CaseState, GoalKind, GoalState
from sunward.casework.models import CarePlan, Case, Goal
from sunward.casework.queries.plans import FilePlans, GoalRow, PlanRow, read_plans
from sunward.core.furniture import Moment
from sunward.core.refusals import NotThere


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`current` is the open plan if there is one; `earlier` are closed, the latest first."""

    case_uid: UUID
    reference: str
    name: str
    unit_name: str
    is_open: bool
    plans: FilePlans

    @property
    def current(self) -> PlanRow | None:
        return self.plans.current

    @property
    def earlier(self) -> tuple[PlanRow, ...]:
        return self.plans.earlier


def read_file_plans(case: Case, *, on: date) -> FilePlans:
    """Two queries."""
    return read_plans(case, on=on, need_words=str)


def read_plan_page(case: Case, *, on: date) -> PlanPage:
    return PlanPage(
        case_uid=case.uid,
        reference=case.reference,
        name=case.person.name,
        unit_name=case.unit.name,
        is_open=case.state == CaseState.OPEN,
        plans=read_file_plans(case, on=on),
    )


def plan_moments(plans: FilePlans) -> list[Moment]:
    """What the plans add to the file's line of time, in the words of this programme. No query."""
    moments: list[Moment] = []
    for plan in filter(None, (plans.current, *plans.earlier)):
        moments.append(Moment(plan.drawn_up_on, _("Action plan drawn up"), note=plan.agreement, icon="clipboard-list"))
        if plan.closed_on:
            moments.append(Moment(plan.closed_on, _("Action plan closed"), icon="archive"))
        moments += [_goal_moment(goal) for goal in plan.settled_goals]
    return moments


def has_open_plan(case: Case) -> bool:
    return case.care_plans.filter(closed_on=None).exists()


def find_plan(case: Case) -> CarePlan:
    plan = case.care_plans.filter(closed_on=None).first()
    if plan is None:
        raise NotThere("employment.plan_not_there", _("There is no open action plan. Draw one up first."))
    return plan


def find_goal(case: Case, goal_id: UUID) -> Goal:
    goal = case.goals.filter(uid=goal_id, kind=GoalKind.GOAL, state=GoalState.OPEN).first()
    if goal is None:
        raise NotThere("employment.goal_not_there", _("Somebody has settled this already. Look at the plan again."))
    return goal


def plan_values(plan: CarePlan) -> dict[str, Any]:
    return {"review_on": plan.review_on, "agreement": plan.agreement}


def goal_values(goal: Goal) -> dict[str, Any]:
    return {"words": goal.words, "service_kind": goal.service_kind, "due_on": goal.due_on}


def _goal_moment(goal: GoalRow) -> Moment:
    is_reached = goal.state == GoalState.REACHED
    title = _("Goal reached: %(words)s") if is_reached else _("Goal given up: %(words)s")
    return Moment(
        goal.settled_on or goal.from_on, title % {"words": goal.words}, note=goal.result, icon="checklist",
        tone="good" if is_reached else "off",
    )  # fmt: skip
