"""Everything that Leye Space keeps, by what it is about."""

from sunward.employment.models.feeds import FeedItem, PublishedVacancy, VacancyFeed
from sunward.employment.models.guidance import Guidance, ServiceFeedback
from sunward.employment.models.jobseekers import ClientTag, ClientTagQuerySet, Jobseeker, JobWish
from sunward.employment.models.links import EmployerLink, JobseekerLink
from sunward.employment.models.points import Appointment, AppointmentSlot, OfficerInCharge, ServicePoint
from sunward.employment.models.recommendations import Placement, Recommendation, RecommendationStep, ShortlistRun
from sunward.employment.models.vacancies import (
    Employer,
    Vacancy,
    VacancyLikeness,
    VacancyQuerySet,
    VacancySource,
)
from sunward.employment.models.visits import EmployerVisit

__all__ = [
    "Appointment",
    "AppointmentSlot",
    "ClientTag",
    "ClientTagQuerySet",
    "Employer",
    "EmployerLink",
    "EmployerVisit",
    "FeedItem",
    "Guidance",
    "JobWish",
    "Jobseeker",
    "JobseekerLink",
    "OfficerInCharge",
    "Placement",
    "PublishedVacancy",
    "Recommendation",
    "RecommendationStep",
    "ServiceFeedback",
    "ServicePoint",
    "ShortlistRun",
    "Vacancy",
    "VacancyFeed",
    "VacancyLikeness",
    "VacancyQuerySet",
    "VacancySource",
]
