"""Everything that Neighbour Mom keeps, by what it is about."""

from sunward.mentoring.models.children import ChildProfile
from sunward.mentoring.models.matches import Match, MatchQuerySet, MatchStep
from sunward.mentoring.models.mentors import Mentor, VettingFact, VettingQuerySet
from sunward.mentoring.models.visits import Visit, VisitDraft

__all__ = [
    "ChildProfile",
    "Match",
    "MatchQuerySet",
    "MatchStep",
    "Mentor",
    "VettingFact",
    "VettingQuerySet",
    "Visit",
    "VisitDraft",
]
