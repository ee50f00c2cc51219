"""Addresses of Blueprint, below ``/blueprint/``."""

from sunward.blueprint.urls import meetings, plans, results

app_name = "blueprint"
urlpatterns = [
    *plans.urlpatterns,
    *meetings.urlpatterns,
    *results.urlpatterns,
]
