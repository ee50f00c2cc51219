"""What lay on the table of a stocktake (推进会)."""

from django.db import models

from sunward.blueprint.models.meetings import Meeting
from sunward.core.classification import classified
from sunward.core.models import AppendOnly


@classified(internal="id meeting on since promises lines recorded_at recorded_by_id")
class StocktakeAgenda(AppendOnly):
    """The agenda as those saw it who met (`on`), written when the stocktake was approved: codes and days, from which
    the page makes its sentences (`queries.stocktake`). Numbers of figures about persons are not in it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="agenda")
    on = models.DateField()
    since = models.DateField()
    promises = models.JSONField()
    lines = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)
