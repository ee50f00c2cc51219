"""A plan (施工图) and its goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.blueprint.models.meetings import Meeting
from sunward.core.classification import classified
from sunward.core.models import Keyed, Versioned


@classified(internal="id uid version meeting unit unit_path title made_at made_by_id")
class DeliveryPlan(Keyed, Versioned):
    """What a meeting decided, as work to be done: one plan to a meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="plan")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    title = models.CharField(_("title"), max_length=120)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.title


@classified(internal="id plan number section text")
class PlanGoal(models.Model):
    """A goal of a plan (重点任务); `section` is the field it belongs to."""

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.CASCADE, related_name="goals", db_index=False)
    number = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="goal_numbered_once"),
            models.UniqueConstraint(fields=["plan", "section", "text"], name="goal_named_once"),
        ]

    def __str__(self) -> str:
        return self.text
