"""For whom a drawing of lists found nothing."""

from django.db import models

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.employment.models.recommendations import ShortlistRun


@classified(internal="id run case", personal="prospects")
class EmptyList(models.Model):
    """A jobseeker whom a drawing had nothing for; `prospects`: what closed the doors and what would open some.

    Rows of their own, not words in the run: they belong to the person's file, move with it and are emptied with it.
    """

    run = models.ForeignKey(ShortlistRun, on_delete=models.CASCADE, related_name="empty_lists", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="empty_lists")
    prospects = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="one_empty_list_in_a_drawing")]
