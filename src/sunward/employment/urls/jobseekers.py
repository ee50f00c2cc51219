"""Addresses of jobseekers' files."""

from django.urls import path

from sunward.employment.views import jobseekers

urlpatterns = [
    path("jobseekers/", jobseekers.jobseekers, name="jobseekers"),
    path("jobseekers/<uuid:case_id>/", jobseekers.jobseeker, name="jobseeker"),
    path("jobseekers/<uuid:case_id>/looks/", jobseekers.jobseeker_looks, name="jobseeker_looks"),
    path("jobseekers/<uuid:case_id>/show/", jobseekers.jobseeker_show, name="jobseeker_show"),
]
