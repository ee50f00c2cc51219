from django.db import models
from django.utils.translation import gettext_lazy as _


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
    OTHER = "other", _("Something else")


class CloseReason(models.TextChoices):
    HELPED = "helped", _("Help no longer needed")
    ADULT = "adult", _("Grown up and out of school")
    MOVED = "moved", _("Moved to another district")
    DECLINED = "declined", _("The family does not wish it any more")
    MISTAKE = "mistake", _("Opened by mistake")
    DIED = "died", _("Died")
    OTHER = "other", _("Other")
