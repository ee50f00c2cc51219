"""Bulletins: drafts that are written, and what was published, which nothing changes any more."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.figures.bulletins.places import Place
from sunward.figures.disclosure.reasons import Reason
from sunward.figures.enums import BulletinState
from sunward.figures.pins import Span


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def published(self) -> "BulletinQuerySet":
        return self.filter(state=BulletinState.PUBLISHED)


@classified(
    internal="id uid version programme unit unit_path name issue issue_total title until_on body report_to send_to"
    " language kept state written_by_ids written_at corrects",
)
class Bulletin(Keyed, Versioned):
    """What is written. `written_by_ids`: all who wrote any of it, none of whom may publish it.

    `kept` are the words that look like a name and name nobody; `corrects` the bulletin of which this is an erratum.
    """

    programme = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bulletins")
    unit_path = models.CharField(max_length=80)
    name = models.CharField(_("name of the bulletin"), max_length=24)
    issue = models.PositiveIntegerField(_("issue"), default=0)
    issue_total = models.PositiveIntegerField(_("issue in all"), default=0)
    title = models.CharField(_("title"), max_length=60)
    until_on = models.DateField(_("counted until"))
    body = models.TextField(_("text"))
    report_to = models.CharField(_("reported to"), max_length=200, blank=True)
    send_to = models.CharField(_("sent to"), max_length=200, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    kept = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT)
    written_by_ids = models.JSONField(default=list)
    written_at = models.DateTimeField()
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="errata")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-written_at"], name="bulletin_by_state")]

    @property
    def is_published(self) -> bool:
        return self.state == BulletinState.PUBLISHED


@classified(internal="id bulletin known_until published_on published_by_id pins document digest given_away")
class PublishedBulletin(AppendOnly):
    """What was published: the pins by which it can be made again, and every word that it says.

    A bulletin is published once: two who press at the same time meet the same row. `digest` is that of the document.
    """

    bulletin = models.OneToOneField(Bulletin, on_delete=models.PROTECT, related_name="published")
    known_until = models.DateTimeField()
    published_on = models.DateField()
    published_by_id = models.BigIntegerField()
    pins = models.JSONField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    given_away = models.PositiveIntegerField(default=0)


@classified(
    internal="id bulletin order code definition unit_code unit_path first last value base part whole said is_told"
    " reason reason_day",
)
class PublishedFigure(AppendOnly):
    """One number of a published bulletin: what it was, whether it is told, and if not, why.

    The output record: `said` is what readers read; `value` and what it was made of stay with whoever keeps the files.
    """

    bulletin = models.ForeignKey(PublishedBulletin, on_delete=models.PROTECT, related_name="figures")
    order = models.PositiveIntegerField()
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
    said = models.CharField(max_length=40)
    is_told = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    reason_day = models.DateField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "code", "unit_code", "first", "last"], name="published_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(is_told=True, reason="") | Q(is_told=False) & ~Q(reason=""),
                name="published_figure_told_or_reason",
                violation_error_message=_("A number that is not told needs its reason."),
            ),
        ]
        indexes = [models.Index(fields=["unit_path", "is_told"], name="published_figure_of_unit")]

    @property
    def place(self) -> Place:
        return Place(self.code, self.unit_code, Span(self.first, self.last))
