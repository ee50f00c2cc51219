"""Addresses where Neighbour Mom and safeguarding meet."""

from django.urls import path

from sunward.mentoring.views import worries

urlpatterns = [
    path("children/new/worry/<uuid:worry_id>/", worries.child_from_worry, name="child_from_worry"),
    path("my/children/<uuid:match_id>/report/", worries.own_report, name="own_report"),
]
