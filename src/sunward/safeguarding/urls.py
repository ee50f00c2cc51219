"""Addresses of safeguarding, below ``/safeguarding/``: one list for each part, joined at the end."""

from django.urls import URLPattern

app_name = "safeguarding"

_worries: list[URLPattern] = []
_reports: list[URLPattern] = []
_emergencies: list[URLPattern] = []

urlpatterns = [*_worries, *_reports, *_emergencies]
