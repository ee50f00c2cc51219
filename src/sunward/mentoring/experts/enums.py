"""Words of the expert team. Values are stable codes; labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpertField(models.TextChoices):
    FAMILY_EDUCATION = "family_education", _("Family education")
    DEVELOPMENT = "development", _("Developmental psychology")
    SOCIAL_WORK = "social_work", _("Child social work")
    LAW = "law", _("Law")
    HEALTH = "health", _("Health")


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Waiting for an expert")
    TAKEN = "taken", _("An expert is on it")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("question", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("question", "Taken back")


# Nobody says anything more under such a question.
OVER_STATES = (QuestionState.CLOSED, QuestionState.WITHDRAWN)


class MaterialKind(models.TextChoices):
    ARTICLE = "article", _("To read")
    LINK = "link", _("Elsewhere")
    QUESTION = "question", _("A question and its answer")


class NoteState(models.TextChoices):
    """A note of experience is read by an officer before others read it."""

    WRITTEN = "written", _("Waiting to be read")
    PUBLISHED = "published", _("For all to read")
    RETURNED = "returned", _("Given back")
    WITHDRAWN = "withdrawn", pgettext_lazy("note", "Taken back")
