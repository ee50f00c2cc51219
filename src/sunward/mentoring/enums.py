"""Words of Neighbour Mom. Values are stable codes; labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MentorKind(models.TextChoices):
    MOTHER = "mother", _("Neighbour mom")
    STUDENT = "student", _("University student")
    EXPERT = "expert", _("Expert")


class MentorState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    ACTIVE = "active", _("Active")
    RESTING = "resting", _("Resting")
    LEFT = "left", _("Has left")


class VettingKind(models.TextChoices):
    IDENTITY = "identity", _("Identity")
    BACKGROUND_CHECK = "background_check", _("Background check")
    INTERVIEW = "interview", _("Interview")
    TRAINING = "training", _("Training")


class VettingResult(models.TextChoices):
    """The state only; what a record says is never stored (Minors Protection Law, art. 62)."""

    CLEAR = "clear", _("Clear")
    PENDING = "pending", _("Under way")
    UNFIT = "unfit", _("Unfit")


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    TRIAL = "trial", _("Trial")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    HANDOVER = "handover", _("Handover")
    CLOSED = "closed", _("Closed")


# States in which a match takes one of the mentor's places.
LIVE_STATES = (MatchState.PROPOSED, MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.HANDOVER)
# States in which the mentor may read the child's page, and in which she may write visits.
READING_STATES = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER)
WRITING_STATES = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER)

# From which state to which; anything else is refused.
TRANSITIONS: dict[MatchState, tuple[MatchState, ...]] = {
    MatchState.PROPOSED: (MatchState.TRIAL, MatchState.CLOSED),
    MatchState.TRIAL: (MatchState.ACTIVE, MatchState.PAUSED, MatchState.CLOSED),
    MatchState.ACTIVE: (MatchState.PAUSED, MatchState.HANDOVER, MatchState.CLOSED),
    MatchState.PAUSED: (MatchState.TRIAL, MatchState.ACTIVE, MatchState.HANDOVER, MatchState.CLOSED),
    MatchState.HANDOVER: (MatchState.CLOSED,),
    MatchState.CLOSED: (),
}


class GuardianshipState(models.TextChoices):
    """State of guardianship (Shanghai Minors Protection Regulations, art. 75, and the forms in use)."""

    NORMAL = "normal", _("Normal guardianship")
    UNABLE = "unable", _("Guardian unable")
    ABSENT = "absent", _("Absent guardianship")
    IMPROPER = "improper", _("Improper guardianship")
    GRANDPARENTS = "grandparents", _("Care by grandparents")
    DELEGATED = "delegated", _("Delegated care")
    OTHER = "other", _("Other")


class Hardship(models.TextChoices):
    ORPHAN = "orphan", _("Orphan")
    DE_FACTO_ORPHAN = "de_facto_orphan", _("De facto orphan")
    GUARDIANSHIP = "guardianship", _("Absent or improper guardianship")
    DISABILITY = "disability", _("Child with a disability")
    ILLNESS = "illness", _("Seriously ill child")
    POVERTY = "poverty", _("Family in financial hardship")
    MIGRANT = "migrant", _("Migrant child")
    LEFT_BEHIND = "left_behind", _("Left-behind child")
    OTHER = "other", _("Other")


class NeedKind(models.TextChoices):
    COMPANIONSHIP = "companionship", _("Companionship")
    TUTORING = "tutoring", _("Help with school work")
    COUNSELLING = "counselling", _("Counselling")
    DAILY_CARE = "daily_care", _("Daily care")
    HEALTH = "health", _("Health")
    FINANCIAL_AID = "financial_aid", _("Financial aid")
    FAMILY_EDUCATION = "family_education", _("Family-education guidance")
    INTERESTS = "interests", _("Hobbies and interests")
    CAREER_PLANNING = "career_planning", _("Plans for later")
    LEGAL_AID = "legal_aid", _("Legal aid")
    SAFETY_EDUCATION = "safety_education", _("Safety education")
    OTHER = "other", _("Other")
