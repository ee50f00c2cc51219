from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", pgettext_lazy("a matching", "Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ProposalState(models.TextChoices):
    OPEN = "open", _("To decide")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    REPLACED = "replaced", _("Another was chosen")
