"""Addresses of vacancies and employers."""

from django.urls import path

from sunward.employment.views import likenesses, vacancies, vacancy_adding, vacancy_occupation

urlpatterns = [
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("vacancies/new/", vacancy_adding.vacancy_new, name="vacancy_new"),
    path("vacancies/reading/", vacancy_adding.vacancy_reading, name="vacancy_reading"),
    path("vacancies/pairs/", likenesses.likenesses, name="likenesses"),
    path("vacancies/pairs/<int:likeness_id>/", likenesses.likeness, name="likeness"),
    path("vacancies/pairs/<int:likeness_id>/same/", likenesses.likeness_same, name="likeness_same"),
    path("vacancies/pairs/<int:likeness_id>/two/", likenesses.likeness_different, name="likeness_different"),
    path("vacancies/<uuid:vacancy_id>/", vacancies.vacancy, name="vacancy"),
    path("vacancies/<uuid:vacancy_id>/edit/", vacancy_adding.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<uuid:vacancy_id>/verify/", vacancies.vacancy_verify, name="vacancy_verify"),
    path("vacancies/<uuid:vacancy_id>/release/", vacancies.vacancy_release, name="vacancy_release"),
    path("vacancies/<uuid:vacancy_id>/close/", vacancies.vacancy_close, name="vacancy_close"),
    path("vacancies/<uuid:vacancy_id>/part/", likenesses.vacancy_part, name="vacancy_part"),
    path("vacancies/<uuid:vacancy_id>/reopen/", vacancies.vacancy_reopen, name="vacancy_reopen"),
    path("vacancies/<uuid:vacancy_id>/occupation/", vacancy_occupation.vacancy_occupation, name="vacancy_occupation"),
    path("employers/<uuid:employer_id>/", vacancies.employer, name="employer"),
]
