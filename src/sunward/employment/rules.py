"""What Leye Space asks of everyone."""

from collections.abc import Mapping

from sunward.accounts.enums import Role
from sunward.casework.enums import ServiceKind
from sunward.employment.enums import JobseekerCloseReason, NextStep

# Who keeps the jobseekers' files, in her unit and below it. Whoever works with children keeps none of them.
FILE_ROLES = (Role.EMPLOYMENT_OFFICER,)
# What is written on a jobseeker's file in the words of this programme.
FOLLOW_UP_KINDS = NextStep
CLOSE_REASONS = JobseekerCloseReason
# What nobody chooses from a list: the system writes it.
BY_ITSELF = (NextStep.ASKED, NextStep.CORRECTION, NextStep.PLAN_REVIEW)

# What an officer writes down in one form; career guidance has one of its own, and so has the survey call.
SERVICE_KINDS = (
    ServiceKind.POLICY_BRIEFING, ServiceKind.TRAINING_OFFER, ServiceKind.PHONE_CALL, ServiceKind.HOME_VISIT,
    ServiceKind.COUNSELLING, ServiceKind.RESOURCE_LINKING,
)  # fmt: skip
# By which of them a goal of an action plan is reached.
GOAL_KINDS = (ServiceKind.CAREER_GUIDANCE, *SERVICE_KINDS)
PLAN_REVIEW_DAYS = 90

# Posts that somebody may wish for, and how long each may be.
MOST_WISHES, LONGEST_WISH = 8, 60
# After which services the person is asked how content they were, and for how long.
FEEDBACK_KINDS = (
    ServiceKind.POLICY_BRIEFING, ServiceKind.CAREER_GUIDANCE, ServiceKind.TRAINING_OFFER, ServiceKind.COUNSELLING,
)  # fmt: skip
FEEDBACK_DAYS = 60

# On the own page: appointments ahead at once, and changes to them within seven days.
OWN_APPOINTMENTS_AHEAD, OWN_CHANGES_A_WEEK = 2, 6

# Years for which a closed file is kept, by why it was closed: records of the service for two years at least (Interim
# Regulations on the Human Resources Market, art. 33), and no longer than the purpose needs (Personal Information
# Protection Law, art. 19). What was opened by mistake is no service. The words of an employer and whom to call there
# are kept as long after the last day on which anybody needed them. The district's setting.
RETENTION_YEARS = 2
RETENTION_YEARS_BY_REASON: Mapping[str, int] = {JobseekerCloseReason.MISTAKE: 1}
