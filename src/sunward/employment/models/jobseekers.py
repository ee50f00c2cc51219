"""What Leye Space knows of a jobseeker beyond the file itself."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.employment.enums import ClientTagKind, Education, Intention, Situation, TagEnd
from sunward.people.enums import Precision


@classified(
    internal="id case version surveyed_on surveyed_by registered_precision",
    personal="delivered education situation intention surveyed_situation surveyed_intention registered_on"
    " unemployed_since graduated_on is_elsewhere skills schooling experience salary_min salary_max commute_minutes"
    " shifts",
    sensitive="is_disabled",
)
class Jobseeker(models.Model):
    """The profile (求职画像) of a jobseeker, in a file of the programme "employment".

    `situation` and `intention` are what the register delivered; `surveyed_*` what the person said when called, which
    never overwrites the former. `delivered` holds the words of the register, by field of its sheet. `is_elsewhere`:
    lives at another place than registered (人户分离). `is_disabled` is known only where a policy needs it, and no
    employer ever sees it. Salaries are yuan a month, `commute_minutes` one way.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="jobseeker")
    version = models.PositiveIntegerField(default=1)
    delivered = models.JSONField(default=dict, blank=True)
    education = models.PositiveSmallIntegerField(_("education"), choices=Education.choices, null=True, blank=True)
    situation = models.CharField(_("situation"), max_length=16, choices=Situation.choices, blank=True)
    intention = models.CharField(_("intention"), max_length=16, choices=Intention.choices, blank=True)
    surveyed_situation = models.CharField(max_length=16, choices=Situation.choices, blank=True)
    surveyed_intention = models.CharField(max_length=16, choices=Intention.choices, blank=True)
    surveyed_on = models.DateField(null=True, blank=True)
    surveyed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    registered_on = models.DateField(_("registered as unemployed on"), null=True, blank=True)
    registered_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    unemployed_since = models.DateField(_("without work since"), null=True, blank=True)
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)
    is_elsewhere = models.BooleanField(_("lives elsewhere than registered"), null=True, blank=True)
    is_disabled = models.BooleanField(_("disabled"), null=True, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    schooling = models.CharField(_("school and major"), max_length=120, blank=True)
    experience = models.CharField(_("experience"), max_length=500, blank=True)
    salary_min = models.PositiveIntegerField(_("wished salary from"), null=True, blank=True)
    salary_max = models.PositiveIntegerField(_("wished salary to"), null=True, blank=True)
    commute_minutes = models.PositiveSmallIntegerField(_("way to work, at most"), null=True, blank=True)
    shifts = models.JSONField(_("shifts"), default=list, blank=True)

    @property
    def situation_now(self) -> str:
        """What was said last."""
        return self.surveyed_situation or self.situation

    @property
    def intention_now(self) -> str:
        return self.surveyed_intention or self.intention


@classified(internal="id case rank occupation", personal="words")
class JobWish(models.Model):
    """A post that somebody wishes for, in their own words and, once known, by its 2022 code; the first comes first."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="job_wishes", db_index=False)
    rank = models.PositiveSmallIntegerField(default=1)
    words = models.CharField(max_length=60)
    occupation = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rank"], name="one_wish_of_a_rank")]


class ClientTagQuerySet(models.QuerySet["ClientTag"]):
    def current(self, *, on: date) -> "ClientTagQuerySet":
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))


@classified(internal="id case from_on until_on rule end_reason set_by_id", sensitive="kind")
class ClientTag(models.Model):
    """A group (身份标签) to which somebody belongs from one day to another; what has ended stays.

    `rule` names the versioned rule that found them, and is empty where a register or an officer said so.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="client_tags")
    kind = models.CharField(max_length=20, choices=ClientTagKind.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    rule = models.CharField(max_length=30, blank=True)
    end_reason = models.CharField(max_length=10, choices=TagEnd.choices, blank=True)
    set_by_id = models.BigIntegerField(default=0)

    objects = ClientTagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(until_on=None), name="one_open_tag_of_a_kind"),
            models.CheckConstraint(
                condition=Q(until_on=None) | ~Q(end_reason=""),
                name="tag_ended_for_a_reason",
                violation_error_message=_("A tag that ends needs the reason why."),
            ),
        ]
        indexes = [models.Index(fields=["kind"], condition=Q(until_on=None), name="client_tag_open")]
