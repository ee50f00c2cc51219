"""A plan that was issued, with somebody at every place who acts on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.blueprint.actions.issuing import acknowledge, issue_plan
from sunward.blueprint.actions.reporting import Report
from sunward.blueprint.models import DeliveryPlan, WorkItem, WorkStep
from sunward.blueprint.queries.lights import read_courses
from sunward.core.refusals import Refusal
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


def course(cast: Cast):
    item = WorkItem.objects.get(pk=cast.item.pk)
    return read_courses([item])[item.pk]


def refused(which, who, cast: Cast, **more: object) -> str:
    before = WorkStep.objects.count()
    with pytest.raises(Refusal) as caught:
        act(which, who, cast, **more)
    assert WorkStep.objects.count() == before
    return caught.value.code.removeprefix("blueprint.")


def told(number: int | None = 3, text: str = "已开放三个", on: date = TODAY) -> Report:
    return Report(text, None if number is None else Decimal(number), on)
