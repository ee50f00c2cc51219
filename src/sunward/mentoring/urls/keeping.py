"""Addresses of growing up, of what is kept for how long, and of a person's own data."""

from django.urls import path

from sunward.mentoring.views import keeping, own_data

urlpatterns = [
    path("children/<uuid:case_id>/school/", keeping.child_school, name="child_school"),
    path("children/<uuid:case_id>/own-data/", own_data.child_own_data, name="child_own_data"),
    path("children/<uuid:case_id>/own-data/correct/", own_data.child_correction, name="child_correction"),
    path("mentors/<uuid:mentor_id>/own-data/", own_data.mentor_own_data, name="mentor_own_data"),
    path("retention/", keeping.retention, name="retention"),
    path("retention/<uuid:case_id>/", keeping.retention_keep, name="retention_keep"),
]
