"""Addresses of Leye Space, below ``/employment/``."""

from sunward.employment.urls import jobseekers, vacancies

app_name = "employment"
urlpatterns = [*jobseekers.urlpatterns, *vacancies.urlpatterns]
