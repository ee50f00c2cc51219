"""What the nightly job has counted: of each count by month and unit, what it was as known at the end of each day."""

from decimal import Decimal

from django.db import models

from sunward.core.classification import classified


@classified(internal="id fingerprint facts_until built_at")
class RolledCount(models.Model):
    """One count that is kept, and the last fact that it knows. Facts with a higher number are looked at when asked."""

    fingerprint = models.CharField(max_length=16, unique=True)
    facts_until = models.BigIntegerField()
    built_at = models.DateTimeField()


@classified(internal="id count month path known_on next_on value base")
class RolledStep(models.Model):
    """What a count was in a month, at and below a path, as known from the end of `known_on` until before `next_on`.

    Rows follow from facts alone: they are written anew when a fact of their month comes in, and may be lost at any
    time. Where there is none nothing was known.
    """

    count = models.ForeignKey(RolledCount, on_delete=models.CASCADE, related_name="steps", db_index=False)
    month = models.DateField()
    path = models.CharField(max_length=80)
    known_on = models.DateField()
    next_on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    base = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            # Everything a reader asks for stands in the index.
            models.Index(
                fields=["count", "month", "path", "known_on", "next_on", "value", "base"], name="rolled_step_to_read"
            ),
            models.Index(
                fields=["count", "month", "path", "value", "base"],
                condition=models.Q(next_on=None),
                name="rolled_step_of_now",
            ),
        ]
