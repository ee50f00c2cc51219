"""Everything that Leye Space keeps, by what it is about."""

from sunward.employment.models.jobseekers import ClientTag, ClientTagQuerySet, Jobseeker, JobWish
from sunward.employment.models.vacancies import (
    Employer,
    Vacancy,
    VacancyLikeness,
    VacancyQuerySet,
    VacancySource,
)

__all__ = [
    "ClientTag",
    "ClientTagQuerySet",
    "Employer",
    "JobWish",
    "Jobseeker",
    "Vacancy",
    "VacancyLikeness",
    "VacancyQuerySet",
    "VacancySource",
]
