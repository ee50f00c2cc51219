"""A line of work: one unit that leads, those that join with parts of their own, what it waits for and how it goes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.blueprint.enums import Comparison
from sunward.blueprint.models.meetings import Decision, MeetingQuestion
from sunward.blueprint.models.plans import DeliveryPlan, PlanGoal
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed, Versioned


@classified(
    internal="id uid version plan goal question decision number text lead unit_path officer due_on review_on"
    " target_text target_number target_unit target_comparison made_at",
    personal="officer_written",
)
class WorkItem(Keyed, Versioned):
    """`lead` is the one unit that leads: one column, never empty, and changed by a decision alone (`LeadChange`).

    Either `due_on`, or `review_on` for what has no end. `officer` answers for it at the lead unit; until that person
    has an account, `officer_written` is the name that the paper has.
    """

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="items", db_index=False)
    goal = models.ForeignKey(PlanGoal, on_delete=models.PROTECT, related_name="items")
    question = models.ForeignKey(MeetingQuestion, on_delete=models.PROTECT, related_name="items")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)  # of the lead
    officer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    officer_written = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    target_text = models.CharField(max_length=200, blank=True)
    target_number = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField(max_length=20, blank=True)
    target_comparison = models.CharField(max_length=10, choices=Comparison.choices, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="work_numbered_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, review_on=None) | Q(due_on=None, review_on__isnull=False),
                name="work_has_an_end_or_a_review",
                violation_error_message=_("Set the deadline, or for what has no end the day of its next review."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


@classified(internal="id item unit unit_path text due_on")
class JointPart(models.Model):
    """The part of a unit that joins. A unit may have two once units were merged, so once is the act's to see to."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    text = models.CharField(_("own part"), max_length=400, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)


@classified(internal="id item from_unit to_unit decision reason changed_on recorded_at recorded_by_id")
class LeadChange(AppendOnly):
    """Another unit leads from this day on, by a decision."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="lead_changes")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lead_changes")
    reason = models.CharField(max_length=400)
    changed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="lead_changed_to_another"),
        ]


@classified(internal="id uid item number text due_on reached_on evidence reached_by_id")
class Milestone(Keyed):
    """A step by a day; reached with evidence."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="milestones", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=400, blank=True)
    reached_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="milestone_numbered_once"),
            models.CheckConstraint(
                condition=Q(reached_on=None, evidence="") | (Q(reached_on__isnull=False) & ~Q(evidence="")),
                name="milestone_reached_with_evidence",
                violation_error_message=_("A milestone is reached on a day, and something shows it."),
            ),
        ]


@classified(internal="id item needs")
class Dependency(models.Model):
    """`item` cannot be done before `needs` is; never in a circle."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="dependencies", db_index=False)
    needs = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "needs"], name="dependency_once"),
            models.CheckConstraint(
                condition=~Q(item=F("needs")),
                name="dependency_on_another",
                violation_error_message=_("A line of work does not wait for itself."),
            ),
        ]


@classified(internal="id item on value assumption is_fixed")
class Checkpoint(models.Model):
    """A point of the line that the number is to follow: the first is the start, the last the end.

    `is_fixed`: laid out by nobody; what was expected on the day on which later points were changed.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="checkpoints", db_index=False)
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    assumption = models.CharField(_("assumption"), max_length=200, blank=True)
    is_fixed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "on"], name="checkpoint_once_a_day")]
