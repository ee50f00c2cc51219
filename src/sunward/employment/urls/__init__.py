"""Addresses of Leye Space, below ``/employment/``."""

from sunward.employment.urls import vacancies

app_name = "employment"
urlpatterns = [*vacancies.urlpatterns]
