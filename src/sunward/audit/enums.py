from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditKind(models.TextChoices):
    ACT = "act", _("Act")
    LOOK = "look", _("Look")
