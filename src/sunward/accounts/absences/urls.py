"""Addresses of everybody's own absence, below ``/absences/``."""

from django.urls import path

from sunward.accounts.absences import views

app_name = "absences"
urlpatterns = [
    path("", views.absences, name="absences"),
    path("<int:absence_id>/end/", views.absence_end, name="absence_end"),
]
