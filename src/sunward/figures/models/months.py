"""What was published of a month: decided once, kept for ever, and all that a leader reads of a programme."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.core.classification import classified
from sunward.core.models import AppendOnly
from sunward.figures.bulletins.places import Place
from sunward.figures.disclosure.reasons import Reason
from sunward.figures.pins import Span


@classified(internal="id district month known_until published_on pins is_unsure given_away")
class PublishedMonth(AppendOnly):
    """A closed month of one district, known by its path. Published once: two jobs at the same time meet the same row.

    `is_unsure`: no solver could vouch for what is protected, and none of it is told.
    """

    district = models.CharField(max_length=80)
    month = models.DateField()
    known_until = models.DateTimeField()
    published_on = models.DateField()
    pins = models.JSONField()
    is_unsure = models.BooleanField(default=False)
    given_away = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "month"], name="published_month_once")]


@classified(
    internal="id publication code definition unit_code unit_path first last value base part whole told told_base"
    " is_told reason reason_day",
)
class MonthFigure(AppendOnly):
    """One number of a published month: what it was, what of it is told, and if nothing, why.

    `told` and `told_base` are rounded, and are all that leaves the house. `told` None while `is_told`: there is
    nothing to say, for a share of nobody is no zero. `first` may lie before the publication's month: what needs time
    to arrive is published once that time is over.
    """

    publication = models.ForeignKey(PublishedMonth, on_delete=models.PROTECT, related_name="figures", db_index=False)
    code = models.CharField(max_length=60)
    definition = models.PositiveIntegerField()
    unit_code = models.CharField(max_length=20)
    unit_path = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    base = models.BigIntegerField()
    part = models.BigIntegerField(null=True)
    whole = models.BigIntegerField(null=True)
    told = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    told_base = models.BigIntegerField(null=True)
    is_told = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    reason_day = models.DateField(null=True)

    class Meta:
        constraints = [
            # Whatever is published of a unit's month is published once.
            models.UniqueConstraint(fields=["unit_path", "code", "first", "last"], name="month_figure_once"),
            models.CheckConstraint(
                condition=Q(is_told=True, reason="")
                | Q(is_told=False, told__isnull=True, told_base__isnull=True) & ~Q(reason=""),
                name="month_figure_told_or_reason",
                violation_error_message=_("A number that is not told needs its reason."),
            ),
        ]

    @property
    def place(self) -> Place:
        return Place(self.code, self.unit_code, Span(self.first, self.last))
