"""Two who press at the same moment on one line, or for one officer."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from sunward.blueprint.actions.budgeting import BudgetDetails, set_budget
from sunward.blueprint.actions.chasing import chase
from sunward.blueprint.actions.completing import accept_completion, claim_completion, return_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.issuing import acknowledge, issue_plan
from sunward.blueprint.actions.learning import LessonDetails, write_lesson
from sunward.blueprint.actions.noticing import give_notice
from sunward.blueprint.actions.reporting import Report, report_progress
from sunward.blueprint.enums import StepKind
from sunward.blueprint.models import BurdenBudget, Chase, Lesson, WorkItem, WorkStep
from sunward.outreach.models import Message
from tests.blueprint.following import Cast, act, cast_of
from tests.blueprint.meetings import HR, approved_plan, item_of, unit_of
from tests.factories import NOW, TODAY
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(tmp_path) -> Cast:
    return cast_of(tmp_path)


def steps(kind: StepKind) -> int:
    return WorkStep.objects.filter(kind=kind).count()


def test_two_who_chase_one_officer_at_once_on_two_lines_send_one_message(cast):
    WorkItem.objects.filter(plan=cast.plan, number=3).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    other = item_of(cast.plan, 3)
    answers = at_once(
        lambda: chase(actor=cast.keeper, item_id=cast.item.uid, text="", on=TODAY, now=NOW),
        lambda: chase(actor=cast.second_keeper, item_id=other.uid, text="", on=TODAY, now=NOW),
    )
    assert refusals(answers) == ["blueprint.chased_today"]
    assert (Chase.objects.count(), Message.objects.filter(about="blueprint").count()) == (1, 1)


def test_a_chase_and_the_notice_of_the_night_at_once_are_one_message(cast):
    late = TODAY + timedelta(4)
    at_once(
        lambda: chase(actor=cast.keeper, item_id=cast.item.uid, text="", on=late, now=NOW),
        lambda: give_notice(on=late, now=NOW),
    )
    assert Message.objects.filter(about="blueprint", user=cast.lead.user_id).count() == 1
    assert Chase.objects.filter(officer=cast.lead.user_id).count() == 1


def test_a_line_that_is_handed_in_while_the_night_gives_notice_is_told_before_or_never(cast):
    act(acknowledge, cast.lead, cast)
    late = cast.item.due_on - timedelta(3)
    report = Report("验收单", Decimal(12), late)
    answers = at_once(
        lambda: give_notice(on=late, now=NOW),
        lambda: act(claim_completion, cast.lead, cast, report=report, on=late),
        lambda: give_notice(on=late, now=NOW),
    )
    assert refusals(answers) == []
    rows = list(cast.item.steps.order_by("pk").values_list("kind", flat=True))
    assert rows.count(StepKind.CLAIMED) == 1
    assert StepKind.NOTICED not in rows[rows.index(StepKind.CLAIMED) :]
    assert Chase.objects.filter(officer=cast.lead.user_id).count() == rows.count(StepKind.NOTICED)


def test_a_completion_accepted_by_one_and_returned_by_another_at_once_is_settled_once(cast):
    act(acknowledge, cast.lead, cast)
    claim = act(claim_completion, cast.lead, cast, report=Report("验收单", Decimal(12), TODAY))
    settle = {"item_id": cast.item.uid, "step_id": claim.uid, "text": "看过", "on": TODAY, "now": NOW}
    answers = at_once(
        lambda: accept_completion(actor=cast.keeper, **settle),
        lambda: return_completion(actor=cast.second_keeper, **settle),
    )
    assert len(refusals(answers)) == 1
    assert steps(StepKind.ACCEPTED) + steps(StepKind.RETURNED) == 1


def test_two_who_decide_one_extension_at_once_decide_it_once(cast):
    act(acknowledge, cast.lead, cast)
    until = date(2027, 8, 31)
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    decide = {"item_id": cast.item.uid, "step_id": asked.uid, "text": "看过", "on": TODAY, "now": NOW}
    answers = at_once(
        lambda: decide_extension(actor=cast.keeper, until=until, **decide),
        lambda: decide_extension(actor=cast.second_keeper, until=None, **decide),
    )
    assert refusals(answers) == ["blueprint.extension_decided"]
    assert steps(StepKind.EXTENSION_GRANTED) + steps(StepKind.EXTENSION_DECLINED) == 1


def test_a_line_that_two_acknowledge_or_hand_in_at_once_is_so_once(cast):
    at_once(*[lambda: act(acknowledge, cast.lead, cast)] * 2)
    assert steps(StepKind.ACKNOWLEDGED) == 1
    report = Report("验收单", Decimal(12), TODAY)
    answers = at_once(*[lambda: act(claim_completion, cast.lead, cast, report=report)] * 2)
    assert refusals(answers) == ["blueprint.step_not_now"]
    assert steps(StepKind.CLAIMED) == 1


def test_two_clicks_at_once_on_one_form_are_one_step_and_one_lesson(cast):
    act(acknowledge, cast.lead, cast)
    key, lesson = uuid4(), LessonDetails("三月完成", "晚了", "早选址")
    report = Report("已开放三个", Decimal(3), TODAY)
    first = at_once(*[lambda: act(report_progress, cast.lead, cast, report=report, key=key)] * 2)
    second = at_once(*[lambda: act(write_lesson, cast.lead, cast, details=lesson, key=key)] * 2)
    assert first[0] == first[1]
    assert second[0] == second[1]
    assert (steps(StepKind.PROGRESS), Lesson.objects.count()) == (1, 1)


def test_a_plan_that_two_issue_at_once_is_issued_once(cast, tmp_path):
    plan = approved_plan(cast.keeper, tmp_path)
    issue = {"plan_id": plan.uid, "by": TODAY, "on": TODAY, "now": NOW}
    answers = at_once(
        lambda: issue_plan(actor=cast.keeper, **issue), lambda: issue_plan(actor=cast.second_keeper, **issue)
    )
    assert refusals(answers) == ["blueprint.all_issued"]
    assert WorkStep.objects.filter(kind=StepKind.ISSUED, item__plan=plan).count() == 3


def test_a_chase_of_several_lines_does_not_stand_in_the_way_of_who_works_on_them(cast):
    act(acknowledge, cast.lead, cast)
    WorkItem.objects.filter(plan=cast.plan).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    late = TODAY + timedelta(9)
    items = list(cast.plan.items.order_by("-number"))
    answers = at_once(
        lambda: chase(actor=cast.keeper, item_id=cast.item.uid, text="", on=late, now=NOW),
        lambda: give_notice(on=late, now=NOW),
        *[lambda item=item: acknowledge(actor=cast.lead, item_id=item.uid, on=late, now=NOW) for item in items],
        *[lambda item=item: acknowledge(actor=cast.lead, item_id=item.uid, on=late, now=NOW) for item in items[::-1]],
    )
    assert refusals(answers) in ([], ["blueprint.chased_today"])
    assert Chase.objects.filter(officer=cast.lead.user_id).count() == 1


def test_of_two_who_set_the_budget_of_a_plan_at_once_the_second_is_told(cast):
    def put(who, minutes: int):
        details = BudgetDetails(minutes, "减负")
        return set_budget(actor=who, plan_id=cast.plan.uid, version=0, details=details, on=TODAY, now=NOW)

    answers = at_once(lambda: put(cast.keeper, 60), lambda: put(cast.second_keeper, 90))
    assert refusals(answers) == ["blueprint.budget_changed"]
    assert BurdenBudget.objects.count() == 1
