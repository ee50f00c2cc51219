"""Addresses of jobseekers' own pages, which need no account, and of the links to them below a file."""

from django.urls import path

from sunward.employment.views import jobseeker_links, own_appointments, own_consents, own_page

_FILE = "jobseekers/<uuid:case_id>/link/"
_APPOINTMENT = "jobs/<str:token>/appointments/<uuid:appointment_id>/"

urlpatterns = [
    path(_FILE, jobseeker_links.jobseeker_link, name="jobseeker_link"),
    path(f"{_FILE}new/", jobseeker_links.jobseeker_link_make, name="jobseeker_link_make"),
    path(f"{_FILE}revoke/", jobseeker_links.jobseeker_link_revoke, name="jobseeker_link_revoke"),
    path(f"{_FILE}open/", jobseeker_links.jobseeker_link_open, name="jobseeker_link_open"),
]
# Short, since they stand in messages.
public = [
    path("jobs/<str:token>/", own_page.own_page, name="own_page"),
    path("jobs/<str:token>/ask/", own_page.own_ask, name="own_ask"),
    path("jobs/<str:token>/services/<uuid:record_id>/", own_page.own_feedback, name="own_feedback"),
    path("jobs/<str:token>/appointments/new/", own_appointments.own_book, name="own_book"),
    path(f"{_APPOINTMENT}move/", own_appointments.own_move, name="own_move"),
    path(f"{_APPOINTMENT}cancel/", own_appointments.own_cancel, name="own_cancel"),
    path(f"{_APPOINTMENT}restore/", own_appointments.own_restore, name="own_restore"),
    *(
        path(
            f"jobs/<str:token>/agreed/<slug:what>/{verb}/", own_consents.own_consent, {"verb": verb},
            name=f"own_consent_{verb}",
        )
        for verb in ("withdraw", "give")
    ),
    path("jobs/<str:token>/<uuid:recommendation_id>/", own_page.own_vacancy, name="own_vacancy"),
    path("jobs/<str:token>/<uuid:recommendation_id>/say/", own_page.own_say, name="own_say"),
    path("jobs/<str:token>/<uuid:recommendation_id>/share/", own_page.own_share, name="own_share"),
    path("jobs/<str:token>/<uuid:recommendation_id>/undo/", own_page.own_take_back, name="own_take_back"),
]  # fmt: skip
