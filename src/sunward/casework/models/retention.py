"""How long a closed file is kept, and that its person can no longer be known from it."""

from django.db import models

from sunward.casework.enums import KeepReason
from sunward.casework.models.cases import Case
from sunward.core.classification import classified


@classified(
    internal="id case due_on listed_on kept_until_on kept_because kept_by_id anonymised_on",
)
class Retention(models.Model):
    """Listed first, emptied later: nothing is anonymised that has not stood on a list for thirty days.

    `due_on` is the first day on which it is kept no longer; a person may set `kept_until_on` beyond it, with a reason.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="retention")
    due_on = models.DateField()
    listed_on = models.DateField()
    kept_until_on = models.DateField(null=True, blank=True)
    kept_because = models.CharField(max_length=12, choices=KeepReason.choices, blank=True)
    kept_by_id = models.BigIntegerField(default=0)
    anonymised_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], condition=models.Q(anonymised_on=None), name="retention_waiting"),
        ]
