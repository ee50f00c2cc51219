"""Addresses of the directory of resources, below ``/resources/``."""

from django.urls import path

from sunward.casework.views import resources

app_name = "casework"
urlpatterns = [
    path("", resources.resources, name="resources"),
    path("new/", resources.resource_new, name="resource_new"),
    path("<uuid:resource_id>/", resources.resource, name="resource"),
    path("<uuid:resource_id>/edit/", resources.resource_edit, name="resource_edit"),
    path("<uuid:resource_id>/extend/", resources.resource_extend, name="resource_extend"),
    path("<uuid:resource_id>/end/", resources.resource_end, name="resource_end"),
]
