"""The page of a line of work, and the forms by which it is laid out."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.blueprint.access import get_work
from sunward.blueprint.models import DeliveryPlan, WorkItem
from sunward.blueprint.queries.trajectories import TrajectoryPoint, draw
from sunward.blueprint.queries.work_page import read_work
from sunward.core import clock
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import make_plan
from tests.factories import NOW, TODAY, actor_of, give_post, make_officer, make_user

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD, FOURTH = ("310110Q00", "310110Q01", "310110Q02", "310110Q03")
FORMS = ("work_officer", "work_lead", "work_milestones", "work_parts", "work_needs", "work_trajectory")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def plan() -> DeliveryPlan:
    return make_plan(lines=6, units=6)


def client_of(role: Role = Role.PLAN_OFFICER, code: str = "310110") -> Client:
    client = Client()
    client.force_login(make_officer(role, unit_of(code)))
    return client


def item_of(plan: DeliveryPlan, number: int) -> WorkItem:
    return plan.items.select_related("lead", "plan").get(number=number)


def address(name: str, item: WorkItem) -> str:
    return reverse(f"blueprint:{name}", args=[item.uid])


def lines(*rows: dict[str, object]) -> dict[str, object]:
    sent: dict[str, object] = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    return sent | {f"lines-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


def page_of(actor, item: WorkItem):
    return read_work(actor, get_work(actor=actor, item_id=item.uid), on=TODAY)


def test_a_line_says_which_decision_it_comes_from_and_quotes_it_to_those_alone_who_read_the_meeting(plan):
    item = item_of(plan, 1)
    keeper, leading = make_keeper(), actor_of(make_officer(Role.PLAN_OFFICER, unit_of(FIRST)))
    told, kept_back = page_of(keeper, item).decision, page_of(leading, item).decision
    assert (told.number, told.text, told.meeting_id) == (1, "会议决定第1项", plan.meeting.uid)
    assert (kept_back.number, kept_back.text, kept_back.meeting_id) == (1, "", None)


def test_what_a_line_waits_for_is_told_as_far_as_it_is_the_readers_to_see(plan):
    item = item_of(plan, 5)  # waits for 4, is waited for by 6; the first unit joins 5 and 6
    joining = actor_of(make_officer(Role.PLAN_OFFICER, unit_of(FIRST)))
    page = page_of(joining, item)
    assert ([line.number for line in page.needs.lines], page.needs.hidden) == ([], 1)
    assert ([line.number for line in page.needed_by.lines], page.needed_by.hidden) == ([6], 0)
    shown = client_of(code=FIRST).get(address("work", item)).content.decode()
    assert "第4项工作" not in shown
    assert address("work", item_of(plan, 4)) not in shown


@pytest.mark.parametrize(
    ("role", "code", "keeps", "names"),
    [
        (Role.PLAN_OFFICER, "310110", True, True),
        (Role.PLAN_OFFICER, FIRST, False, True),
        (Role.PLAN_OFFICER, SECOND, False, False),
        (Role.LEADER, "310110", False, False),
    ],
)
def test_the_page_offers_what_the_reader_may_do_and_nothing_else(role, code, keeps, names, plan):
    item = item_of(plan, 1)
    page = client_of(role, code).get(address("work", item)).content.decode()
    offered = {name for name in FORMS if address(name, item) in page}
    assert offered == (set(FORMS) if keeps else {"work_officer"} if names else set())


@pytest.mark.parametrize("name", FORMS)
def test_each_form_opens_with_what_is_there_and_refuses_nothing_by_itself(name, plan):
    assert client_of().get(address(name, item_of(plan, 1))).status_code == 200


def test_parts_are_laid_out_and_an_empty_row_is_none(plan):
    item = item_of(plan, 1)
    rows = lines({"unit": FOURTH, "text": "选址", "due_on": "2026-11-10"}, {"unit": "", "text": "", "due_on": ""})
    answer = client_of().post(address("work_parts", item), {"version": "1", **rows})
    assert answer.status_code == 302
    assert list(item.parts.values_list("unit__code", "text", "due_on")) == [(FOURTH, "选址", date(2026, 11, 10))]


def test_a_refusal_of_the_act_keeps_what_was_typed_and_changes_nothing(plan):
    item = item_of(plan, 1)
    rows = lines({"unit": FOURTH, "text": "很晚才选址", "due_on": "2027-11-10"})
    answer = client_of().post(address("work_parts", item), {"version": "1", **rows})
    assert answer.status_code == 422
    assert "很晚才选址" in answer.content.decode()
    assert item.parts.count() == 2


def test_a_part_without_its_unit_and_a_point_without_its_day_are_asked_for(plan):
    item, client = item_of(plan, 1), client_of()
    for name, row in (("work_parts", {"text": "选址"}), ("work_trajectory", {"value": "0"})):
        assert client.post(address(name, item), {"version": "1", **lines(row)}).status_code == 422
    assert item.parts.count() == item.checkpoints.count() == 2


def test_a_form_opened_before_somebody_else_saved_does_not_overwrite_and_keeps_what_was_typed(plan):
    item, client = item_of(plan, 1), client_of()
    WorkItem.objects.filter(pk=item.pk).update(version=2)
    sent = lines({"text": "全部开放", "due_on": "2026-11-10"})
    answer = client.post(address("work_milestones", item), {"version": "1", **sent})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "全部开放" in page
    assert 'name="version" value="2"' in page
    assert item.milestones.filter(text="全部开放").count() == 0
    assert client.post(address("work_milestones", item), {"version": "2", **sent}).status_code == 302
    assert item.milestones.filter(text="全部开放").count() == 1


def test_a_milestone_is_reached_with_what_shows_it_and_not_in_days_to_come(plan):
    item, client = item_of(plan, 1), client_of()
    there = reverse("blueprint:work_reached", args=[item.uid, 1])
    for wrong in ({"on": "2026-11-26", "evidence": "批复"}, {"on": "2026-11-25", "evidence": " "}):
        assert client.post(there, {"version": "1", **wrong}).status_code == 422
    assert client.post(there, {"version": "1", "on": "2026-11-24", "evidence": "批复"}).status_code == 302
    assert item.milestones.get(number=1).reached_on == date(2026, 11, 24)
    assert client.get(reverse("blueprint:work_reached", args=[item.uid, 9])).status_code == 404


def test_what_a_line_waits_for_is_named_by_numbers_and_a_circle_is_refused_in_words(plan):
    first, client = item_of(plan, 1), client_of()
    assert client.post(address("work_needs", first), {"version": "1", "needs": "2"}).status_code == 422  # 2 waits for 1
    assert client.post(address("work_needs", first), {"version": "1", "needs": "二"}).status_code == 422
    third = item_of(plan, 3)
    assert client.post(address("work_needs", third), {"version": "1", "needs": "1、2"}).status_code == 302
    assert list(third.dependencies.values_list("needs__number", flat=True).order_by("needs__number")) == [1, 2]


def test_a_trajectory_is_laid_out_with_its_assumptions(plan):
    item = item_of(plan, 2)
    rows = lines(
        {"on": "2026-11-02", "value": "0"}, {"on": "2026-11-20", "value": "1", "assumption": "场地到位"},
        {"on": "2026-11-30", "value": "2", "assumption": "开业"},
    )  # fmt: skip
    assert client_of().post(address("work_trajectory", item), {"version": "1", **rows}).status_code == 302
    assert list(item.checkpoints.order_by("on").values_list("value", flat=True)) == [0, 1, 2]


def test_the_officers_to_choose_from_are_those_of_the_unit_that_leads(plan):
    item = item_of(plan, 1)
    own, other, mentor = make_user(name="徐牵头"), make_user(name="孙配合"), make_user(name="梅妈妈")
    give_post(own, Role.EMPLOYMENT_OFFICER, Unit.objects.get(code=FIRST))
    give_post(other, Role.EMPLOYMENT_OFFICER, Unit.objects.get(code=SECOND))
    give_post(mentor, Role.MENTOR, Unit.objects.get(code=FIRST))
    client = client_of(code=FIRST)
    page = client.get(address("work_officer", item)).content.decode()
    assert "徐牵头" in page
    assert "孙配合" not in page
    assert "梅妈妈" not in page
    assert client.post(address("work_officer", item), {"version": "1", "officer": str(other.pk)}).status_code == 422
    assert client.post(address("work_officer", item), {"version": "1", "officer": str(own.pk)}).status_code == 302
    item.refresh_from_db()
    assert item.officer == own


def test_another_unit_leads_by_a_later_decision_alone(plan):
    item, client = item_of(plan, 1), client_of()
    later = make_plan(lines=2, title="第二次会议").meeting.decisions.get(number=2)
    sent = {"version": "1", "unit": FOURTH, "decision": str(later.uid), "reason": "职责调整"}
    assert client.post(address("work_lead", item), sent | {"decision": str(item.decision.uid)}).status_code == 422
    assert client.post(address("work_lead", item), sent).status_code == 302
    page = client.get(address("work", item)).content.decode()
    assert "职责调整" in page
    assert "第二次会议" in page


def test_a_chart_begins_at_zero_and_keeps_order_of_days_and_values():
    points = [
        TrajectoryPoint(date(2026, 1, 1), Decimal(2)), TrajectoryPoint(date(2026, 3, 1), Decimal(5)),
        TrajectoryPoint(date(2026, 7, 1), Decimal(12)),
    ]  # fmt: skip
    chart = draw(points, on=date(2026, 5, 1))
    assert [level.value for level in chart.levels] == [0, 6, 12]
    assert [mark.x for mark in chart.marks] == sorted(mark.x for mark in chart.marks)
    assert [mark.y for mark in chart.marks] == sorted((mark.y for mark in chart.marks), reverse=True)
    assert chart.marks[1].x < chart.today_x < chart.marks[2].x
    assert draw(points, on=date(2027, 1, 1)).today_x is None
    assert draw(points[:1], on=date(2026, 5, 1)) is None


def test_a_trajectory_that_falls_or_stays_level_is_drawn_within_its_sheet():
    first, last = date(2026, 1, 1), date(2026, 2, 1)
    for start, end in ((12, 3), (0, 0), (-4, 5)):
        chart = draw([TrajectoryPoint(first, Decimal(start)), TrajectoryPoint(last, Decimal(end))], on=first)
        assert all(0 <= mark.y <= chart.height for mark in chart.marks)


def test_the_page_of_a_line_costs_the_same_queries_in_a_plan_of_four_hundred(django_assert_max_num_queries):
    client, many = client_of(), make_plan(lines=400, units=120, goals=12)
    item = item_of(many, 200)
    client.get(address("work", item))
    with django_assert_max_num_queries(45):
        assert client.get(address("work", item)).status_code == 200
