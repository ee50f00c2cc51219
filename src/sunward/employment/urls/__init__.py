"""Addresses of Leye Space, below ``/employment/``."""

from sunward.employment.urls import jobseekers, points, vacancies

app_name = "employment"
urlpatterns = [*jobseekers.urlpatterns, *vacancies.urlpatterns, *points.urlpatterns]
