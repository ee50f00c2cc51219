"""A care plan: one open to a file, looked at again by a day, its goals settled with what came of them."""

import pytest

from sunward.accounts.enums import Role
from sunward.casework.actions import (
    GoalDetails,
    add_goal,
    close_case,
    close_plan,
    edit_goal,
    edit_plan,
    record_service,
    reopen_goal,
    review_plan,
    settle_goal,
    withdraw_service,
)
from sunward.casework.enums import CloseReason, ContactOutcome, GoalState, ServiceKind
from sunward.casework.models import CarePlan, FollowUp, Goal, ServiceRecord
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.casework.arrangements import DAY, make_goal, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make.actor_of(make.make_officer())


@pytest.fixture
def case():
    return make.make_child()


@pytest.fixture
def at(actor, case):
    return {"actor": actor, "case_id": case.uid, "on": make.TODAY, "now": make.NOW}


def _reviews(case):
    return list(case.follow_ups.filter(kind="plan_review").order_by("pk").values_list("state", "due_on"))


def _settle(at, goal, state=GoalState.REACHED, **more):
    goal.refresh_from_db()
    given = {"version": goal.version, "result": "孩子愿意开口了"} | more
    return settle_goal(**at, goal_id=goal.uid, state=state, **given)


def test_a_plan_promises_that_it_is_looked_at_again(actor, case):
    plan = make_plan(actor, case, GoalDetails("每周有人陪伴", service_kind="companionship"))

    assert _reviews(case) == [("due", plan.review_on)]
    assert [goal.words for goal in plan.goals.all()] == ["每周有人陪伴"]
    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert {"casework.plan_drawn_up", "casework.goal_added", "casework.follow_up_added"} <= kinds


def test_a_file_has_one_open_plan_and_a_new_one_after_it_is_closed(actor, case, at):
    plan = make_plan(actor, case)
    with pytest.raises(Conflict, match="plan_there"):
        make_plan(actor, case)

    close_plan(**at, version=plan.version)

    assert _reviews(case) == [("dropped", plan.review_on)]
    make_plan(actor, case)
    assert CarePlan.objects.count() == 2


@pytest.mark.parametrize("days", [-1, 0])
def test_a_plan_is_looked_at_again_on_a_later_day(actor, case, days):
    with pytest.raises(Refusal, match="review_passed"):
        make_plan(actor, case, review_on=make.TODAY + days * DAY)


def test_a_review_settles_what_was_promised_and_promises_the_next(actor, case, at):
    plan = make_plan(actor, case)

    review_plan(**at, version=plan.version, review_on=make.TODAY + 60 * DAY)

    assert _reviews(case) == [("done", make.TODAY + 30 * DAY), ("due", make.TODAY + 60 * DAY)]


def test_another_day_moves_the_promise_and_other_words_do_not(actor, case, at):
    plan = make_plan(actor, case)
    edit_plan(**at, version=1, review_on=plan.review_on, agreement="每周六上午")
    assert _reviews(case) == [("due", plan.review_on)]

    edit_plan(**at, version=2, review_on=make.TODAY + DAY, agreement="每周六上午")

    assert _reviews(case) == [("dropped", plan.review_on), ("due", make.TODAY + DAY)]


def test_nobody_overwrites_a_plan_or_a_goal_they_have_not_seen(actor, case, at):
    goal = make_goal(actor, case)
    edit_plan(**at, version=1, review_on=make.TODAY + 30 * DAY, agreement="甲")
    edit_goal(**at, goal_id=goal.uid, version=1, goal=GoalDetails("甲"))

    with pytest.raises(Conflict, match="plan_changed"):
        edit_plan(**at, version=1, review_on=make.TODAY + 30 * DAY, agreement="乙")
    with pytest.raises(Conflict, match="goal_changed"):
        edit_goal(**at, goal_id=goal.uid, version=1, goal=GoalDetails("乙"))

    assert CarePlan.objects.get().agreement == Goal.objects.get().words == "甲"


def test_a_plan_with_open_goals_is_not_closed(actor, case, at):
    goal = make_goal(actor, case)
    with pytest.raises(Refusal, match="goals_open"):
        close_plan(**at, version=1)

    _settle(at, goal, GoalState.DROPPED, result="家里不愿意")

    close_plan(**at, version=1)
    with pytest.raises(NotThere, match="plan_not_there"):
        add_goal(**at, goal=GoalDetails("再来一个"))
    with pytest.raises(Refusal, match="plan_closed"):
        reopen_goal(**at, goal_id=goal.uid, version=2)


def test_a_reached_goal_meets_its_need_only_if_somebody_says_so(actor, case, at):
    case.needs.create(kind="companionship", from_on=make.TODAY)
    goal = make_goal(actor, case, need="companionship")
    assert goal.need.kind == "companionship"

    _settle(at, goal)

    assert case.needs.get().met_on is None


def test_undoing_a_settling_gives_back_the_need_that_was_met_with_it(actor, case, at):
    case.needs.create(kind="companionship", from_on=make.TODAY - DAY)
    goal = make_goal(actor, case, need="companionship")
    settled = _settle(at, goal, is_need_met=True)
    assert case.needs.get().met_on == make.TODAY

    reopen_goal(**at, goal_id=goal.uid, version=settled.version)

    goal.refresh_from_db()
    assert (goal.state, goal.settled_on, case.needs.get().met_on) == ("open", None, None)
    standing = list(standing_facts().values_list("kind", flat=True))
    assert not {"casework.goal_reached", "casework.need_met"} & set(standing)
    assert "casework.goal_added" in standing


def test_undoing_leaves_alone_a_need_that_was_met_otherwise(actor, case, at):
    case.needs.create(kind="companionship", from_on=make.TODAY - DAY)
    goal = make_goal(actor, case, need="companionship")
    settled = _settle(at, goal)
    case.needs.update(met_on=make.TODAY)

    reopen_goal(**at, goal_id=goal.uid, version=settled.version)

    assert case.needs.get().met_on == make.TODAY


def test_a_goal_is_settled_once_and_with_its_result(actor, case, at):
    goal = make_goal(actor, case)
    with pytest.raises(Refusal, match="result_missing"):
        _settle(at, goal, result="  ")
    _settle(at, goal)

    with pytest.raises(Conflict, match="goal_settled"):
        _settle(at, goal)

    assert standing_facts().filter(kind="casework.goal_reached").count() == 1


def test_a_contact_serves_a_goal_and_none_of_another_file(actor, case, at):
    goal = make_goal(actor, case)
    said = {"kind": ServiceKind.HOME_VISIT, "happened_on": make.TODAY, "outcome": ContactOutcome.MADE}
    record = record_service(**at, **said, goal_id=goal.uid)
    other = make.make_child()

    with pytest.raises(NotThere, match="goal_not_open"):
        record_service(**(at | {"case_id": other.uid}), **said, goal_id=goal.uid)

    assert record.goal == goal
    withdraw_service(**at, record_id=record.uid, reason="写错了")
    assert not ServiceRecord.objects.standing().filter(goal=goal).exists()


def test_nothing_of_a_plan_is_changed_on_a_closed_file_and_its_review_leaves_the_list(actor, case, at):
    goal = make_goal(actor, case)
    close_case(**at, version=case.version, reason=CloseReason.MOVED)

    with pytest.raises(Refusal, match="case_closed_now"):
        _settle(at, goal)
    with pytest.raises(Refusal, match="case_closed_now"):
        review_plan(**at, version=1, review_on=make.TODAY + DAY)

    assert not FollowUp.objects.filter(state="due").exists()


@pytest.mark.parametrize(
    ("role", "code"), [(Role.WORKER, "310110012009"), (Role.SUPERVISOR, "310110019"), (Role.MENTOR, "310110012001")]
)
def test_whoever_may_not_see_the_file_may_not_touch_its_plan(actor, case, at, role, code):
    goal = make_goal(actor, case)
    unit = make.make_committee(code) if len(code) == 12 else make.make_subdistrict(code)
    stranger = make.actor_of(make.make_officer(role, unit))

    with pytest.raises(NotThere):
        _settle(at | {"actor": stranger}, goal)
