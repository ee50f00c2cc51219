"""Addresses of how long closed files are kept."""

from django.urls import path

from sunward.employment.views import keeping

urlpatterns = [
    path("retention/", keeping.retention, name="retention"),
    path("retention/<uuid:case_id>/", keeping.retention_keep, name="retention_keep"),
]
