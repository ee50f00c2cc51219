"""One file per person: the case, its needs, its risk, its plan, what was done and what is due."""

from sunward.casework.models.broken_glass import BrokenGlass, BrokenGlassQuerySet
from sunward.casework.models.cases import (
    CONTACT_DUE_ON,
    SILENCE_DAYS,
    Case,
    CaseQuerySet,
    FollowUp,
    Need,
    RiskAssessment,
    ServiceRecord,
    ServiceRecordQuerySet,
)
from sunward.casework.models.plans import CarePlan, Goal
from sunward.casework.models.resources import Referral, Resource, ResourceQuerySet
from sunward.casework.models.retention import Retention
from sunward.casework.models.silences import SilenceNotice

__all__ = [
    "CONTACT_DUE_ON",
    "SILENCE_DAYS",
    "BrokenGlass",
    "BrokenGlassQuerySet",
    "CarePlan",
    "Case",
    "CaseQuerySet",
    "FollowUp",
    "Goal",
    "Need",
    "Referral",
    "Resource",
    "ResourceQuerySet",
    "Retention",
    "RiskAssessment",
    "ServiceRecord",
    "ServiceRecordQuerySet",
    "SilenceNotice",
]
