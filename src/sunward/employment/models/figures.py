"""What the night has counted, for pages that nobody could wait for."""

from django.db import models

from sunward.accounts.models import Unit
from sunward.core.classification import classified


@classified(internal="id unit counted_on counted_at figures")
class HelpFigures(models.Model):
    """Who needs help in a unit and all below it, as `queries.help_counts` counted it; one row for each large unit."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    counted_on = models.DateField()
    counted_at = models.DateTimeField()
    figures = models.JSONField()
