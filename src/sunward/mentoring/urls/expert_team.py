"""Addresses of the expert team, as the officer keeps it."""

from django.urls import path

from sunward.mentoring.views import expert_team

urlpatterns = [
    path("experts/", expert_team.expert_team, name="expert_team"),
    path("experts/new/", expert_team.expert_new, name="expert_new"),
    path("experts/<uuid:expert_id>/", expert_team.expert_edit, name="expert_edit"),
    path("experts/<uuid:expert_id>/end/", expert_team.expert_end, name="expert_end"),
]
