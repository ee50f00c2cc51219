"""What Leye Space asks of everyone."""

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
