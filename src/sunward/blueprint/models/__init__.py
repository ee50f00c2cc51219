"""Meetings and what was decided; plans and the work that came of it."""

from sunward.blueprint.models.lines import PaperLine
from sunward.blueprint.models.meetings import Decision, Meeting, MeetingProposal, MeetingQuestion, Speaker
from sunward.blueprint.models.plans import DeliveryPlan, PlanGoal
from sunward.blueprint.models.work import Checkpoint, Dependency, JointPart, LeadChange, Milestone, WorkItem

__all__ = [
    "Checkpoint",
    "Decision",
    "DeliveryPlan",
    "Dependency",
    "JointPart",
    "LeadChange",
    "Meeting",
    "MeetingProposal",
    "MeetingQuestion",
    "Milestone",
    "PaperLine",
    "PlanGoal",
    "Speaker",
    "WorkItem",
]
