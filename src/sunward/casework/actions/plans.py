"""The care plan: what was agreed with the family, until when it is looked at again, and its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpKind, FollowUpState, GoalState
from sunward.casework.models import CarePlan, Case, FollowUp, Goal, Need
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, NotThere, Refusal

PLAN_SUBJECT = "care_plan"
GOAL_SUBJECT = "goal"


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """What is to be reached, by which kind of service, by when; `need` is the code of an open need it answers."""

    words: str
    service_kind: str = ""
    due_on: date | None = None
    need: str = ""


@transaction.atomic
def draw_up_plan(
    *,
    actor: Actor,
    case_id: UUID,
    review_on: date,
    on: date,
    now: datetime,
    agreement: str = "",
    goals: Iterable[GoalDetails] = (),
) -> CarePlan:
    """One open plan to a file. Looking at it again is promised to the worker at once."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    _refuse_past_review(review_on, on)
    if case.care_plans.filter(closed_on=None).exists():
        raise Conflict("casework.plan_there", _("This file has a care plan already."))
    plan = CarePlan.objects.create(
        case=case, drawn_up_on=on, drawn_up_by_id=actor.user_id, review_on=review_on, agreement=agreement.strip()
    )
    _record(case, plan, "casework.plan_drawn_up", actor=actor, on=on, now=now)
    for goal in goals:
        write_goal(case, plan, goal, actor=actor, on=on, now=now)
    promise_follow_up(actor=actor, case=case, kind=FollowUpKind.PLAN_REVIEW, due_on=review_on, on=on, now=now)
    return plan


@transaction.atomic
def edit_plan(
    *, actor: Actor, case_id: UUID, version: int, review_on: date, agreement: str, on: date, now: datetime
) -> CarePlan:
    """Change what was agreed, or the day; `version` is the one the person saw."""
    case, plan = _get_plan(actor=actor, case_id=case_id, version=version)
    if review_on != plan.review_on:
        _refuse_past_review(review_on, on)
        _move_review(case, FollowUpState.DROPPED, review_on, actor=actor, on=on, now=now)
    plan.review_on, plan.agreement = review_on, agreement.strip()
    _save(plan, "review_on", "agreement")
    _record(case, plan, "casework.plan_edited", actor=actor, on=on, now=now)
    return plan


@transaction.atomic
def review_plan(*, actor: Actor, case_id: UUID, version: int, review_on: date, on: date, now: datetime) -> CarePlan:
    """The plan was looked at with the family; `review_on` is the next time."""
    case, plan = _get_plan(actor=actor, case_id=case_id, version=version)
    _refuse_past_review(review_on, on)
    _move_review(case, FollowUpState.DONE, review_on, actor=actor, on=on, now=now)
    plan.review_on = review_on
    _save(plan, "review_on")
    _record(case, plan, "casework.plan_reviewed", actor=actor, on=on, now=now)
    return plan


@transaction.atomic
def close_plan(*, actor: Actor, case_id: UUID, version: int, on: date, now: datetime) -> CarePlan:
    """A plan ends when nothing of it is open; whatever is not to be reached any more is given up by name first."""
    case, plan = _get_plan(actor=actor, case_id=case_id, version=version)
    if plan.goals.filter(state=GoalState.OPEN).exists():
        raise Refusal("casework.goals_open", _("Some goals are still open. Settle each of them first."))
    for follow_up in _reviews(case):
        settle_follow_up(follow_up, FollowUpState.DROPPED, case=case, actor=actor, on=on, now=now)
    plan.closed_on = on
    _save(plan, "closed_on")
    _record(case, plan, "casework.plan_closed", actor=actor, on=on, now=now)
    return plan


def write_goal(case: Case, plan: CarePlan, goal: GoalDetails, *, actor: Actor, on: date, now: datetime) -> Goal:
    """Add a goal to the open plan, within the caller's act."""
    if not goal.words.strip():
        raise Refusal("casework.goal_empty", _("Write down what is to be reached."))
    row = Goal.objects.create(
        case=case, plan=plan, need=find_need(case, goal.need), service_kind=goal.service_kind,
        words=goal.words.strip(), from_on=on, due_on=goal.due_on, created_by_id=actor.user_id,
    )  # fmt: skip
    record_case_act(case, actor=actor, code="casework.goal_added", on=on, now=now, subject=(GOAL_SUBJECT, row.pk))
    return row


def find_need(case: Case, code: str) -> Need | None:
    return case.needs.filter(kind=code, met_on=None).first() if code else None


def get_open_plan(case: Case) -> CarePlan:
    plan = case.care_plans.filter(closed_on=None).first()
    if plan is None:
        raise NotThere("casework.plan_not_there", _("There is no open care plan. Draw one up first."))
    return plan


def _get_plan(*, actor: Actor, case_id: UUID, version: int) -> tuple[Case, CarePlan]:
    """The file's lock holds the plan as well: nobody changes it without that."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    plan = get_open_plan(case)
    if version != plan.version:
        raise Conflict("casework.plan_changed", _("Somebody else has just changed this plan. Look at it again."))
    return case, plan


def _refuse_past_review(review_on: date, on: date) -> None:
    if review_on <= on:
        raise Refusal("casework.review_passed", _("Choose a later day on which the plan is looked at again."))


def _reviews(case: Case) -> "QuerySet[FollowUp]":
    return case.follow_ups.filter(kind=FollowUpKind.PLAN_REVIEW, state=FollowUpState.DUE)


def _move_review(case: Case, state: FollowUpState, review_on: date, *, actor: Actor, on: date, now: datetime) -> None:
    for follow_up in _reviews(case):
        settle_follow_up(follow_up, state, case=case, actor=actor, on=on, now=now)
    promise_follow_up(actor=actor, case=case, kind=FollowUpKind.PLAN_REVIEW, due_on=review_on, on=on, now=now)


def _save(plan: CarePlan, *columns: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*columns, "version"])


def _record(case: Case, plan: CarePlan, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(case, actor=actor, code=code, on=on, now=now, subject=(PLAN_SUBJECT, plan.pk))
