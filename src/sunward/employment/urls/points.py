"""Addresses of Leye Spaces, and of who is in charge of whom."""

from django.urls import path

from sunward.employment.views import officers, points

_POINT, _FILE = "points/<uuid:point_id>/", "jobseekers/<uuid:case_id>/"

urlpatterns = [
    path("points/", points.points, name="points"),
    path("points/new/", points.point_new, name="point_new"),
    path(_POINT, points.point, name="point"),
    path(f"{_POINT}edit/", points.point_edit, name="point_edit"),
    *(
        path(f"{_POINT}{verb}/", points.point_open, {"verb": verb}, name=f"point_{verb}")
        for verb in ("close", "reopen")
    ),
    path(f"{_FILE}officer/", officers.jobseeker_officer, name="jobseeker_officer"),
    path(f"{_FILE}officer/<int:row_id>/undo/", officers.jobseeker_officer_undo, name="jobseeker_officer_undo"),
    path("officers/", officers.officers, name="officers"),
    path("officers/handover/", officers.officers_handover, name="officers_handover"),
    path("officers/balance/", officers.officers_balance, name="officers_balance"),
]  # fmt: skip
