"""The pages of a plan: what they say, to whom, and at which cost."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.models import DeliveryPlan, WorkItem
from sunward.blueprint.queries.plan_board import read_board
from sunward.blueprint.queries.plan_charges import by_officer, by_unit
from sunward.blueprint.queries.plan_gantt import read_gantt
from sunward.blueprint.queries.plan_lines import read_lines
from sunward.blueprint.reading.breakdown import read_breakdown
from sunward.core import clock
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import MET, make_plan
from tests.factories import NOW, TODAY, make_officer
from tests.test_access_matrix import prove_anew

pytestmark = pytest.mark.django_db
FIRST, SECOND = "310110Q00", "310110Q01"
PAGES = ("plan", "plan_board", "plan_gantt", "plan_units", "plan_officers", "plan_stocktake")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def client_of(role: Role = Role.PLAN_OFFICER, code: str = "310110") -> Client:
    client = Client()
    client.force_login(make_officer(role, unit_of(code)))
    prove_anew(client)
    return client


def ask(client: Client, name: str, plan: DeliveryPlan, **asked: str) -> str:
    answer = client.get(reverse(f"blueprint:{name}", args=[plan.uid]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def told(page: str, plan: DeliveryPlan) -> set[int]:
    """The numbers of the lines to which the page leads."""
    return {item.number for item in plan.items.all() if reverse("blueprint:work", args=[item.uid]) in page}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_the_lines_that_are_the_readers_and_to_no_other(name):
    plan = make_plan(lines=6, units=6)
    unit = {"unit": FIRST} if name == "plan_units" else {}
    officer = {"officer": "黄平"} if name == "plan_officers" else {}
    whole = ask(client_of(), name, plan, **unit, **officer)
    own = ask(client_of(code=FIRST), name, plan, **unit, **officer)
    expected = {"plan_units": {1, 5, 6}, "plan_officers": {1, 3, 5}}.get(name, {1, 2, 3, 4, 5, 6})
    assert told(whole, plan) == expected
    assert told(own, plan) == expected & {1, 5, 6}
    for number in (2, 3, 4):
        assert f"第{number}项工作" not in own


@pytest.mark.parametrize("name", PAGES)
def test_four_hundred_lines_cost_a_page_no_more_queries_than_three(name, django_assert_num_queries):
    client = client_of()
    few, many = make_plan(), make_plan(lines=400, units=120, goals=12)
    ask(client, name, few)
    with CaptureQueriesContext(connection) as asked:
        ask(client, name, few)
    assert len(asked) <= 24
    with django_assert_num_queries(len(asked)):
        ask(client, name, many)


def test_the_sheet_groups_lines_under_goals_until_another_order_is_asked_for():
    client, plan = client_of(), make_plan(lines=4)
    sheet = ask(client, "plan", plan)
    assert sheet.count('class="bp-goal-row"') == 2
    assert 'rowspan="2"' in sheet
    late_first = ask(client, "plan", plan, sort="-due")
    assert 'class="bp-goal-row"' not in late_first
    places = [late_first.index(f"第{number}项工作") for number in (4, 3, 2, 1)]
    assert places == sorted(places)
    assert told(ask(client, "plan", plan, sort="nonsense", unit="nowhere", from_on="soon"), plan) == {1, 2, 3, 4}


@pytest.mark.parametrize("name", ["plan", "plan_gantt"])
def test_a_hundred_lines_stand_on_a_page_and_all_of_them_on_the_one_that_is_printed(name):
    client, plan = client_of(), make_plan(lines=230, units=30, goals=3)
    first, last = ask(client, name, plan), ask(client, name, plan, page="3")
    assert told(first, plan) == set(range(1, 101))
    assert told(last, plan) == set(range(201, 231))
    assert "?size=all" in first
    whole = ask(client, name, plan, size="all")
    assert told(whole, plan) == set(range(1, 231))
    assert "page=2" not in whole


def test_a_page_of_the_sheet_keeps_what_was_asked_and_begins_anew_in_another_order():
    client, plan = client_of(), make_plan(lines=330, units=30, goals=3)
    page = ask(client, "plan", plan, question="1", sort="due", page="2")
    numbers = told(page, plan)
    assert len(numbers) == 10
    assert {number % 3 for number in numbers} == {1}
    assert "?question=1&amp;sort=due&amp;page=1" in page
    assert 'href="?question=1&amp;sort=lead"' in page
    assert "?question=1&amp;sort=due&amp;size=all" in page


@pytest.mark.parametrize("name", ["plan_board", "plan_stocktake"])
def test_the_map_of_a_plan_and_what_a_stocktake_speaks_of_are_never_cut_into_pages(name):
    plan = make_plan(lines=230, units=30, goals=3)
    assert told(ask(client_of(), name, plan, page="2", size="20"), plan) == set(range(1, 231))


def test_a_filter_goes_along_to_the_other_pages_and_to_the_workbook():
    plan = make_plan(lines=6, units=6)
    for name in (*PAGES, "plan_burden"):
        page = ask(client_of(), name, plan, question="2", standing="soon")
        tabs = page[page.index('<nav aria-label="查看方式"') :].partition("</nav>")[0]
        assert tabs.count("?question=2&amp;standing=soon") == 7, name


def test_the_workbook_is_read_again_as_it_was_written(tmp_path):
    plan = make_plan(lines=6, units=6)
    answer = client_of().get(reverse("blueprint:plan_export", args=[plan.uid]))
    path = tmp_path / "plan.xlsx"
    path.write_bytes(answer.content)
    lines, items = read_breakdown(path).lines, plan.items.order_by("number")
    assert [(line.number, line.goal, line.text) for line in lines] == [
        (str(item.number), item.goal.text, item.text) for item in items.select_related("goal")
    ]
    assert [line.due_on for line in lines] == list(items.values_list("due_on", flat=True))
    assert [line.officer for line in lines] == list(items.values_list("officer_written", flat=True))


def test_the_workbook_holds_what_the_filter_and_the_readers_rights_leave(tmp_path):
    plan = make_plan(lines=6, units=6)
    answer = client_of(code=FIRST).get(
        reverse("blueprint:plan_export", args=[plan.uid]), {"part": "join", "unit": FIRST}
    )
    path = tmp_path / "plan.xlsx"
    path.write_bytes(answer.content)
    assert [line.number for line in read_breakdown(path).lines] == ["5", "6"]


def lines_of(plan: DeliveryPlan):
    return read_lines(make_keeper(), plan, on=TODAY)


def test_the_board_puts_each_deadline_once_into_its_month():
    plan = make_plan(lines=6, units=6)
    board = read_board(lines_of(plan), by="lead", with_milestones=False, on=TODAY)
    assert [span.label for span in board.spans] == ["2026-11", "2026-12", "2027-01"]
    assert [span.is_now for span in board.spans] == [True, False, False]
    dues = {due.word: span.label for row in board.rows for span, found in row.cells for due in found}
    assert dues == {"1": "2026-11", "2": "2026-11", "3": "2026-12", "4": "2026-12", "5": "2027-01", "6": "2027-01"}
    by_goal = read_board(lines_of(plan), by="goal", with_milestones=True, on=TODAY)
    assert sum(len(found) for row in by_goal.rows for _span, found in row.cells) == 18


def test_the_board_of_a_long_plan_has_quarters_and_loses_no_deadline():
    plan = make_plan(lines=40)
    board = read_board(lines_of(plan), by="goal", with_milestones=False, on=TODAY)
    assert board.has_quarters
    assert sum(len(found) for row in board.rows for _span, found in row.cells) == 40
    for row in board.rows:
        for span, found in row.cells:
            assert all(0 <= (due.on - span.first).days < 92 for due in found)


def test_bars_end_after_their_last_day_and_arrows_go_from_what_comes_first():
    plan = make_plan(lines=3)
    lines = lines_of(plan)
    chart, _pager = read_gantt(lines, lines, plan, asked=QueryDict(), on=TODAY)
    bars = [bar for goal in chart.goals for bar in goal.bars]
    assert [bar.begins_on for bar in bars] == [MET] * 3
    assert all(before.end < after.end for before, after in pairwise(bars))
    assert [bar.needs for bar in bars] == [(), (1,), (2,)]
    assert chart.arrows[0].startswith(f"M{bars[0].end} {bars[0].y}H")
    assert chart.arrows[0].endswith(f"V{bars[1].y}H{bars[1].end + 3}")
    assert chart.height == 40 * (3 + 2)
    assert {step.state for bar in bars for step in bar.milestones} == {"late", "ahead"}


def test_what_a_line_waits_for_elsewhere_is_counted_and_not_told():
    plan = make_plan(lines=6, units=6)
    page = ask(client_of(code=FIRST), "plan_gantt", plan)  # line 5 waits for 4, which is not hers
    assert "第4项" not in page
    assert reverse("blueprint:work", args=[plan.items.get(number=4).uid]) not in page


def test_a_unit_finds_what_it_leads_and_joins_and_what_is_next_due():
    charges = {charge.unit.code: charge for charge in by_unit(lines_of(make_plan(lines=6, units=6)))}
    first = charges[FIRST]
    assert [line.number for line in first.leads] == [1]
    assert [(line.number, part.text) for line, part in first.joins] == [(5, "配合第5项"), (6, "配合第6项")]
    assert first.next_on == date(2026, 11, 2)
    assert list(charges) == sorted(charges)


def test_lines_without_an_officer_stand_at_the_end_and_are_not_forgotten():
    charges = by_officer(lines_of(make_plan(lines=6)))
    assert [(charge.name, [line.number for line in charge.lines]) for charge in charges] == [
        ("黄平", [1, 3, 5]), ("", [2, 4, 6]),
    ]  # fmt: skip


def test_a_plan_officer_of_a_unit_finds_the_own_unit_opened():
    plan = make_plan(lines=6, units=6)
    assert told(ask(client_of(code=FIRST), "plan_units", plan), plan) == {1, 5, 6}
    assert told(ask(client_of(), "plan_units", plan), plan) == set()


def test_the_list_of_plans_counts_the_lines_that_the_reader_sees():
    make_plan(lines=6, units=6)
    page = client_of(code=FIRST).get(reverse("blueprint:plans")).content.decode()
    assert '<td role="cell" class="is-number" data-label="工作项数">3</td>' in page


def test_a_line_without_an_end_shows_the_day_of_its_review():
    plan = make_plan(lines=1)
    WorkItem.objects.filter(plan=plan).update(due_on=None, review_on=TODAY + timedelta(days=3))
    for name in PAGES:
        assert "2026-11-28" in ask(client_of(), name, plan, officer="黄平") or name == "plan_units"
