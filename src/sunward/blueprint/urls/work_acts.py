"""Addresses of the acts on a line of work."""

from django.urls import path

from sunward.blueprint.views import work_acts as views

urlpatterns = [
    path("plans/<uuid:plan_id>/issue/", views.plan_issue, name="plan_issue"),
    path("work/<uuid:item_id>/acknowledge/", views.work_acknowledge, name="work_acknowledge"),
    path("work/<uuid:item_id>/progress/", views.work_progress, name="work_progress"),
    path("work/<uuid:item_id>/confidence/", views.work_confidence, name="work_confidence"),
    path("work/<uuid:item_id>/obstacle/", views.work_obstacle, name="work_obstacle"),
    path("work/<uuid:item_id>/obstacle/<uuid:step_id>/", views.work_answer, name="work_answer"),
    path("work/<uuid:item_id>/chase/", views.work_chase, name="work_chase"),
    path("work/<uuid:item_id>/extension/", views.work_extension, name="work_extension"),
    path("work/<uuid:item_id>/extension/<uuid:step_id>/", views.work_extension_decide, name="work_extension_decide"),
    path("work/<uuid:item_id>/completion/", views.work_completion, name="work_completion"),
    path("work/<uuid:item_id>/completion/<uuid:step_id>/", views.work_completion_decide, name="work_completion_decide"),
    path("work/<uuid:item_id>/own-act/", views.work_own_act, name="work_own_act"),
    path("work/<uuid:item_id>/cover/", views.work_cover, name="work_cover"),
    path("work/<uuid:item_id>/cover/<uuid:step_id>/", views.work_thanks, name="work_thanks"),
    path("work/<uuid:item_id>/steps/<uuid:step_id>/", views.work_correct, name="work_correct"),
    path("work/<uuid:item_id>/lesson/", views.work_lesson, name="work_lesson"),
    path("work/<uuid:item_id>/gauge/", views.work_gauge, name="work_gauge"),
]
