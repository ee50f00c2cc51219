from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """From approval on nothing that was decided is changed: another decision is."""

    DRAFT = "draft", _("In preparation")
    APPROVED = "approved", _("Approved")


class Answer(models.TextChoices):
    """What became of a proposal; each of them with a reason."""

    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    MERGED = "merged", pgettext_lazy("proposal", "Merged with another")
    PARKED = "parked", pgettext_lazy("proposal", "Put off")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")


class LineState(models.TextChoices):
    """A line of a paper, before it becomes work."""

    OPEN = "open", _("To be looked at")
    CONFIRMED = "confirmed", pgettext_lazy("line of work", "Confirmed")
    LEFT_OUT = "left_out", pgettext_lazy("line of work", "Left out")


class Comparison(models.TextChoices):
    """How a number is meant."""

    EXACTLY = "", _("The number itself")
    AT_LEAST = "at_least", _("At least")
    AT_MOST = "at_most", _("At most")


class Standing(models.TextChoices):
    """How a line stands by its own days alone; what was reported of it is the light's to say."""

    LATE = "late", pgettext_lazy("line of work", "Deadline passed")
    REVIEW = "review", pgettext_lazy("line of work", "Review is due")
    BEHIND = "behind", pgettext_lazy("line of work", "Milestone overdue")
    SOON = "soon", pgettext_lazy("line of work", "Due within 30 days")
    AHEAD = "ahead", pgettext_lazy("line of work", "Not due yet")
    REACHED = "reached", pgettext_lazy("line of work", "All milestones reached")
