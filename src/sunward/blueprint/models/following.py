"""A line of work on its way: how it is measured, every step of it, whom it was chased from, what its light was, and
what was learned. All but the gauge is written once and never changed: a correction is a new row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.blueprint.enums import GaugeShape, LightColour, Rhythm, StepKind
from sunward.blueprint.models.work import WorkItem
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed

# What settles one row that waits; each is settled once.
SETTLING = ("answered", "extension_granted", "extension_declined", "returned", "accepted")


@classified(internal="item shape figure_code rhythm starts_on set_at set_by_id")
class Gauge(models.Model):
    """How a line is measured, where that is said; `queries.lights` knows what holds otherwise.

    `figure_code` names a figure that the platform counts itself: then nobody is asked for the number.
    """

    item = models.OneToOneField(WorkItem, on_delete=models.CASCADE, primary_key=True, related_name="gauge")
    shape = models.CharField(_("how it is judged"), max_length=12, choices=GaugeShape.choices)
    figure_code = models.CharField(_("figure"), max_length=60, blank=True)
    rhythm = models.CharField(_("looked at"), max_length=6, choices=Rhythm.choices, default=Rhythm.WEEK)
    starts_on = models.DateField(_("counted from"))
    set_at = models.DateTimeField()
    set_by_id = models.BigIntegerField(default=0)


@classified(internal="id officer chased_on at by_id")
class Chase(AppendOnly):
    """That an officer was written to: about however many lines, of whichever plans, once a day at most."""

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    chased_on = models.DateField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "chased_on"],
                name="officer_chased_once_a_day",
                violation_error_message=_("This officer has been written to today."),
            ),
        ]


@classified(
    internal="id uid item kind unit asked_unit text number day level about corrects is_withdrawal chase happened_on"
    " recorded_at recorded_by_id"
)
class WorkStep(Keyed, AppendOnly):
    """One step. `unit` acts; what the other columns hold depends on the kind:

    `day`: by when something is asked for, or the deadline that is wished or granted; `number`: what was reached by
    then, altogether; `asked_unit` must answer an obstacle; `about` is the row that this one settles or speaks of;
    `level` of a notice or of a confidence. `corrects`: the row that this one stands for, or takes back.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=12, blank=True)
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    is_withdrawal = models.BooleanField(default=False)
    chase = models.ForeignKey(
        Chase, null=True, blank=True, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(kind__in=SETTLING),
                name="step_settled_once",
                violation_error_message=_("Somebody else has just answered this."),
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(kind="accepted"), name="work_closed_once"),
            models.UniqueConstraint(fields=["corrects"], name="step_corrected_once"),
            models.UniqueConstraint(
                fields=["item", "level", "day"], condition=Q(kind="noticed"), name="notice_of_a_level_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(*SETTLING, "went_up", "thanked")) | Q(about__isnull=False),
                name="answer_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("claimed", "returned", "obstacle", "extension_asked")) | ~Q(text=""),
                name="step_says_why",
                violation_error_message=_("Say it in words: somebody else decides by them."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("issued", "obstacle", "went_up", "extension_asked", "extension_granted"))
                | Q(day__isnull=False),
                name="step_has_its_day",
                violation_error_message=_("Say by when."),
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(corrects__isnull=False), name="withdrawal_takes_something_back"
            ),
        ]
        indexes = [models.Index(fields=["item", "kind"], name="step_of_work")]


@classified(internal="id item on colour why told recorded_at")
class LightReading(AppendOnly):
    """What a line's light was on a day, with its reason: one row for each change, written at night, never repainted."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="light_readings", db_index=False)
    on = models.DateField()
    colour = models.CharField(max_length=10, choices=LightColour.choices)
    why = models.CharField(max_length=20)
    told = models.JSONField(default=list)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "on"], name="light_read_once_a_day")]


@classified(
    internal="id uid item unit thought happened kept happened_on recorded_at recorded_by_id", personal="learn_from"
)
class Lesson(Keyed, AppendOnly):
    """What a line taught (学以成事): what was thought, what happened, what to keep, and whom to learn from."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="lessons")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    thought = models.CharField(_("what we thought"), max_length=400)
    happened = models.CharField(_("what happened"), max_length=400)
    kept = models.CharField(_("what to keep"), max_length=400)
    learn_from = models.CharField(_("whom to learn from"), max_length=200, blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)
