"""Why a number is withheld, in words for those who publish.

A reader is told "hidden" and no more: of a cell said to be small everybody would know that it lies below the threshold.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

HIDDEN = pgettext_lazy("a figure", "hidden")


class Reason(models.TextChoices):
    SMALL = "small", gettext_lazy("The number itself is small")
    SECONDARY = "secondary", gettext_lazy("So that another number cannot be computed from it")
    EARLIER = "earlier", gettext_lazy("So that another number cannot be computed from what was published before")


@dataclass(frozen=True, slots=True)
class Withheld:
    """`day` is that of the earlier publication."""

    reason: Reason
    day: date | None = None

    def __str__(self) -> str:
        """What stands in the cell."""
        return str(HIDDEN)

    @property
    def why(self) -> str:
        """For those who publish."""
        if self.day:
            return _("Because of what was published on %(day)s: another number could be computed") % {
                "day": date_format(self.day, "DATE_FORMAT")
            }
        return str(self.reason.label)
