"""Addresses of the rules that say who needs help, and of files that were made one."""

from django.urls import path

from sunward.employment.views import joined_files, who_needs_help

urlpatterns = [
    path("who-needs-help/", who_needs_help.who_needs_help, name="who_needs_help"),
    path("who-needs-help/<slug:kind>/", who_needs_help.rule_lacking, name="rule_lacking"),
    path("who-needs-help/<slug:kind>/<slug:version>/", who_needs_help.rule_compare, name="rule_compare"),
    path("jobseekers/joined/", joined_files.joined_files, name="joined_files"),
    path("jobseekers/<uuid:case_id>/part/", joined_files.files_part, name="files_part"),
]
