"""Plans made straight in the database: of three lines that are laid out, and of as many as a page must carry."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.blueprint.enums import MeetingState
from sunward.blueprint.models import (
    Checkpoint,
    Decision,
    DeliveryPlan,
    Dependency,
    JointPart,
    Meeting,
    MeetingQuestion,
    Milestone,
    PlanGoal,
    WorkItem,
)
from tests.factories import NOW, make_district, make_unit

MET = date(2026, 11, 2)
QUESTIONS = ("怎样把服务送到家门口？", "怎样让困境儿童有人牵挂？", "怎样让数据少跑腿？")


def make_offices(number: int) -> list[Unit]:
    """So many departments of the district; the first are 区人社局, 区民政局."""
    names = {0: "区人社局", 1: "区民政局", 2: "区妇联", 3: "区教育局"}
    district, kind = make_district(), UnitKind.DEPARTMENT
    return [
        make_unit(f"310110Q{place:02d}", parent=district, kind=kind, name=names.get(place, f"区第{place}局"))
        for place in range(number)
    ]


def make_plan(*, lines: int = 3, units: int = 4, goals: int = 2, title: str = "学习讨论会施工图") -> DeliveryPlan:
    """Line n is led by unit n and joined by the two after it; due a fortnight after the one before it."""
    district, offices = make_district(), make_offices(units)
    meeting = Meeting.objects.create(
        unit=district, unit_path=district.path, title=title, met_on=MET, answers_due_on=MET, made_at=NOW,
        state=MeetingState.APPROVED, approved_on=MET, approved_at=NOW,
    )  # fmt: skip
    questions = [
        MeetingQuestion.objects.create(meeting=meeting, number=number, text=text)
        for number, text in enumerate(QUESTIONS, 1)
    ]
    plan = DeliveryPlan.objects.create(
        meeting=meeting, unit=district, unit_path=district.path, title=title, made_at=NOW
    )  # fmt: skip
    made = [
        PlanGoal.objects.create(plan=plan, number=number, section="民生", text=f"重点任务{number}")
        for number in range(1, goals + 1)
    ]
    decided = Decision.objects.bulk_create(
        Decision(meeting=meeting, number=number, text=f"会议决定第{number}项", decided_on=MET, recorded_at=NOW)
        for number in range(1, lines + 1)
    )
    decisions = list(meeting.decisions.order_by("number")) if decided else []
    WorkItem.objects.bulk_create(
        WorkItem(
            plan=plan, goal=made[(number - 1) * goals // lines], question=questions[(number - 1) % 3],
            decision=decisions[number - 1], number=number, text=f"第{number}项工作",
            lead=offices[(number - 1) % units], unit_path=offices[(number - 1) % units].path,
            officer_written="黄平" if number % 2 else "",
            due_on=MET + timedelta(days=14 * (1 + (number - 1) % 40)), target_text=f"建成{number}个",
            target_number=Decimal(number), target_unit="个", made_at=NOW,
        )
        for number in range(1, lines + 1)
    )  # fmt: skip
    items = list(plan.items.order_by("number"))
    JointPart.objects.bulk_create(
        JointPart(item=item, unit=unit, unit_path=unit.path, text=f"配合第{item.number}项")
        for item in items
        for unit in (offices[item.number % units], offices[(item.number + 1) % units])
        if unit.pk != item.lead_id
    )
    Milestone.objects.bulk_create(
        Milestone(item=item, number=step, text=f"节点{step}", due_on=item.due_on - timedelta(days=7 * (3 - step)))
        for item in items
        for step in (1, 2)
    )
    Dependency.objects.bulk_create(Dependency(item=item, needs=before) for before, item in pairwise(items))
    Checkpoint.objects.bulk_create(
        Checkpoint(item=item, on=on, value=value, assumption="每月两个" if value else "")
        for item in items
        for on, value in ((MET, Decimal(0)), (item.due_on, item.target_number))
    )
    return plan
