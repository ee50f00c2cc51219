"""Plans, goals, resources and referrals with little said."""

from datetime import timedelta

from sunward.casework.actions import GoalDetails, ResourceDetails, add_resource, draw_up_plan, send_referral
from sunward.casework.models import CarePlan, Case, Goal, Referral, Resource
from tests import factories as make

DAY = timedelta(days=1)


def make_plan(actor, case: Case, *goals: GoalDetails, **more) -> CarePlan:
    """An open plan, looked at again in thirty days."""
    given = {"review_on": make.TODAY + 30 * DAY} | more
    return draw_up_plan(actor=actor, case_id=case.uid, on=make.TODAY, now=make.NOW, goals=goals, **given)


def make_goal(actor, case: Case, words: str = "每周有人陪伴", **more) -> Goal:
    return make_plan(actor, case, GoalDetails(words, **more)).goals.get()


def resource_details(**more) -> ResourceDetails:
    given = {"name": "晴空心理小屋", "kind": "counselling", "provider": "晴空社工服务社",
             "valid_until_on": make.TODAY + 100 * DAY}  # fmt: skip
    if "unit_id" not in more:
        given["unit_id"] = make.make_subdistrict().pk
    return ResourceDetails(**(given | more))


def make_resource(actor, **more) -> Resource:
    return add_resource(actor=actor, details=resource_details(**more), on=make.TODAY, now=make.NOW)


def make_referral(actor, case: Case, resource: Resource, **more) -> Referral:
    given = {"reason": "情绪低落"} | more
    return send_referral(actor=actor, case_id=case.uid, resource_id=resource.uid, on=make.TODAY, now=make.NOW, **given)
