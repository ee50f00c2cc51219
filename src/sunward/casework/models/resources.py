"""Who in the district can help with what, and the referrals to them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.casework.enums import ReferralState, ResourceKind
from sunward.casework.models.cases import Case
from sunward.casework.models.plans import Goal
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned


class ResourceQuerySet(models.QuerySet["Resource"]):
    def valid(self, *, on: date) -> "ResourceQuerySet":
        return self.filter(valid_until_on__gte=on, ended_on=None)


@classified(
    public="name kind provider audience place phone hours cost",
    internal="id uid version unit unit_path lon lat age_from age_until valid_until_on checked_on"
    " checked_by_id ended_on",
)
class Resource(Keyed, Versioned):
    """One offer in the directory: who, what, for whom, where, and until when somebody vouches that it stands.

    `unit` is whom it is for, with everything below; a telephone here is an office's, never a private one.
    """

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=20, choices=ResourceKind.choices)
    provider = models.CharField(_("provider"), max_length=80)
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_until = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    cost = models.CharField(_("cost"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    valid_until_on = models.DateField(_("valid until"))
    checked_on = models.DateField()
    checked_by_id = models.BigIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "valid_until_on"], name="resource_by_kind")]


@classified(
    internal="id uid version case resource goal state sent_on answer_due_on answered_on settled_on created_by_id",
    sensitive="reason",
    sealed="result",
)
class Referral(Keyed, Versioned):
    """Somebody was sent to a resource: whether they took it, and whether it helped."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="referrals")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.SENT)
    reason = models.CharField(max_length=300, blank=True)
    sent_on = models.DateField()
    answer_due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    result = SealedTextField(blank=True)
    created_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "resource"],
                condition=Q(state__in=["sent", "accepted"]),
                name="one_open_referral_per_resource",
                violation_error_message=_("This person is referred there already."),
            ),
        ]
        indexes = [models.Index(fields=["answer_due_on"], condition=Q(state="sent"), name="referral_waiting")]
