"""Addresses of the mentor's way in and out: applications, vetting, agreement, leaving, certificates."""

from django.urls import path

from sunward.mentoring.views import applications, certificates, volunteers

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
    path("mentors/<uuid:mentor_id>/agreement/", volunteers.mentor_agreement, name="mentor_agreement"),
    path("mentors/<uuid:mentor_id>/leave/", volunteers.mentor_leave, name="mentor_leave"),
    path("mentors/<uuid:mentor_id>/leave/undo/", volunteers.mentor_leave_undo, name="mentor_leave_undo"),
    path("mentors/<uuid:mentor_id>/come-back/", volunteers.mentor_come_back, name="mentor_come_back"),
    path("mentors/<uuid:mentor_id>/certificates/new/", certificates.certificate_new, name="certificate_new"),
    path("certificates/<uuid:certificate_id>/file/", certificates.certificate_file, name="certificate_file"),
    path("certificates/<uuid:certificate_id>/revoke/", certificates.certificate_revoke, name="certificate_revoke"),
    path("my/standing/", volunteers.own_standing, name="own_standing"),
    path("my/certificates/<uuid:certificate_id>/", certificates.own_certificate, name="own_certificate"),
]
