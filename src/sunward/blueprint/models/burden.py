"""How much typing a plan may cost a unit in a month."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.blueprint.models.plans import DeliveryPlan
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed


@classified(internal="id uid plan minutes reason set_on recorded_at recorded_by_id")
class BurdenBudget(Keyed, AppendOnly):
    """From this day on, for each unit alike; what held before stays to be read, and earlier months keep theirs."""

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="budgets")
    minutes = models.PositiveSmallIntegerField(_("minutes a month"))
    reason = models.CharField(_("reason"), max_length=200)
    set_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=2400),
                name="budget_of_a_month_of_work_at_most",
                violation_error_message=_("From 1 to 2,400 minutes: a week of work is the most."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="budget_has_a_reason", violation_error_message=_("Say why.")
            ),
        ]
