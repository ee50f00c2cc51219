"""A plan at its full size (400 lines, 120 units, 12 goals), under way for a month: how it is filled, what is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse

from bench.page import Page, analyze
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.blueprint.enums import StepKind
from sunward.blueprint.models import DeliveryPlan, WorkStep
from sunward.core import clock


@dataclass(frozen=True, slots=True)
class Size:
    lines: int = 400
    units: int = 120
    goals: int = 12


DEFAULT = Size()


def prepare(size: Size) -> None:
    """Filled if it is empty, with the plan of the tests and whoever reads it."""
    if DeliveryPlan.objects.exists():
        return
    from tests.blueprint.plans import make_plan

    plan = make_plan(lines=size.lines, units=size.units, goals=size.goals)
    _follow(plan)
    office = Unit.objects.filter(kind=UnitKind.DEPARTMENT).order_by("code")[0]
    readers = {
        "keeper": (Role.PLAN_OFFICER, plan.unit), "leader": (Role.LEADER, plan.unit),
        "office": (Role.PLAN_OFFICER, office),
    }  # fmt: skip
    for name, (role, unit) in readers.items():
        user = User.objects.create_user(name, name=name)
        from_on = clock.today() - timedelta(days=30)
        Assignment.objects.create(user=user, role=role, unit=unit, from_on=from_on)
    analyze()


def _follow(plan: DeliveryPlan) -> None:
    """Issued and acknowledged, three reports of each line, an obstacle at every tenth."""
    now, begun = clock.now(), plan.meeting.met_on
    steps = []
    for line in plan.items.order_by("pk"):
        told: list[tuple[StepKind, int, dict[str, Any]]] = [
            (StepKind.ISSUED, 0, {"unit_id": plan.unit_id, "day": begun + timedelta(days=3)}),
            (StepKind.ACKNOWLEDGED, 1, {}),
            *((StepKind.PROGRESS, 6 + 7 * week, {"number": line.number * week // 8}) for week in range(3)),
        ]
        if line.number % 10 == 0:
            told.append((StepKind.OBSTACLE, 20, {"asked_unit_id": plan.unit_id, "text": "等用地批复", "day": begun}))
        steps += [
            WorkStep(
                item=line, kind=kind, happened_on=begun + timedelta(days=after), recorded_at=now,
                **({"unit_id": line.lead_id} | more),
            )
            for kind, after, more in told
        ]  # fmt: skip
    WorkStep.objects.bulk_create(steps)


def pages() -> list[Page]:
    plan = DeliveryPlan.objects.get()
    line = plan.items.order_by("number")[plan.items.count() // 2]
    named = {
        "sheet": "plan", "board": "plan_board", "gantt": "plan_gantt", "by unit": "plan_units",
        "by officer": "plan_officers", "stocktake": "plan_stocktake",
    }  # fmt: skip
    addresses = {name: reverse(f"blueprint:{address}", args=[plan.uid]) for name, address in named.items()}
    return [
        Page("plans", "keeper", reverse("blueprint:plans")),
        *(Page(f"{name}, keeper", "keeper", address) for name, address in addresses.items()),
        Page("board by lead, leader", "leader", f"{addresses['board']}?by=lead"),
        Page("sheet, one office", "office", addresses["sheet"]),
        Page("line", "keeper", reverse("blueprint:work", args=[line.uid])),
    ]
