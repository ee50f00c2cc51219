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


class LightColour(models.TextChoices):
    """Computed from what happened, never chosen. Each has its word and its reason: colour alone says nothing."""

    GREEN = "green", pgettext_lazy("light", "On course")
    CAUGHT_UP = "caught_up", pgettext_lazy("light", "Caught up late")
    AMBER = "amber", pgettext_lazy("light", "To be watched")
    RED = "red", pgettext_lazy("light", "Behind")
    GREY = "grey", pgettext_lazy("light", "Cannot be told")


class GaugeShape(models.TextChoices):
    """How a line of work is judged: by the shape of what it is to bring about."""

    GROWING = "growing", pgettext_lazy("gauge", "A count that grows")
    RATIO = "ratio", pgettext_lazy("gauge", "A percentage")
    DELIVERABLE = "deliverable", pgettext_lazy("gauge", "Something that is to be there")
    CALENDAR = "calendar", pgettext_lazy("gauge", "Days that were planned")


class Rhythm(models.TextChoices):
    """How often a number is looked at, and reported where the system cannot know it."""

    WEEK = "week", pgettext_lazy("rhythm", "Every week")
    MONTH = "month", pgettext_lazy("rhythm", "Every month")
