"""A file opened by somebody whose file it is not: with a reason, a notice and an end."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from sunward.accounts.models import User
from sunward.casework.enums import GlassReason
from sunward.casework.models.cases import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed


class BrokenGlassQuerySet(models.QuerySet["BrokenGlass"]):
    def open(self, *, now: datetime) -> "BrokenGlassQuerySet":
        return self.filter(opened_at__lte=now, until_at__gt=now, ended_at=None)


@classified(
    internal="id uid case user reason opened_at until_at ended_at unit_path reviewed_by_id reviewed_at is_justified",
    sealed="words",
)
class BrokenGlass(Keyed):
    """Reading, never writing, until `until_at`; whoever answers for the file hears of it at once and says afterwards
    whether it was right.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="broken_glass")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=GlassReason.choices)
    words = SealedTextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    unit_path = models.CharField(max_length=80, db_index=True)
    reviewed_by_id = models.BigIntegerField(default=0)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    is_justified = models.BooleanField(null=True)

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "until_at"], name="glass_by_user"),
            models.Index(fields=["unit_path"], condition=Q(reviewed_at=None), name="glass_unreviewed"),
        ]
