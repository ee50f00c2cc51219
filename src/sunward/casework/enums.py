from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RiskLevel(models.IntegerChoices):
    """The greater, the sooner. There is no national scale; thresholds are the district's (domain facts A5)."""

    LOW = 1, _("Low risk")
    MEDIUM = 2, _("Medium risk")
    HIGH = 3, _("High risk")


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AssessmentState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    IN_FORCE = "in_force", _("In force")
    DECLINED = "declined", _("Declined")


class ContactOutcome(models.TextChoices):
    """Only a contact that was made ends a silence."""

    MADE = "made", _("Made")
    ATTEMPTED = "attempted", _("Attempted")


class ServiceKind(models.TextChoices):
    HOME_VISIT = "home_visit", _("Home visit")
    COMPANIONSHIP = "companionship", _("Companionship")
    PHONE_CALL = "phone_call", _("Phone call")
    COUNSELLING = "counselling", _("Counselling")
    FAMILY_EDUCATION = "family_education", _("Family-education guidance")
    RESOURCE_LINKING = "resource_linking", _("Linking resources")
    TUTORING = "tutoring", _("Tutoring")
    # Of the employment service: each programme declares which kinds it gives.
    POLICY_BRIEFING = "policy_briefing", _("Policy briefing")
    CAREER_GUIDANCE = "career_guidance", _("Career guidance")
    TRAINING_OFFER = "training_offer", _("Training or traineeship offered")


class FollowUpState(models.TextChoices):
    DUE = "due", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class FollowUpKind(models.TextChoices):
    """What is to be done. A programme may write kinds of its own; the note then says what they are."""

    VISIT = "visit", _("Visit the child")
    CALL = "call", _("Call the family")
    ASSESSMENT = "assessment", _("Assess the risk again")
    PAPERS = "papers", _("Get papers in order")
    REFERRAL = "referral", _("Bring in another office")
    AFTER_CARE = "after_care", _("After-care: see how the child is doing")
    OTHER = "other", _("Something else")
    # Written by the system itself, as a consequence of a plan and of a referral.
    PLAN_REVIEW = "plan_review", _("Look at the care plan again")
    REFERRAL_ANSWER = "referral_answer", _("Ask whether the referral was taken up")


# What a person may put on the list by hand.
FOLLOW_UP_CHOICES = [
    kind for kind in FollowUpKind if kind not in (FollowUpKind.PLAN_REVIEW, FollowUpKind.REFERRAL_ANSWER)
]


class GoalKind(models.TextChoices):
    GOAL = "goal", _("Goal")
    WISH = "wish", _("Small wish")


class GoalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("goal", "Under way")
    REACHED = "reached", pgettext_lazy("goal", "Reached")
    DROPPED = "dropped", _("Given up")


class ReferralState(models.TextChoices):
    """A referral is carried to its end: sent is not helped."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined by them")
    HELPED = "helped", _("Helped")
    NOT_HELPED = "not_helped", _("Came to nothing")
    WITHDRAWN = "withdrawn", _("Taken back")


# From which state to which; anything else is refused.
REFERRAL_STEPS: dict[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.SENT: (ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.WITHDRAWN),
    ReferralState.ACCEPTED: (ReferralState.HELPED, ReferralState.NOT_HELPED, ReferralState.WITHDRAWN),
    ReferralState.DECLINED: (),
    ReferralState.HELPED: (),
    ReferralState.NOT_HELPED: (),
    ReferralState.WITHDRAWN: (),
}
OPEN_REFERRALS = (ReferralState.SENT, ReferralState.ACCEPTED)


class ResourceKind(models.TextChoices):
    COUNSELLING = "counselling", _("Counselling")
    FAMILY_EDUCATION = "family_education", _("Family education")
    STUDY = "study", _("Study help")
    HEALTH = "health", _("Health")
    FINANCIAL_AID = "financial_aid", _("Financial aid")
    LEGAL_AID = "legal_aid", _("Legal aid")
    CARE = "care", _("Day or temporary care")
    LEISURE = "leisure", _("Leisure and culture")
    GOODS = "goods", _("Goods and gifts")
    OTHER = "other", _("Other")


class GlassReason(models.TextChoices):
    """Why somebody opens a file that is not hers."""

    DANGER = "danger", _("A child may be in danger")
    ON_DUTY = "on_duty", _("I stand in for somebody who cannot be reached")
    FOUND = "found", _("I have found or met the child")
    OTHER = "other", _("Another urgent reason")


# Why a file is closed that became part of another one of the same person; a programme that joins files says so.
JOINED = "joined"


class CloseReason(models.TextChoices):
    HELPED = "helped", _("Help no longer needed")
    ADULT = "adult", _("Grown up and out of school")
    MOVED = "moved", _("Moved to another district")
    DECLINED = "declined", _("The family does not wish it any more")
    MISTAKE = "mistake", _("Opened by mistake")
    DIED = "died", _("Died")
    OTHER = "other", _("Other")


class KeepReason(models.TextChoices):
    """Why a closed file is kept longer than its time."""

    PROCEEDINGS = "proceedings", _("Needed in proceedings")
    BENEFITS = "benefits", _("Benefits still depend on it")
    WISH = "wish", _("The person asks for it")
    OTHER = "other", _("Another reason")
