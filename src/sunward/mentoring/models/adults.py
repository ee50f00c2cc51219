"""What is written down of those who grow up while somebody cares for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.mentoring.enums import SchoolStage


@classified(internal="id case until_on recorded_on recorded_by_id", personal="stage")
class SchoolKeeping(models.Model):
    """A file kept beyond 18 because its person is still at school: the latest row stands, older ones are history."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="school_keepings")
    stage = models.CharField(_("school"), max_length=12, choices=SchoolStage.choices, blank=True)
    until_on = models.DateField(_("until"))
    recorded_on = models.DateField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("recorded_on")),
                name="school_keeping_ends_after_it_begins",
                violation_error_message=_("The last day must come after today."),
            ),
        ]
