"""Addresses of growing up, of what is kept for how long, and of a person's own data."""

from django.urls import path

from sunward.mentoring.views import keeping

urlpatterns = [
    path("children/<uuid:case_id>/school/", keeping.child_school, name="child_school"),
    path("retention/", keeping.retention, name="retention"),
    path("retention/<uuid:case_id>/", keeping.retention_keep, name="retention_keep"),
]
