"""The lines of a plan as their readers see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.accounts.enums import Role
from sunward.blueprint.enums import Standing
from sunward.blueprint.models import WorkItem
from sunward.blueprint.queries.plan_filters import Asked, filter_lines, offer
from sunward.blueprint.queries.plan_lines import MilestoneRow, read_lines, standing_of
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import make_plan
from tests.factories import TODAY, actor_of, make_officer

FIRST, SECOND, THIRD = "310110Q00", "310110Q01", "310110Q02"


def step(due_on: date, reached_on: date | None = None) -> MilestoneRow:
    return MilestoneRow(1, "节点", due_on, reached_on, "批复" if reached_on else "")


DAY = timedelta(days=1)
FAR = TODAY + 90 * DAY


@pytest.mark.parametrize(
    ("due_on", "review_on", "milestones", "expected"),
    [
        (TODAY - DAY, None, [], Standing.LATE),
        (TODAY, None, [], Standing.SOON),
        (TODAY + 30 * DAY, None, [], Standing.SOON),
        (TODAY + 31 * DAY, None, [], Standing.AHEAD),
        (None, TODAY - DAY, [], Standing.REVIEW),
        (None, FAR, [], Standing.AHEAD),
        (FAR, None, [step(TODAY - DAY)], Standing.BEHIND),
        (FAR, None, [step(TODAY)], Standing.SOON),
        (FAR, None, [step(TODAY - DAY, TODAY), step(FAR)], Standing.AHEAD),
        (TODAY - DAY, None, [step(TODAY - DAY, TODAY)], Standing.REACHED),
        (TODAY - DAY, None, [step(TODAY - DAY)], Standing.LATE),
    ],
)
def test_a_line_stands_as_its_days_say_and_the_worst_is_said(due_on, review_on, milestones, expected):
    assert standing_of(due_on, review_on, milestones, on=TODAY) == expected


@pytest.mark.django_db
def test_a_line_says_who_leads_who_joins_and_what_is_next_due():
    plan = make_plan()
    line = read_lines(make_keeper(), plan, on=TODAY)[0]
    assert (line.number, line.lead.code, line.officer, line.goal) == (1, FIRST, "黄平", "重点任务1")
    assert [(part.unit.code, part.text) for part in line.parts] == [(SECOND, "配合第1项"), (THIRD, "配合第1项")]
    assert line.unit_codes == {FIRST, SECOND, THIRD}
    assert (line.next_on, line.ends_on, line.reached) == (date(2026, 11, 2), date(2026, 11, 16), 0)
    assert line.standing == Standing.LATE


@pytest.mark.django_db
def test_lines_of_one_goal_stand_together_whatever_their_numbers():
    plan = make_plan(lines=4)
    first, last = plan.goals.order_by("number")
    WorkItem.objects.filter(plan=plan, number=1).update(goal=last)
    WorkItem.objects.filter(plan=plan, number=4).update(goal=first)
    assert [line.number for line in read_lines(make_keeper(), plan, on=TODAY)] == [2, 4, 1, 3]


@pytest.mark.django_db
def test_four_hundred_lines_cost_no_more_queries_than_three(django_assert_num_queries):
    few, many = make_plan(), make_plan(lines=400, units=120, goals=12)
    keeper = make_keeper()
    with CaptureQueriesContext(connection) as asked:
        assert len(read_lines(keeper, few, on=TODAY)) == 3
    with django_assert_num_queries(len(asked)):
        assert len(read_lines(keeper, many, on=TODAY)) == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        (Role.PLAN_OFFICER, "310110", {1, 2, 3, 4, 5, 6}),
        (Role.LEADER, "310110", {1, 2, 3, 4, 5, 6}),
        (Role.PLAN_OFFICER, FIRST, {1, 5, 6}),
        (Role.PLAN_OFFICER, "310110Q05", {4, 5, 6}),
        (Role.PLAN_OFFICER, "310110012", set()),
        (Role.PLAN_OFFICER, "310109", set()),
        (Role.LEADER, "310109", set()),
        (Role.WORKER, "310110", set()),
    ],
)
def test_each_post_reads_the_lines_that_are_its_own_and_no_filter_offers_another(role, code, expected):
    plan = make_plan(lines=6, units=6)
    lines = read_lines(actor_of(make_officer(role, unit_of(code))), plan, on=TODAY)
    assert {line.number for line in lines} == expected
    offered = {unit for unit, _name in offer(lines).units}
    assert offered == {unit for line in lines for unit in line.unit_codes}


@pytest.mark.django_db
def test_lines_are_asked_for_by_unit_question_standing_and_day():
    lines = read_lines(make_keeper(), make_plan(lines=6, units=6), on=TODAY)

    def numbers(**asked: object) -> list[int]:
        return [line.number for line in filter_lines(lines, Asked(**asked))]

    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert numbers(unit=FIRST) == [1, 5, 6]
    assert numbers(unit=FIRST, part="lead") == [1]
    assert numbers(unit=FIRST, part="join") == [5, 6]
    assert numbers(question=2) == [2, 5]
    assert numbers(standing="late") == [1]
    assert numbers(from_on=date(2026, 11, 30), until_on=date(2026, 12, 14)) == [2, 3]
