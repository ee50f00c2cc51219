"""A worry about a child, a mandatory report, an emergency with its clock, and temporary care.

Notices carry a reference and never the child's details; whoever may read more opens the page through its gate.
"""

from sunward.safeguarding.models.emergencies import Emergency, EmergencyStep, TemporaryCare
from sunward.safeguarding.models.reports import MandatoryReport
from sunward.safeguarding.models.worries import Hint, ReportingLink, Worry, WorryQuerySet, WorryStep

__all__ = [
    "Emergency",
    "EmergencyStep",
    "Hint",
    "MandatoryReport",
    "ReportingLink",
    "TemporaryCare",
    "Worry",
    "WorryQuerySet",
    "WorryStep",
]
