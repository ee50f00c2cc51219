"""The individual action plan of a jobseeker: drawn up, changed by two at once, looked at again, settled and closed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.actions import GoalDetails, draw_up_plan, settle_goal
from sunward.casework.enums import FollowUpState, GoalState
from sunward.casework.models import CarePlan, Goal
from sunward.core import clock
from sunward.employment.enums import NextStep
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = (make.TODAY + 90 * DAY).isoformat()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def user(client):
    user = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    client.force_login(user)
    return user


@pytest.fixture
def case():
    return make.make_jobseeker("纪求职")


@pytest.fixture
def plan(user, case):
    return draw_up_plan(
        actor=make.actor_of(user), case_id=case.uid, review_on=make.TODAY + 90 * DAY, on=make.TODAY, now=make.NOW,
        agreement="每周一起看一次岗位", goals=[GoalDetails("考出叉车证")],
    )  # fmt: skip


def url(name, case, *more):
    return reverse(f"employment:{name}", args=[case.uid, *more])


def test_a_plan_is_drawn_up_with_its_goals_and_looking_again_stands_on_the_offices_list(client, user, case):
    said = {"review_on": LATER, "agreement": "一起写简历", "goals": "写好简历\n\n 面试两次 \n写好简历"}

    assert client.post(url("jobseeker_plan_new", case), said).status_code == 302

    assert sorted(goal.words for goal in Goal.objects.filter(case=case)) == sorted(["写好简历", "面试两次"])
    again = case.follow_ups.get()
    assert (again.kind, again.role) == (NextStep.PLAN_REVIEW, Role.EMPLOYMENT_OFFICER)
    file = client.get(url("jobseeker", case)).context["file"]
    assert [row.title for row in file.follow_ups] == [str(NextStep.PLAN_REVIEW.label)]
    assert len(file.plans.current.open_goals) == 2


def test_a_plan_that_is_refused_keeps_what_was_typed(client, user, case):
    said = {"review_on": make.TODAY.isoformat(), "agreement": "一起写简历", "goals": "写好简历"}

    shown = client.post(url("jobseeker_plan_new", case), said)

    assert shown.status_code == 422
    assert "一起写简历" in shown.content.decode()
    assert not CarePlan.objects.exists()


def test_nine_goals_at_once_are_too_many(client, user, case):
    said = {"review_on": LATER, "goals": "\n".join(f"目标{number}" for number in range(9))}

    assert client.post(url("jobseeker_plan_new", case), said).status_code == 422


def test_where_a_plan_stands_the_form_leads_to_it(client, user, case, plan):
    assert client.get(url("jobseeker_plan_new", case)).url == url("jobseeker_plan", case)


def test_two_who_change_one_plan_are_asked_which_words_stand(client, user, case, plan):
    first = {
        "version": 1, "review_on": LATER, "initial-review_on": LATER, "agreement": "我的话",
        "initial-agreement": plan.agreement,
    }  # fmt: skip
    assert client.post(url("jobseeker_plan_edit", case), first | {"agreement": "别人的话"}).status_code == 302

    shown = client.post(url("jobseeker_plan_edit", case), first)

    assert shown.status_code == 409
    assert [(one.mine, one.theirs) for one in shown.context["merge"].disputes] == [("我的话", "别人的话")]


def test_a_goal_is_settled_undone_and_the_plan_closed_once_nothing_is_open(client, user, case, plan):
    goal = plan.goals.get()
    page = url("jobseeker_plan", case)
    settled = {"version": 1, "state": GoalState.REACHED, "result": "考出来了"}
    assert client.post(url("jobseeker_goal_settle", case, goal.uid), settled).url == page
    assert client.post(url("jobseeker_goal_undo", case, goal.uid), {"version": 2}).url == page
    assert client.post(url("jobseeker_plan_close", case), {"version": 1}).status_code == 422
    assert client.post(url("jobseeker_goal_settle", case, goal.uid), settled | {"version": 3}).status_code == 302
    assert client.post(url("jobseeker_plan_close", case), {"version": 1}).status_code == 302

    shown = client.get(page).context["page"]
    assert shown.current is None
    assert [goal.result for goal in shown.earlier[0].goals] == ["考出来了"]
    assert case.follow_ups.get().state == FollowUpState.DROPPED


def test_looking_again_settles_the_step_and_promises_the_next(client, user, case, plan):
    said = {"version": 1, "review_on": (make.TODAY + 30 * DAY).isoformat()}

    assert client.post(url("jobseeker_plan_review", case), said).status_code == 302

    states = case.follow_ups.order_by("due_on").values_list("state", "due_on")
    assert list(states) == [("due", make.TODAY + 30 * DAY), ("done", make.TODAY + 90 * DAY)]


def test_whoever_keeps_both_kinds_of_files_plans_no_child_from_here(client, case):
    user = make.make_user("both")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    make.give_post(user, Role.SUPERVISOR, make.make_subdistrict("310110012"))
    client.force_login(user)
    bare, child = make.make_child("小满"), make.make_child("小寒")
    given = {"actor": make.actor_of(user), "case_id": child.uid, "on": make.TODAY, "now": make.NOW}
    plan = draw_up_plan(
        **given, review_on=make.TODAY + 90 * DAY, goals=[GoalDetails("按时上学"), GoalDetails("一起读书")]
    )
    open_goal, settled = plan.goals.order_by("pk")
    settle_goal(**given, goal_id=settled.uid, version=1, state=GoalState.REACHED, result="读完了")
    said = {
        "review_on": LATER, "agreement": "不应写下", "words": "不应写下", "version": 1, "state": GoalState.REACHED,
        "result": "不应写下",
    }  # fmt: skip

    assert client.get(url("jobseeker_plan", child)).status_code == 404
    for name in ("plan_new", "goal_new", "plan_edit", "plan_review", "plan_close"):
        assert client.post(url(f"jobseeker_{name}", bare), said).status_code == 404
        assert client.post(url(f"jobseeker_{name}", child), said).status_code == 404
    for name, goal, version in (("edit", open_goal, 1), ("settle", open_goal, 1), ("undo", settled, 2)):
        typed = said | {"version": version}
        assert client.post(url(f"jobseeker_goal_{name}", child, goal.uid), typed).status_code == 404

    assert list(CarePlan.objects.values_list("version", "closed_on")) == [(1, None)]
    assert sorted(Goal.objects.values_list("version", "state")) == [(1, "open"), (2, "reached")]
