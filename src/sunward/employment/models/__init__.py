"""Everything that Leye Space keeps, by what it is about."""

from sunward.employment.models.empty_lists import EmptyList
from sunward.employment.models.fairs import Booth, BoothVacancy, Interview, InterviewSlot
from sunward.employment.models.feeds import FeedItem, PublishedVacancy, VacancyFeed
from sunward.employment.models.figures import HelpFigures
from sunward.employment.models.guidance import Guidance, ServiceFeedback
from sunward.employment.models.interests import (
    InterestAnswer,
    InterestCourse,
    InterestReply,
    InterestSurvey,
    InterestSurveyQuerySet,
    InterestTopic,
    InterestWish,
)
from sunward.employment.models.jobseekers import ClientTag, ClientTagQuerySet, Jobseeker, JobWish
from sunward.employment.models.links import EmployerLink, JobseekerLink
from sunward.employment.models.points import (
    Appointment,
    AppointmentSlot,
    OfficerInCharge,
    ServicePoint,
    SpaceAdviser,
)
from sunward.employment.models.recommendations import Placement, Recommendation, RecommendationStep, ShortlistRun
from sunward.employment.models.stories import Story, StoryQuerySet
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
    "Booth",
    "BoothVacancy",
    "ClientTag",
    "ClientTagQuerySet",
    "Employer",
    "EmployerLink",
    "EmployerVisit",
    "EmptyList",
    "FeedItem",
    "Guidance",
    "HelpFigures",
    "InterestAnswer",
    "InterestCourse",
    "InterestReply",
    "InterestSurvey",
    "InterestSurveyQuerySet",
    "InterestTopic",
    "InterestWish",
    "Interview",
    "InterviewSlot",
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
    "SpaceAdviser",
    "Story",
    "StoryQuerySet",
    "Vacancy",
    "VacancyFeed",
    "VacancyLikeness",
    "VacancyQuerySet",
    "VacancySource",
]
