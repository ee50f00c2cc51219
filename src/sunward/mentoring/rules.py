"""What Neighbour Mom asks of everyone: rhythms, limits, and what a mentor may choose when she writes a visit."""

from collections.abc import Mapping

from sunward.casework.enums import RiskLevel, ServiceKind
from sunward.mentoring.enums import VisitTopic

# Days from one visit to the next by the child's risk level: well inside the days of silence (7, 30, 90), so that
# a visit falls due before the file falls silent.
VISIT_EVERY_DAYS: Mapping[int, int] = {RiskLevel.HIGH: 5, RiskLevel.MEDIUM: 14, RiskLevel.LOW: 30}

MENTOR_SERVICE_KINDS = (
    ServiceKind.HOME_VISIT,
    ServiceKind.COMPANIONSHIP,
    ServiceKind.PHONE_CALL,
    ServiceKind.TUTORING,
)
VISIT_TOPICS = tuple(VisitTopic)
MINUTES_STEP = 15
MINUTES_AT_MOST = 600
MINUTES_AT_FIRST = 60
NOTE_LENGTH = 2000
CORRECTION_HOURS = 24
DRAFT_DAYS = 14
# How far ahead a next visit may be agreed, counted from the visit itself: words written without network arrive late.
NEXT_VISIT_DAYS_AT_MOST = 92
NEED_NOTICED_DAYS = 7

TRIAL_DAYS = 30
TRIAL_DAYS_AT_MOST = 183
MEETING_DAYS_AHEAD = 60
HANDOVER_DAYS = 14
HANDOVER_DAYS_AT_MOST = 60

# Before a trial ends the three are asked; after a planned end they say goodbye within this time.
TRIAL_TALK_DAYS = 5
FAREWELL_DAYS = 7
CLOSING_TALK_DAYS = 3
VETTING_DECISION_DAYS = 7
OTHER_ADULT_DAYS = 3

# What was declined or withdrawn is forgotten after so many days: long enough to answer a question about it.
APPLICATION_DAYS = 90
MOTIVE_LENGTH = 500
