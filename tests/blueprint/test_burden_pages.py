"""The page of a plan's burden: whose it is, what it says beside what was delivered, and how a budget is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sunward.accounts.enums import Role
from sunward.blueprint.actions.budgeting import BudgetDetails, set_budget
from sunward.blueprint.actions.work import reach_milestone
from sunward.blueprint.burden.reckoning import Relief, ReliefKind
from sunward.blueprint.enums import GaugeShape, StepKind
from sunward.blueprint.lights.light import Reading
from sunward.blueprint.models import BurdenBudget, DeliveryPlan, Gauge, Lesson, Milestone, WorkStep
from sunward.blueprint.queries import burden_delivered
from sunward.blueprint.queries.burden_page import key_of_month, read_burden, read_unit_month, say_relief
from sunward.blueprint.queries.burden_written import months_of
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.figures.declared import indicators
from sunward.figures.enums import Protection
from sunward.figures.pins import Span, month_of
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import MET, make_plan
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db
K = StepKind
FIRST, SECOND = "310110Q00", "310110Q01"
THIS = month_of(TODAY)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def take(plan: DeliveryPlan, line: int, kind: StepKind, *, code: str = FIRST, at=NOW, **more: object) -> WorkStep:
    return WorkStep.objects.create(
        item=plan.items.get(number=line), kind=kind, unit=unit_of(code), recorded_at=at,
        happened_on=more.pop("happened_on", at.date()), **more,
    )  # fmt: skip


def client_of(role: Role = Role.PLAN_OFFICER, code: str = "310110") -> Client:
    client = Client()
    client.force_login(make_officer(role, unit_of(code)))
    return client


def ask(client: Client, plan: DeliveryPlan, **asked: str) -> str:
    answer = client.get(reverse("blueprint:plan_burden", args=[plan.uid]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def of_unit(plan: DeliveryPlan, code: str = FIRST, *, month: Span = THIS):
    page = read_burden(actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310110"))), plan, month, on=TODAY)
    return next(unit for unit in page.units if unit.code == code)


def test_a_unit_reads_its_own_burden_and_not_that_of_one_with_which_it_shares_a_line():
    plan = make_plan(lines=4)
    take(plan, 1, K.PROGRESS, text="甲" * 40)
    take(plan, 1, K.PROGRESS, code=SECOND, text="乙" * 40)
    whole, own = ask(client_of(), plan), ask(client_of(code=FIRST), plan)
    assert "区人社局" in whole
    assert "区民政局" in whole
    assert "区人社局" in own
    assert "区民政局" not in own
    assert "区人社局" in ask(client_of(Role.LEADER, SECOND), plan)


def test_units_stand_in_the_order_of_the_district_whatever_they_cost():
    plan = make_plan(lines=4)
    take(plan, 4, K.PROGRESS, code="310110Q03", text="字" * 390)
    page = read_burden(make_keeper(), plan, THIS, on=TODAY)
    assert [unit.code for unit in page.units] == ["310110", FIRST, SECOND, "310110Q02", "310110Q03"]


def test_what_was_delivered_stands_beside_what_it_cost_and_eight_of_ten_stay_eight_of_ten():
    plan = make_plan(lines=1, units=1)
    plan.items.update(target_number=10)
    claim = take(plan, 1, K.CLAIMED, text="见台账", number=Decimal(8))
    take(plan, 1, K.ACCEPTED, code="310110", about=claim, number=Decimal(8), text="场地不足")
    Milestone.objects.filter(item__plan=plan, number=1).update(reached_on=TODAY, evidence="批复")
    unit = of_unit(plan)
    assert [line.done for line in unit.closed] == ["8 / 10 个"]
    assert unit.milestones == 1
    assert "8 / 10 个" in ask(client_of(), plan)


def test_a_point_is_reached_where_the_number_stood_there_by_its_day():
    plan = make_plan(lines=1, units=1)
    item = plan.items.get()
    item.checkpoints.create(on=TODAY - timedelta(1), value=Decimal("0.5"), assumption="一半")
    assert of_unit(plan).checkpoints == 0
    take(plan, 1, K.PROGRESS, number=Decimal("0.5"), happened_on=TODAY)
    assert of_unit(plan).checkpoints == 0, "a day late"
    take(plan, 1, K.PROGRESS, number=Decimal("0.5"), happened_on=TODAY - timedelta(2))
    assert of_unit(plan).checkpoints == 1


def test_evidence_and_lessons_and_laying_out_are_counted_where_they_were_typed():
    plan = make_plan(lines=1, units=1)
    before = of_unit(plan, "310110").forms
    assert before == 1, "milestones and points that were laid out with the plan"
    Milestone.objects.filter(item__plan=plan, number=1).update(reached_on=TODAY, evidence="批复")
    Lesson.objects.create(
        item=plan.items.get(), unit=unit_of(FIRST), thought="一", happened="二", kept="三", happened_on=TODAY,
        recorded_at=NOW,
    )  # fmt: skip
    assert of_unit(plan, "310110").forms == 2
    assert of_unit(plan).forms == 1


def test_what_was_written_in_a_month_counts_in_it_whatever_day_it_is_said_of(monkeypatch):
    plan = make_plan(lines=1, units=1)
    before, late = month_of(date(2026, 10, 1)), month_of(date(2026, 12, 1))
    reach_milestone(
        actor=make_keeper(), item_id=plan.items.get().uid, number=1, evidence="批复", on=date(2026, 10, 9), now=NOW
    )  # fmt: skip
    page = read_burden(make_keeper(), plan, before, on=TODAY)
    assert not any(unit.milestones or unit.forms for unit in page.units)
    assert (of_unit(plan).milestones, of_unit(plan, "310110").forms) == (1, 2)
    # A month that is over is not judged anew by what was written down since.
    item = plan.items.get()
    item.checkpoints.create(on=TODAY - timedelta(1), value=Decimal("0.5"), assumption="一半")
    take(plan, 1, K.PROGRESS, number=Decimal("0.5"), happened_on=TODAY - timedelta(2), at=NOW + timedelta(days=9))
    page = read_burden(make_keeper(), plan, THIS, on=late.first + timedelta(8))
    assert [unit.checkpoints for unit in page.units if unit.code == FIRST] == [0]


def test_a_point_held_against_a_whole_month_is_open_until_that_is_over(monkeypatch):
    plan = make_plan(lines=1, units=1)
    item = plan.items.get()
    code = next(code for code, one in indicators().items() if one.protection == Protection.OPEN)
    monkeypatch.setattr(burden_delivered, "measure_of", lambda *_code, **_on: None)
    Gauge.objects.create(item=item, shape=GaugeShape.RATIO, figure_code=code, starts_on=MET, set_at=NOW)
    item.checkpoints.create(on=TODAY - timedelta(1), value=Decimal("0.5"), assumption="一半")
    monkeypatch.setattr(
        burden_delivered, "read_series",
        lambda asked, **_more: {one: tuple(Reading(end, Decimal(1)) for end in one.ends) for one in asked},
    )  # fmt: skip
    assert of_unit(plan).checkpoints == 0
    page = read_burden(make_keeper(), plan, THIS, on=THIS.last + timedelta(1))
    assert [unit.checkpoints for unit in page.units if unit.code == FIRST] == [2], "and the last of the line"


def test_another_month_is_another_page_and_nonsense_is_this_month():
    plan = make_plan(lines=1, units=1)
    take(plan, 1, K.PROGRESS, text="上月", at=NOW - timedelta(31))
    take(plan, 1, K.PROGRESS, text="本月")
    assert of_unit(plan).forms == 1
    plan.meeting.met_on = MET - timedelta(31)
    plan.meeting.save()
    assert [key_of_month(month) for month in months_of(plan, on=TODAY)] == ["2026-11", "2026-10"]
    assert of_unit(plan, month=months_of(plan, on=TODAY)[1]).forms == 1
    assert "2026-11" in ask(client_of(), plan, month="nonsense", unit="nowhere")


def test_over_the_budget_is_said_in_words_with_what_costs_most_to_the_keeper_and_to_the_unit():
    plan = make_plan(lines=2, units=2)
    set_budget(
        actor=make_keeper(), plan_id=plan.uid, version=0, details=BudgetDetails(5, "减负"), on=TODAY, now=NOW
    )  # fmt: skip
    for day in range(9):
        take(plan, 1, K.PROGRESS, text="进展" * 20, number=Decimal(1), at=NOW - timedelta(hours=day))
    for client in (client_of(), client_of(code=FIRST)):
        page = ask(client, plan)
        assert "已超上限" in page
        assert "文字进展" in page
        assert "按频次只需" in page, "what would spare it"
    assert "已超上限" not in ask(client_of(code=SECOND), plan)
    units = client_of(code=FIRST).get(reverse("blueprint:plan_units", args=[plan.uid])).content.decode()
    assert "已超上限" in units


def test_what_the_platform_reads_itself_is_shown_as_spared():
    plan = make_plan(lines=1, units=1)
    assert of_unit(plan).saved.likely == 0
    Gauge.objects.create(
        item=plan.items.get(), shape=GaugeShape.GROWING, figure_code="employment.fairs", starts_on=MET, set_at=NOW
    )
    assert of_unit(plan).saved.likely > 0


def test_four_hundred_lines_cost_no_more_queries_than_three(django_assert_num_queries):
    client = client_of()
    few, many = make_plan(), make_plan(lines=400, units=120, goals=12)
    for plan, lines in ((few, 3), (many, 60)):
        for line in range(1, lines + 1):
            take(plan, line, K.PROGRESS, text="进展", number=Decimal(1))
    ask(client, few)
    with CaptureQueriesContext(connection) as asked:
        ask(client, few)
    assert len(asked) <= 26
    with django_assert_num_queries(len(asked)):
        ask(client, many)


def test_the_budget_is_kept_with_its_reasons_and_a_month_that_is_over_keeps_its_own():
    plan, keeper = make_plan(lines=1, units=1), make_keeper()

    def put(version: int, minutes: int, on):
        details = BudgetDetails(minutes, "理由")
        return set_budget(actor=keeper, plan_id=plan.uid, version=version, details=details, on=on, now=NOW)

    put(0, 90, TODAY - timedelta(40))
    put(1, 60, TODAY)
    assert read_burden(keeper, plan, THIS, on=TODAY).budget.minutes == 60
    last = month_of(TODAY - timedelta(40))
    assert read_burden(keeper, plan, last, on=TODAY).budget.minutes == 90
    before = month_of(TODAY - timedelta(80))
    assert read_burden(keeper, plan, before, on=TODAY).budget.minutes == 120
    with pytest.raises(Conflict):
        put(1, 30, TODAY)
    for minutes, reason in ((0, "理由"), (2401, "理由"), (60, "  ")):
        with pytest.raises(Refusal):
            set_budget(
                actor=keeper, plan_id=plan.uid, version=2, details=BudgetDetails(minutes, reason), on=TODAY, now=NOW
            )  # fmt: skip
    assert BurdenBudget.objects.count() == 2


def test_only_who_keeps_the_plan_sets_its_budget():
    plan = make_plan(lines=1, units=1)
    for role, code in ((Role.PLAN_OFFICER, FIRST), (Role.LEADER, "310110")):
        with pytest.raises(NotThere):
            set_budget(
                actor=actor_of(make_officer(role, unit_of(code))), plan_id=plan.uid, version=0,
                details=BudgetDetails(60, "理由"), on=TODAY, now=NOW,
            )  # fmt: skip


def test_the_form_comes_with_what_holds_keeps_what_was_typed_and_sends_twice_for_once():
    plan, client = make_plan(lines=1, units=1), client_of()
    address = reverse("blueprint:plan_budget", args=[plan.uid])
    assert 'value="120"' in client.get(address).content.decode()
    wrong = client.post(address, {"version": "0", "minutes": "9999", "reason": "按季度填报"})
    assert wrong.status_code == 422
    assert "按季度填报" in wrong.content.decode()
    told = {
        "version": "0", "minutes": "90", "reason": "按季度填报", "key": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    assert [client.post(address, told).status_code for _time in range(2)] == [302, 302]
    assert BurdenBudget.objects.count() == 1
    stale = client.post(address, {"version": "0", "minutes": "80", "reason": "再减"})
    assert stale.status_code == 409
    assert "再减" in stale.content.decode()


@pytest.mark.parametrize(("looks", "said"), [(1, "looked at once"), (4, "looked at 4 times")])
def test_a_line_that_is_looked_at_once_is_not_looked_at_one_times(looks, said):
    plan = make_plan(lines=1)
    relief = Relief(ReliefKind.REPORT_LESS_OFTEN, 1, 6, looks=looks)
    with translation.override("en"):
        assert said in say_relief(relief, plan.items.get())


def test_the_line_of_a_unit_says_what_its_row_says():
    plan = make_plan(lines=3, units=3)
    take(plan, 1, K.PROGRESS, text="甲" * 40)
    take(plan, 2, K.PROGRESS, text="乙" * 40)
    take(plan, 2, K.CLAIMED, code=SECOND, text="见台账", number=Decimal(2))
    take(plan, 1, K.COVERED, code=SECOND, text="借了教室")
    for code in (FIRST, SECOND):
        told = read_unit_month(actor_of(make_officer(Role.PLAN_OFFICER, unit_of(code))), plan, code, on=TODAY)
        assert told.cost == of_unit(plan, code).cost
        assert told.cost.likely
    stranger = actor_of(make_officer(Role.PLAN_OFFICER, unit_of(SECOND)))
    assert read_unit_month(stranger, plan, FIRST, on=TODAY) is None
