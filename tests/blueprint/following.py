"""A plan that was issued, with somebody at every place who acts on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.blueprint.actions.issuing import acknowledge, issue_plan
from sunward.blueprint.models import DeliveryPlan, WorkItem
from tests.blueprint.meetings import CIVIL, EDUCATION, HR, approved_plan, item_of, make_keeper, make_units, unit_of
from tests.factories import NOW, TODAY, actor_of, make_officer

TOMORROW = TODAY + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Line 1: the human resources bureau leads, civil affairs and the sub-districts join, education has no part."""

    plan: DeliveryPlan
    item: WorkItem
    keeper: Actor
    second_keeper: Actor
    lead: Actor
    joint: Actor
    other: Actor
    head: Actor
    district_head: Actor
    other_head: Actor


def cast_of(folder: Path) -> Cast:
    make_units()
    keeper = make_keeper()
    plan = approved_plan(keeper, folder)
    issue_plan(actor=keeper, plan_id=plan.uid, by=TODAY + timedelta(days=3), on=TODAY, now=NOW)

    def someone(role: Role, code: str) -> Actor:
        return actor_of(make_officer(role, unit_of(code)))

    return Cast(
        plan, item_of(plan), keeper, make_keeper(), someone(Role.PLAN_OFFICER, HR), someone(Role.PLAN_OFFICER, CIVIL),
        someone(Role.PLAN_OFFICER, EDUCATION), someone(Role.LEADER, HR), someone(Role.LEADER, "310110"),
        someone(Role.LEADER, EDUCATION),
    )  # fmt: skip


def under_way(folder: Path) -> Cast:
    cast = cast_of(folder)
    acknowledge(actor=cast.lead, item_id=cast.item.uid, on=TODAY, now=NOW)
    return cast


def act(which, who: Actor, cast: Cast, *, on: date = TODAY, **more: object):
    return which(actor=who, item_id=cast.item.uid, on=on, now=NOW, **more)
