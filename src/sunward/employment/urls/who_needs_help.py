"""Addresses of the rules that say who needs help."""

from django.urls import path

from sunward.employment.views import who_needs_help

urlpatterns = [
    path("who-needs-help/", who_needs_help.who_needs_help, name="who_needs_help"),
    path("who-needs-help/<slug:kind>/", who_needs_help.rule_lacking, name="rule_lacking"),
    path("who-needs-help/<slug:kind>/<slug:version>/", who_needs_help.rule_compare, name="rule_compare"),
]
