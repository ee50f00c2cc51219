"""What the law asks to be told to an authority."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from sunward.safeguarding.enums import Authority
from sunward.safeguarding.models.worries import Worry


@classified(
    internal="id uid unit unit_path worry case emergency kinds authority found_at reported_at by to_whom receipt"
    " receipt_at",
    sealed="words",
)
class MandatoryReport(Keyed):
    """Told to an authority under art. 11 of the Law on the Protection of Minors: when found, when told, whom, receipt.

    Never waits for anybody. Nothing of it is edited; the receipt may come later, once.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    worry = models.ForeignKey(Worry, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    emergency = models.ForeignKey(
        "safeguarding.Emergency", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    kinds = models.JSONField(default=list)
    authority = models.CharField(max_length=20, choices=Authority.choices)
    to_whom = models.CharField(_("who took it"), max_length=60, blank=True)
    found_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    words = SealedTextField(blank=True)

    @property
    def reference(self) -> str:
        return f"R{self.pk:06d}"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_at__gte=models.F("found_at")),
                name="reported_after_found",
                violation_error_message=_("It was reported after it was found."),
            ),
        ]
