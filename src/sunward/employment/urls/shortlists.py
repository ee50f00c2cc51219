"""Addresses of lists for many."""

from django.urls import path

from sunward.employment.views import shortlists as views

_ONE = "shortlists/<uuid:shortlist_id>/"

urlpatterns = [
    path("shortlists/", views.shortlists, name="shortlists"),
    path(_ONE, views.shortlist, name="shortlist"),
    path(f"{_ONE}progress/", views.shortlist_progress, name="shortlist_progress"),
    path(f"{_ONE}tell/", views.shortlist_tell, name="shortlist_tell"),
    path(f"{_ONE}drop/", views.shortlist_drop, name="shortlist_drop"),
]
