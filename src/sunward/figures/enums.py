from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CountingUnit(models.TextChoices):
    """What is counted once, however many facts tell of it."""

    FACT = "fact", pgettext_lazy("counting unit", "each time")
    PERSON = "person", pgettext_lazy("counting unit", "persons, each once")
    SUBJECT = "subject", pgettext_lazy("counting unit", "things, each once")
    UNIT = "unit", pgettext_lazy("counting unit", "units, each once")
    QUANTITY = "quantity", pgettext_lazy("counting unit", "the amounts together")
    HOURS = "hours", pgettext_lazy("counting unit", "the hours together")


class Protection(models.TextChoices):
    """How carefully a figure is kept once it leaves those who keep the files; by what is counted, not by who asks."""

    OPEN = "open", _("Nothing about persons: needs no protection")
    PERSONS = "persons", _("Persons: small numbers are protected")
    SENSITIVE = "sensitive", _("Children, hardship, health: small numbers are protected more strictly")


class Across(models.TextChoices):
    """Over what a figure may be added up. Where it may not, the total is counted anew."""

    MONTHS = "months", pgettext_lazy("added over", "months")
    UNITS = "units", pgettext_lazy("added over", "units")


class BulletinState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("bulletin", "draft")
    PUBLISHED = "published", pgettext_lazy("bulletin", "published")
