"""Addresses of recommendations and of work, below a jobseeker's file."""

from django.urls import path

from sunward.employment.views import recommendations as views

_FILE = "jobseekers/<uuid:case_id>/"
_ONE = f"{_FILE}recommendations/<uuid:recommendation_id>/"
_WORK = f"{_FILE}work/<uuid:placement_id>/"

urlpatterns = [
    path(f"{_FILE}recommendations/new/", views.jobseeker_recommend, name="jobseeker_recommend"),
    path(_ONE, views.recommendation, name="recommendation"),
    path(f"{_ONE}withdraw/", views.recommendation_withdraw, name="recommendation_withdraw"),
    path(f"{_ONE}<slug:kind>/", views.recommendation_step, name="recommendation_step"),
    path(f"{_FILE}work/new/", views.placement_new, name="placement_new"),
    path(f"{_WORK}end/", views.placement_end, name="placement_end"),
    path(f"{_WORK}check/", views.placement_check, name="placement_check"),
    path(f"{_WORK}withdraw/", views.placement_withdraw, name="placement_withdraw"),
]
