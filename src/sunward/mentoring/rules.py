"""What Neighbour Mom asks of everyone: rhythms, limits, and what a mentor may choose when she writes a visit."""

from collections.abc import Mapping

from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.enums import CloseReason, RiskLevel, ServiceKind
from sunward.mentoring.enums import VisitTopic

# Who keeps the children's files, in her unit and below it.
FILE_ROLES = CASEWORK_ROLES
KNOWS_FAMILIES = True

# Days from one visit to the next by the child's risk level: well inside the days of silence (7, 30, 90), so that
# a visit falls due before the file falls silent.
VISIT_EVERY_DAYS: Mapping[int, int] = {RiskLevel.HIGH: 5, RiskLevel.MEDIUM: 14, RiskLevel.LOW: 30}

# From this birthday on the child consents itself (Personal Information Protection Law, art. 31).
AGE_OF_CONSENT = 14

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
ANSWER_LENGTH = 1000
# What nobody has read is offered for so long; after that it is read with the file.
UNREAD_DAYS = 60
# How long a phone may know a mentor's children by a sign without having asked the server again.
OFFLINE_HOURS = 12

# On her way to a home: how long she may choose, and how long after that the committee waits before it is told, and
# then whoever stands above it.
WAY_MINUTES = (60, 90, 120, 180)
WAY_MINUTES_AT_FIRST = 90
WAY_GRACE_MINUTES = 30
WAY_CLIMB_MINUTES = 30

TRIAL_DAYS = 30
TRIAL_DAYS_AT_MOST = 183
MEETING_DAYS_AHEAD = 60
HANDOVER_DAYS = 14
HANDOVER_DAYS_AT_MOST = 60

# The families' page: how long its card is good, how often the question behind it may be answered wrongly, how long one
# answer holds, how long a withdrawal can be taken back, and how much somebody may say in a day.
FAMILY_LINK_DAYS = 180
FAMILY_TRIES = 5
FAMILY_PASS_MINUTES = 20
FAMILY_UNDO_MINUTES = 10
FAMILY_WORDS_LENGTH = 500
FAMILY_WORDS_A_DAY = 10

# Before a trial ends the three are asked; after a planned end they say goodbye within this time.
TRIAL_TALK_DAYS = 5
FAREWELL_DAYS = 7
CLOSING_TALK_DAYS = 3
VETTING_DECISION_DAYS = 7
OTHER_ADULT_DAYS = 3

# What was declined or withdrawn is forgotten after so many days: long enough to answer a question about it.
APPLICATION_DAYS = 90
MOTIVE_LENGTH = 500

# Years for which a closed file is kept, by why it was closed: the shortest that its purpose needs (Personal Information
# Protection Law, art. 19). Records of how data was handled are to be kept three years (art. 56); what was opened by
# mistake has no purpose at all. The district's setting.
RETENTION_YEARS = 3
RETENTION_YEARS_BY_REASON: Mapping[str, int] = {CloseReason.MISTAKE: 1}

# A request to correct something is answered within so many days.
CORRECTION_DAYS = 15

# A care plan is looked at again after a quarter, unless another day is agreed.
PLAN_REVIEW_DAYS = 90
