"""Addresses of care plans, referrals and small wishes."""

from django.urls import path

from sunward.mentoring.views import plans, referrals, wishes

_goal = "children/<uuid:case_id>/goals/<uuid:goal_id>"
urlpatterns = [
    path("children/<uuid:case_id>/plan/", plans.child_plan, name="child_plan"),
    path("children/<uuid:case_id>/plan/new/", plans.child_plan_new, name="child_plan_new"),
    path("children/<uuid:case_id>/plan/edit/", plans.child_plan_edit, name="child_plan_edit"),
    path("children/<uuid:case_id>/plan/review/", plans.child_plan_review, name="child_plan_review"),
    path("children/<uuid:case_id>/plan/close/", plans.child_plan_close, name="child_plan_close"),
    path("children/<uuid:case_id>/plan/paper/", plans.child_plan_paper, name="child_plan_paper"),
    path("children/<uuid:case_id>/goals/new/", plans.child_goal_new, name="child_goal_new"),
    path(f"{_goal}/edit/", plans.child_goal_edit, name="child_goal_edit"),
    path(f"{_goal}/settle/", plans.child_goal_settle, name="child_goal_settle"),
    path(f"{_goal}/undo/", plans.child_goal_undo, name="child_goal_undo"),
    path("children/<uuid:case_id>/referrals/new/", referrals.child_refer, name="child_refer"),
    path("children/<uuid:case_id>/referrals/search/", referrals.child_refer_search, name="child_refer_search"),
    path(
        "children/<uuid:case_id>/referrals/<uuid:referral_id>/<slug:act>/", referrals.child_referral_step,
        name="child_referral_step",
    ),
    path("children/<uuid:case_id>/wishes/new/", wishes.child_wish, name="child_wish"),
    path("children/<uuid:case_id>/wishes/<uuid:goal_id>/<slug:act>/", wishes.child_wish_step, name="child_wish_step"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("my/children/<uuid:match_id>/wish/", wishes.own_wish, name="own_wish"),
]  # fmt: skip
