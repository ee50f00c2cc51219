"""Addresses of roadshows, below ``/gatherings/roadshows/``."""

from django.urls import path

from sunward.gatherings.views import roadshows

urlpatterns = [
    path("", roadshows.roadshows, name="roadshows"),
    path("new/", roadshows.roadshow_new, name="roadshow_new"),
    path("<uuid:roadshow_id>/", roadshows.roadshow, name="roadshow"),
    path("<uuid:roadshow_id>/calendar/", roadshows.roadshow_calendar, name="roadshow_calendar"),
    path("<uuid:roadshow_id>/progress/", roadshows.roadshow_progress, name="roadshow_progress"),
    path("<uuid:roadshow_id>/export/", roadshows.roadshow_export, name="roadshow_export"),
    path("<uuid:roadshow_id>/edit/", roadshows.roadshow_edit, name="roadshow_edit"),
    path("<uuid:roadshow_id>/plan/", roadshows.roadshow_plan, name="roadshow_plan"),
    path("<uuid:roadshow_id>/preview/", roadshows.roadshow_preview, name="roadshow_preview"),
    path("<uuid:roadshow_id>/publish/", roadshows.roadshow_publish, name="roadshow_publish"),
    path("<uuid:roadshow_id>/take-back/", roadshows.roadshow_take_back, name="roadshow_take_back"),
    path("<uuid:roadshow_id>/discard/", roadshows.roadshow_discard, name="roadshow_discard"),
    path("<uuid:roadshow_id>/sessions/<uuid:slot_id>/", roadshows.roadshow_slot, name="roadshow_slot"),
    path("<uuid:roadshow_id>/sessions/<uuid:slot_id>/fix/", roadshows.roadshow_slot_fix, name="roadshow_slot_fix"),
]
