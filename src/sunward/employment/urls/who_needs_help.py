"""Addresses of the rules that say who needs help, and of files that were made one."""

from django.urls import path

from sunward.employment.views import joined_files, tags, who_needs_help

urlpatterns = [
    path("who-needs-help/", who_needs_help.who_needs_help, name="who_needs_help"),
    path("who-needs-help/<slug:kind>/", who_needs_help.rule_lacking, name="rule_lacking"),
    path("who-needs-help/<slug:kind>/<slug:version>/", who_needs_help.rule_compare, name="rule_compare"),
    path("jobseekers/joined/", joined_files.joined_files, name="joined_files"),
    path("jobseekers/<uuid:case_id>/part/", joined_files.files_part, name="files_part"),
    path("jobseekers/<uuid:case_id>/groups/", tags.jobseeker_groups, name="jobseeker_groups"),
    path("jobseekers/<uuid:case_id>/groups/new/", tags.jobseeker_tag_new, name="jobseeker_tag_new"),
    path("jobseekers/<uuid:case_id>/groups/<int:tag_id>/end/", tags.jobseeker_tag_end, name="jobseeker_tag_end"),
    path(
        "jobseekers/<uuid:case_id>/groups/<int:tag_id>/bring-back/",
        tags.jobseeker_tag_bring_back,
        name="jobseeker_tag_bring_back",
    ),
]
