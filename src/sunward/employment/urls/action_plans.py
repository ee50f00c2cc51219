"""Addresses of individual action plans."""

from django.urls import path

from sunward.employment.views import action_plans

_PLAN = "jobseekers/<uuid:case_id>/plan/"

urlpatterns = [
    path(_PLAN, action_plans.jobseeker_plan, name="jobseeker_plan"),
    path(f"{_PLAN}new/", action_plans.jobseeker_plan_new, name="jobseeker_plan_new"),
    path(f"{_PLAN}edit/", action_plans.jobseeker_plan_edit, name="jobseeker_plan_edit"),
    path(f"{_PLAN}review/", action_plans.jobseeker_plan_review, name="jobseeker_plan_review"),
    path(f"{_PLAN}close/", action_plans.jobseeker_plan_close, name="jobseeker_plan_close"),
    path(f"{_PLAN}goals/new/", action_plans.jobseeker_goal_new, name="jobseeker_goal_new"),
    path(f"{_PLAN}goals/<uuid:goal_id>/edit/", action_plans.jobseeker_goal_edit, name="jobseeker_goal_edit"),
    path(f"{_PLAN}goals/<uuid:goal_id>/settle/", action_plans.jobseeker_goal_settle, name="jobseeker_goal_settle"),
    path(f"{_PLAN}goals/<uuid:goal_id>/undo/", action_plans.jobseeker_goal_undo, name="jobseeker_goal_undo"),
]
