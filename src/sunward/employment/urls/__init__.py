"""Addresses of Leye Space, below ``/employment/``."""

from sunward.employment.urls import (
    action_plans,
    employer_page,
    fairs,
    feeds,
    interests,
    jobseekers,
    keeping,
    own_page,
    points,
    recommendations,
    shortlists,
    stories,
    vacancies,
    visits,
    who_needs_help,
)

app_name = "employment"
urlpatterns = [
    *action_plans.urlpatterns,
    *employer_page.urlpatterns,
    *fairs.urlpatterns,
    *feeds.urlpatterns,
    *interests.urlpatterns,
    *jobseekers.urlpatterns,
    *keeping.urlpatterns,
    *vacancies.urlpatterns,
    *own_page.urlpatterns,
    *points.urlpatterns,
    *recommendations.urlpatterns,
    *shortlists.urlpatterns,
    *stories.urlpatterns,
    *visits.urlpatterns,
    *who_needs_help.urlpatterns,
]
