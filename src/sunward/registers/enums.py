from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    STAGING = "staging", _("Reading")
    STAGED = "staged", _("Ready to check")
    COMMITTING = "committing", _("Being taken over")
    COMMITTED = "committed", _("Taken over")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Could not be read")


class Outcome(models.TextChoices):
    """What becomes of a row; the values are those of the rosters."""

    ACCEPTED = "accepted", _("Accepted")
    WARNED = "accepted_with_warning", _("Accepted with a warning")
    REJECTED = "rejected", _("Needs repair")
    DUPLICATE = "duplicate_of", _("Already there")


class RowState(models.TextChoices):
    STAGED = "staged", _("Not yet taken over")
    SKIPPED = "skipped", _("Left out")
    COMMITTED = "committed", _("Taken over")
    UNDONE = "undone", _("Undone")
