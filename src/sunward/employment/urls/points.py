"""Addresses of Leye Spaces."""

from django.urls import path

from sunward.employment.views import points

_POINT = "points/<uuid:point_id>/"

urlpatterns = [
    path("points/", points.points, name="points"),
    path("points/new/", points.point_new, name="point_new"),
    path(_POINT, points.point, name="point"),
    path(f"{_POINT}edit/", points.point_edit, name="point_edit"),
    *(
        path(f"{_POINT}{verb}/", points.point_open, {"verb": verb}, name=f"point_{verb}")
        for verb in ("close", "reopen")
    ),
]  # fmt: skip
