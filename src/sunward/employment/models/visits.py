"""Visits to employers, on site and online."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.core.classification import classified
from sunward.core.models import Keyed, Versioned
from sunward.employment.models.vacancies import Employer


@classified(
    internal="id uid version employer happened_on is_online next_on unit unit_path by recorded_at withdrawn_at"
    " withdrawn_by_id",
    personal="learned",
)
class EmployerVisit(Keyed, Versioned):
    """A talk with an employer (走访): what was learned, and when to come again. Its posts are sources that name it.

    `learned` may name whom one talked to: it is forgotten after some years (`actions.forgetting`).
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="visits")
    happened_on = models.DateField(_("day"))
    is_online = models.BooleanField(_("online"), default=False)
    learned = models.TextField(_("what was learned"), max_length=2000, blank=True)
    next_on = models.DateField(_("visit again on"), null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-happened_on", "-pk"]
