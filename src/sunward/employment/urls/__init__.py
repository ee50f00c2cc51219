"""Addresses of Leye Space, below ``/employment/``."""

from sunward.employment.urls import feeds, jobseekers, points, recommendations, vacancies, who_needs_help

app_name = "employment"
urlpatterns = [
    *feeds.urlpatterns,
    *jobseekers.urlpatterns,
    *vacancies.urlpatterns,
    *points.urlpatterns,
    *recommendations.urlpatterns,
    *who_needs_help.urlpatterns,
]
