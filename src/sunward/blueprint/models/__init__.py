"""Meetings and what was decided; plans and the work that came of it."""

from sunward.blueprint.models.burden import BurdenBudget
from sunward.blueprint.models.following import Chase, Gauge, Lesson, LightReading, WorkStep
from sunward.blueprint.models.lines import PaperLine
from sunward.blueprint.models.meetings import Decision, Meeting, MeetingProposal, MeetingQuestion, Speaker
from sunward.blueprint.models.plans import DeliveryPlan, PlanGoal
from sunward.blueprint.models.results import (
    CertifiedGrade,
    DistrictEnterprise,
    ResearchResult,
    ResultLink,
    ResultStep,
)
from sunward.blueprint.models.stocktakes import StocktakeAgenda
from sunward.blueprint.models.work import Checkpoint, Dependency, JointPart, LeadChange, Milestone, WorkItem

__all__ = [
    "BurdenBudget",
    "CertifiedGrade",
    "Chase",
    "Checkpoint",
    "Decision",
    "DeliveryPlan",
    "Dependency",
    "DistrictEnterprise",
    "Gauge",
    "JointPart",
    "LeadChange",
    "Lesson",
    "LightReading",
    "Meeting",
    "MeetingProposal",
    "MeetingQuestion",
    "Milestone",
    "PaperLine",
    "PlanGoal",
    "ResearchResult",
    "ResultLink",
    "ResultStep",
    "Speaker",
    "StocktakeAgenda",
    "WorkItem",
    "WorkStep",
]
