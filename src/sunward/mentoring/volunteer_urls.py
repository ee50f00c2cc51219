"""Addresses of the mentor's way in and out: applications, vetting, agreement, leaving, certificates."""

from django.urls import path

from sunward.mentoring.views import applications

urlpatterns = [
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", applications.application_new, name="application_new"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
    path("applications/<uuid:application_id>/show/", applications.application_show, name="application_show"),
    path("applications/<uuid:application_id>/invite/", applications.application_invite, name="application_invite"),
    path("applications/<uuid:application_id>/decline/", applications.application_decline, name="application_decline"),
    path(
        "applications/<uuid:application_id>/withdraw/", applications.application_withdraw, name="application_withdraw"
    ),
    path("applications/<uuid:application_id>/reopen/", applications.application_reopen, name="application_reopen"),
    path("applications/<uuid:application_id>/accept/", applications.application_accept, name="application_accept"),
]
