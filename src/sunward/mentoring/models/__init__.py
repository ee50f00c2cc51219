"""Everything that Neighbour Mom keeps, by what it is about."""

from sunward.mentoring.models.adults import SchoolKeeping
from sunward.mentoring.models.children import ChildProfile
from sunward.mentoring.models.experts import (
    ExperienceNote,
    Expert,
    Learning,
    Material,
    MaterialConsent,
    Question,
    QuestionWord,
)
from sunward.mentoring.models.families import FamilyLink, FamilyRefusal, FamilyWord
from sunward.mentoring.models.matches import Match, MatchQuerySet, MatchStep
from sunward.mentoring.models.mentors import Mentor, MentorApplication, ServiceCertificate, VettingFact, VettingQuerySet
from sunward.mentoring.models.tutoring import Tutoring, TutoringQuerySet, TutoringSession, TutoringStep
from sunward.mentoring.models.visits import SafeReturn, Visit, VisitAnswer, VisitDraft

__all__ = [
    "ChildProfile",
    "ExperienceNote",
    "Expert",
    "FamilyLink",
    "FamilyRefusal",
    "FamilyWord",
    "Learning",
    "Match",
    "MatchQuerySet",
    "MatchStep",
    "Material",
    "MaterialConsent",
    "Mentor",
    "MentorApplication",
    "Question",
    "QuestionWord",
    "SafeReturn",
    "SchoolKeeping",
    "ServiceCertificate",
    "Tutoring",
    "TutoringQuerySet",
    "TutoringSession",
    "TutoringStep",
    "VettingFact",
    "VettingQuerySet",
    "Visit",
    "VisitAnswer",
    "VisitDraft",
]
