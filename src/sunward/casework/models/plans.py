"""What a file is working towards: the care plan, its goals and small wishes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import GoalKind, GoalState
from sunward.casework.models.cases import Case, Need
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned


@classified(internal="id uid version case drawn_up_on drawn_up_by_id review_on closed_on", sealed="agreement")
class CarePlan(Keyed, Versioned):
    """What was agreed with the family, and when it is looked at again: one open plan to a file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="care_plans")
    drawn_up_on = models.DateField()
    drawn_up_by_id = models.BigIntegerField(default=0)
    review_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    agreement = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_on=None),
                name="one_open_care_plan_per_case",
                violation_error_message=_("This file has a care plan already."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=models.F("drawn_up_on")),
                name="care_plan_reviewed_afterwards",
                violation_error_message=_("The plan is looked at again after it was drawn up."),
            ),
        ]
        indexes = [models.Index(fields=["review_on"], condition=Q(closed_on=None), name="care_plan_review")]


@classified(
    internal="id uid version case plan need kind service_kind from_on due_on state settled_on settled_by_id"
    " created_by_id released_on released_by_id",
    sealed="words result wall_words granted_by",
)
class Goal(Keyed, Versioned):
    """Something to be reached for this person by a day. A small wish is a goal that needs no plan around it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    plan = models.ForeignKey(CarePlan, null=True, blank=True, on_delete=models.PROTECT, related_name="goals")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.SET_NULL, related_name="goals")
    kind = models.CharField(max_length=10, choices=GoalKind.choices, default=GoalKind.GOAL)
    # By which kind of service it is to be reached, in the words of `ServiceKind`.
    service_kind = models.CharField(max_length=20, blank=True)
    words = SealedTextField()
    from_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    settled_by_id = models.BigIntegerField(default=0)
    result = SealedTextField(blank=True)
    created_by_id = models.BigIntegerField(default=0)
    # A wish is seen on the wall from its release on, in words that say nothing of who it is.
    released_on = models.DateField(null=True, blank=True)
    released_by_id = models.BigIntegerField(default=0)
    wall_words = SealedTextField(blank=True)
    granted_by = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_on=None) | Q(kind="wish"),
                name="only_wishes_are_released",
                violation_error_message=_("Only a small wish is shown on the wall."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None) | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="goal_settled_exactly_with_a_day",
                violation_error_message=_("A goal that is settled needs the day on which it was."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state", "due_on"], name="goal_by_case"),
            # The few open wishes among all goals: the wall, and what waits for release.
            models.Index(fields=["released_on"], condition=Q(kind="wish", state="open"), name="wish_open"),
        ]
