"""Append-only facts: what happened, to whom, under which unit, on which day, and since when we know it."""

from decimal import Decimal

from django.db import models

from sunward.accounts.models import Unit
from sunward.core.classification import classified
from sunward.core.models import AppendOnly


@classified(
    internal="id kind subject_kind subject_id person_id actor_id unit unit_path happened_on recorded_at quantity"
    " attributes corrects is_withdrawal"
)
class Fact(AppendOnly):
    """One countable thing that happened. Never edited: a correction is a new row that points to the old one.

    `attributes` holds codes and numbers only; `quantity` is in the unit that the kind declares.
    """

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True, blank=True)
    actor_id = models.BigIntegerField(default=0)
    # Counting looks up the path, never the unit.
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    quantity = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(1))
    attributes = models.JSONField(default=dict, blank=True)
    # Hardly any fact corrects another: the index below holds those alone.
    corrects = models.ForeignKey(
        "self", null=True, blank=True, db_index=False, on_delete=models.PROTECT, related_name="corrections"
    )
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # All that counting a kind by unit needs, so that a month of a million facts is read from the index alone.
            models.Index(
                fields=["kind", "happened_on", "unit_path", "id"],
                condition=models.Q(is_withdrawal=False),
                name="fact_to_count",
            ),
            models.Index(fields=["corrects"], condition=models.Q(corrects__isnull=False), name="fact_that_corrects"),
            models.Index(fields=["subject_kind", "subject_id", "-happened_on"], name="fact_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"
