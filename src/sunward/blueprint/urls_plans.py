"""Addresses of plans and of their lines."""

from django.urls import path

from sunward.blueprint import urls_work_acts, views_plans, views_stocktakes, views_work

patterns = [
    path("plans/", views_plans.plans, name="plans"),
    path("plans/<uuid:plan_id>/", views_plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/export/", views_plans.plan_export, name="plan_export"),
    path("plans/<uuid:plan_id>/board/", views_plans.plan_board, name="plan_board"),
    path("plans/<uuid:plan_id>/gantt/", views_plans.plan_gantt, name="plan_gantt"),
    path("plans/<uuid:plan_id>/units/", views_plans.plan_units, name="plan_units"),
    path("plans/<uuid:plan_id>/officers/", views_plans.plan_officers, name="plan_officers"),
    path("plans/<uuid:plan_id>/stocktake/", views_stocktakes.plan_stocktake, name="plan_stocktake"),
    path("work/<uuid:item_id>/", views_work.work, name="work"),
    path("work/<uuid:item_id>/officer/", views_work.work_officer, name="work_officer"),
    path("work/<uuid:item_id>/lead/", views_work.work_lead, name="work_lead"),
    path("work/<uuid:item_id>/milestones/", views_work.work_milestones, name="work_milestones"),
    path("work/<uuid:item_id>/milestones/<int:number>/", views_work.work_reached, name="work_reached"),
    path("work/<uuid:item_id>/parts/", views_work.work_parts, name="work_parts"),
    path("work/<uuid:item_id>/needs/", views_work.work_needs, name="work_needs"),
    path("work/<uuid:item_id>/trajectory/", views_work.work_trajectory, name="work_trajectory"),
    *urls_work_acts.patterns,
]
