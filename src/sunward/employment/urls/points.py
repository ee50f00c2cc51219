"""Addresses of Leye Spaces, of appointments there, of who is in charge of whom, of packages."""

from django.urls import path

from sunward.employment.views import appointments, officers, packages, points

_POINT, _FILE = "points/<uuid:point_id>/", "jobseekers/<uuid:case_id>/"
_APPOINTMENT = f"{_FILE}appointments/<uuid:appointment_id>/"

urlpatterns = [
    path("points/", points.points, name="points"),
    path("points/new/", points.point_new, name="point_new"),
    path(_POINT, points.point, name="point"),
    path(f"{_POINT}edit/", points.point_edit, name="point_edit"),
    *(
        path(f"{_POINT}{verb}/", points.point_open, {"verb": verb}, name=f"point_{verb}")
        for verb in ("close", "reopen")
    ),
    path(f"{_POINT}advisers/new/", points.point_adviser_new, name="point_adviser_new"),
    *(
        path(
            f"{_POINT}advisers/<uuid:adviser_id>/{verb}/", points.point_adviser, {"verb": verb},
            name=f"point_adviser_{verb}",
        )
        for verb in ("end", "restore")
    ),
    path(f"{_POINT}times/new/", appointments.point_times_new, name="point_times_new"),
    path(f"{_POINT}times/<uuid:slot_id>/withdraw/", appointments.point_time_withdraw, name="point_time_withdraw"),
    path("appointments/", appointments.appointments, name="appointments"),
    path(f"{_FILE}appointments/new/", appointments.jobseeker_book, name="jobseeker_book"),
    path(f"{_APPOINTMENT}move/", appointments.jobseeker_appointment_move, name="jobseeker_appointment_move"),
    path(f"{_APPOINTMENT}came/", appointments.jobseeker_appointment_came, name="jobseeker_appointment_came"),
    *(
        path(
            f"{_APPOINTMENT}{verb}/", appointments.jobseeker_appointment_settle, {"verb": verb},
            name=f"jobseeker_appointment_{verb}",
        )
        for verb in ("cancel", "missed", "restore")
    ),
    path(f"{_FILE}officer/", officers.jobseeker_officer, name="jobseeker_officer"),
    path(f"{_FILE}officer/<int:row_id>/undo/", officers.jobseeker_officer_undo, name="jobseeker_officer_undo"),
    path(f"{_FILE}packages/", packages.jobseeker_packages, name="jobseeker_packages"),
    path(f"{_FILE}packages/<slug:kind>/stop/", packages.jobseeker_package_stop, name="jobseeker_package_stop"),
    path("officers/", officers.officers, name="officers"),
    path("officers/handover/", officers.officers_handover, name="officers_handover"),
    path("officers/balance/", officers.officers_balance, name="officers_balance"),
]  # fmt: skip
