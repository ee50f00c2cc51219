"""How a line of work is laid out, and who leads it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sunward.accounts.enums import Role
from sunward.accounts.unit_merging import merge_units
from sunward.blueprint.access import officers_to_name
from sunward.blueprint.actions.work import (
    Part,
    Point,
    Step,
    change_lead,
    name_officer,
    reach_milestone,
    set_milestones,
    set_needs,
    set_parts,
    set_trajectory,
)
from sunward.blueprint.models import DeliveryPlan, LeadChange, WorkItem
from sunward.core.refusals import Conflict, NotThere, Refusal
from tests.blueprint.meetings import (
    CIVIL,
    EDUCATION,
    HR,
    WOMEN,
    approved_plan,
    item_of,
    make_keeper,
    make_units,
    unit_of,
)
from tests.factories import NOW, TODAY, actor_of, give_post, make_officer, make_user

pytestmark = pytest.mark.django_db
DUE = date(2027, 6, 30)


@pytest.fixture
def keeper():
    make_units()
    return make_keeper()


@pytest.fixture
def plan(keeper, tmp_path) -> DeliveryPlan:
    return approved_plan(keeper, tmp_path)


def do(act, keeper, item: WorkItem, **more: object):
    item.refresh_from_db()
    return act(actor=keeper, item_id=item.uid, version=item.version, now=NOW, **more)


def refused_by(act, *given: object, **more: object) -> str:
    with pytest.raises(Refusal) as refused:
        do(act, *given, **more)
    return refused.value.code.removeprefix("blueprint.")


def test_the_database_keeps_a_line_from_having_no_lead(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(plan=plan).update(lead=None)


def test_a_lead_changes_by_a_decision_alone_and_the_one_before_stays_to_join(keeper, plan, tmp_path):
    item = item_of(plan)
    later = approved_plan(keeper, tmp_path).meeting.decisions.get(number=2)
    told = {"unit_code": CIVIL, "decision_id": later.uid, "reason": "职责调整", "on": TODAY}
    assert refused_by(change_lead, keeper, item, **told | {"decision_id": uuid4()}) == "lead_decision"
    assert refused_by(change_lead, keeper, item, **told | {"decision_id": item.decision.uid}) == "lead_same_decision"
    assert refused_by(change_lead, keeper, item, **told | {"reason": " "}) == "lead_reason"
    assert refused_by(change_lead, keeper, item, **told | {"unit_code": HR}) == "lead_unit"
    assert refused_by(change_lead, keeper, item, **told | {"on": date(2026, 11, 1)}) == "lead_decision"
    changed = do(change_lead, keeper, item, **told)
    assert (changed.lead.code, changed.unit_path) == (CIVIL, changed.lead.path)
    codes = [part.unit.code for part in changed.parts.select_related("unit")]
    assert HR in codes
    assert CIVIL not in codes
    row = LeadChange.objects.get()
    assert (row.from_unit.code, row.to_unit.code, row.decision) == (HR, CIVIL, later)
    with pytest.raises(DatabaseError), transaction.atomic():
        LeadChange.objects.update(reason="别的")


def test_parts_are_set_each_unit_once_within_the_days_of_the_whole(keeper, plan):
    item = item_of(plan)
    assert refused_by(set_parts, keeper, item, parts=[Part(CIVIL), Part(CIVIL)]) == "part_unit"
    assert refused_by(set_parts, keeper, item, parts=[Part("nowhere")]) == "part_unit"
    assert refused_by(set_parts, keeper, item, parts=[Part(HR)]) == "part_of_lead"
    assert refused_by(set_parts, keeper, item, parts=[Part(CIVIL, "选址", date(2027, 7, 1))]) == "part_late"
    do(set_parts, keeper, item, parts=[Part(CIVIL, "选址", date(2027, 3, 31)), Part(EDUCATION)])
    assert [(part.unit.code, part.text, part.due_on) for part in item.parts.order_by("pk")] == [
        (CIVIL, "选址", date(2027, 3, 31)), (EDUCATION, "", None),
    ]  # fmt: skip


def test_two_offices_that_become_one_keep_both_parts(keeper, plan):
    item = item_of(plan)
    merge_units(old_code=CIVIL, new_code="310110WF", reason="机构改革", on=TODAY, now=NOW)
    assert item.parts.filter(unit__code=WOMEN).exists()
    assert item.parts.get(unit__code=WOMEN).unit_path == "/310110/310110WF/"
    led = item_of(plan, 3)
    assert (led.lead.code, led.unit_path) == (WOMEN, "/310110/310110WF/")


def test_a_milestone_is_reached_with_evidence_and_then_stays(keeper, plan):
    item = item_of(plan)
    steps = [Step("全部开放", DUE), Step("完成选址", date(2027, 2, 28))]
    assert refused_by(set_milestones, keeper, item, steps=[Step(" ", DUE)]) == "milestone_text"
    assert refused_by(set_milestones, keeper, item, steps=[Step("晚", date(2027, 7, 1))]) == "milestone_late"
    do(set_milestones, keeper, item, steps=steps)
    assert [row.text for row in item.milestones.order_by("number")] == ["完成选址", "全部开放"]
    reach = {"actor": keeper, "item_id": item.uid, "number": 1, "on": TODAY, "now": NOW}
    with pytest.raises(Refusal) as refused:
        reach_milestone(evidence=" ", **reach)
    assert refused.value.code == "blueprint.milestone_evidence"
    reach_milestone(evidence="选址批复", **reach)
    assert reach_milestone(evidence="别的", **reach).evidence == "选址批复"
    do(set_milestones, keeper, item, steps=[Step("试运行", date(2027, 5, 31))])
    assert [(row.number, row.text) for row in item.milestones.order_by("number")] == [(1, "完成选址"), (2, "试运行")]
    with pytest.raises(IntegrityError), transaction.atomic():
        item.milestones.filter(number=2).update(reached_on=TODAY)


@pytest.mark.parametrize(
    ("which", "more"),
    [
        (set_parts, {"parts": [Part(CIVIL, "联系人手机13800005678")]}),
        (set_milestones, {"steps": [Step("找王老师13800005678选址", DUE)]}),
        (set_trajectory, {"points": [Point(TODAY, Decimal(0)), Point(DUE, Decimal(12), "问13800005678")], "on": TODAY}),
    ],
)
def test_nobody_lays_a_line_out_with_a_telephone_number(which, more, keeper, plan):
    assert refused_by(which, keeper, item_of(plan), **more) == "numbers"


def test_no_telephone_number_shows_a_milestone_or_changes_a_lead(keeper, plan, tmp_path):
    item = item_of(plan)
    do(set_milestones, keeper, item, steps=[Step("完成选址", DUE)])
    with pytest.raises(Refusal) as refused:
        reach_milestone(actor=keeper, item_id=item.uid, number=1, evidence="电话 021-00005678", on=TODAY, now=NOW)
    assert refused.value.code == "blueprint.numbers"
    later = approved_plan(keeper, tmp_path).meeting.decisions.get(number=2)
    told = {"unit_code": CIVIL, "decision_id": later.uid, "reason": "打13800005678问", "on": TODAY}
    assert refused_by(change_lead, keeper, item, **told) == "numbers"
    assert not LeadChange.objects.exists()


def test_lines_wait_for_each_other_and_never_in_a_circle(keeper, plan, tmp_path):
    first, second, third = (item_of(plan, number) for number in (1, 2, 3))
    do(set_needs, keeper, first, numbers=[2])
    do(set_needs, keeper, second, numbers=[3])
    assert refused_by(set_needs, keeper, third, numbers=[1]) == "needs_circle"
    assert refused_by(set_needs, keeper, third, numbers=[2]) == "needs_circle"
    assert refused_by(set_needs, keeper, third, numbers=[3]) == "needs_line"
    assert refused_by(set_needs, keeper, third, numbers=[99]) == "needs_line"
    do(set_needs, keeper, second, numbers=[])
    do(set_needs, keeper, third, numbers=[1])
    assert [row.needs for row in third.dependencies.select_related("needs")] == [first]
    with pytest.raises(IntegrityError), transaction.atomic():
        third.dependencies.update(needs=third)


def test_a_trajectory_has_a_start_an_end_that_was_decided_and_an_assumption_for_each_step(keeper, plan):
    item, without = item_of(plan), item_of(plan, 3)
    start, middle = Point(TODAY, Decimal(0)), Point(date(2027, 3, 31), Decimal(5), "选址三月完成")
    end, bare = Point(DUE, Decimal(12), "每月两个"), Point(DUE, Decimal(12))
    assert refused_by(set_trajectory, keeper, item, points=[end], on=TODAY) == "trajectory_days"
    assert refused_by(set_trajectory, keeper, item, points=[end, end], on=TODAY) == "trajectory_days"
    assert refused_by(set_trajectory, keeper, item, points=[start, middle], on=TODAY) == "trajectory_end"
    assert refused_by(set_trajectory, keeper, item, points=[start, bare], on=TODAY) == "trajectory_assumption"
    late = Point(date(2027, 7, 1), Decimal(12), "晚")
    assert refused_by(set_trajectory, keeper, item, points=[start, late], on=TODAY) == "trajectory_late"
    assert refused_by(set_trajectory, keeper, without, points=[start, end], on=TODAY) == "trajectory_number"
    do(set_trajectory, keeper, item, points=[end, start, middle], on=TODAY)
    assert [(row.on, row.value) for row in item.checkpoints.order_by("on")] == [
        (TODAY, 0), (date(2027, 3, 31), 5), (DUE, 12),
    ]  # fmt: skip


def test_an_officer_of_the_unit_that_leads_answers_for_a_line_and_nobody_else_can(keeper, plan):
    item = item_of(plan)
    own, other, gone = (make_user() for _ in range(3))
    give_post(own, Role.EMPLOYMENT_OFFICER, unit_of(HR))
    give_post(other, Role.EXPERT, unit_of(EDUCATION))
    give_post(gone, Role.LEADER, unit_of(HR), until_on=TODAY)
    for user in (other, gone):
        assert refused_by(name_officer, keeper, item, officer_id=user.pk, on=TODAY) == "officer"
    assert do(name_officer, keeper, item, officer_id=own.pk, on=TODAY).officer == own


def test_volunteers_and_experts_of_the_unit_that_leads_are_named_to_nobody(keeper, plan):
    item = item_of(plan)
    for role in (Role.MENTOR, Role.EXPERT, Role.AUDITOR, Role.ADMINISTRATOR):
        user = make_user()
        give_post(user, role, unit_of(HR))
        assert refused_by(name_officer, keeper, item, officer_id=user.pk, on=TODAY) == "officer"
        assert not officers_to_name(item, on=TODAY).filter(pk=user.pk).exists()


def test_the_unit_that_leads_names_its_officer_and_one_that_joins_does_not(keeper, plan):
    item, own = item_of(plan), make_user()
    give_post(own, Role.LEADER, unit_of(HR))
    for code, role in ((CIVIL, Role.PLAN_OFFICER), (HR, Role.LEADER), ("310109", Role.PLAN_OFFICER)):
        with pytest.raises(NotThere):
            do(name_officer, actor_of(make_officer(role, unit_of(code))), item, officer_id=own.pk, on=TODAY)
    leading = actor_of(make_officer(Role.PLAN_OFFICER, unit_of(HR)))
    assert do(name_officer, leading, item, officer_id=own.pk, on=TODAY).officer == own


def test_another_lead_has_its_own_officer(keeper, plan, tmp_path):
    item, own = item_of(plan), make_user()
    give_post(own, Role.LEADER, unit_of(HR))
    do(name_officer, keeper, item, officer_id=own.pk, on=TODAY)
    decision = approved_plan(keeper, tmp_path).meeting.decisions.get(number=1)
    told = {"unit_code": CIVIL, "decision_id": decision.uid, "reason": "职责调整", "on": TODAY}
    assert do(change_lead, keeper, item, **told).officer is None


def test_two_who_lay_out_one_line_do_not_overwrite_each_other(keeper, plan):
    item = item_of(plan)
    do(set_parts, keeper, item, parts=[])
    with pytest.raises(Conflict):
        set_parts(actor=keeper, item_id=item.uid, version=1, parts=[], now=NOW)


@pytest.mark.parametrize(
    ("role", "code"), [(Role.LEADER, "310110"), (Role.PLAN_OFFICER, HR), (Role.PLAN_OFFICER, "310109")]
)
def test_only_who_keeps_the_plan_lays_it_out(role, code, keeper, plan):
    stranger = actor_of(make_officer(role, unit_of(code)))
    with pytest.raises(NotThere):
        do(set_parts, stranger, item_of(plan), parts=[])
    with pytest.raises(NotThere):
        do(set_needs, stranger, item_of(plan), numbers=[])
