"""Addresses of plans and of their lines."""

from django.urls import path

from sunward.blueprint.urls import work_acts
from sunward.blueprint.views import burden, plans, stocktakes, work

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/export/", plans.plan_export, name="plan_export"),
    path("plans/<uuid:plan_id>/board/", plans.plan_board, name="plan_board"),
    path("plans/<uuid:plan_id>/gantt/", plans.plan_gantt, name="plan_gantt"),
    path("plans/<uuid:plan_id>/units/", plans.plan_units, name="plan_units"),
    path("plans/<uuid:plan_id>/officers/", plans.plan_officers, name="plan_officers"),
    path("plans/<uuid:plan_id>/stocktake/", stocktakes.plan_stocktake, name="plan_stocktake"),
    path("plans/<uuid:plan_id>/burden/", burden.plan_burden, name="plan_burden"),
    path("plans/<uuid:plan_id>/burden/budget/", burden.plan_budget, name="plan_budget"),
    path("waiting/", work.mine, name="mine"),
    path("work/<uuid:item_id>/", work.work, name="work"),
    path("work/<uuid:item_id>/officer/", work.work_officer, name="work_officer"),
    path("work/<uuid:item_id>/lead/", work.work_lead, name="work_lead"),
    path("work/<uuid:item_id>/milestones/", work.work_milestones, name="work_milestones"),
    path("work/<uuid:item_id>/milestones/<int:number>/", work.work_reached, name="work_reached"),
    path("work/<uuid:item_id>/parts/", work.work_parts, name="work_parts"),
    path("work/<uuid:item_id>/needs/", work.work_needs, name="work_needs"),
    path("work/<uuid:item_id>/trajectory/", work.work_trajectory, name="work_trajectory"),
    *work_acts.urlpatterns,
]
