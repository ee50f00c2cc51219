"""Employers, their vacancies, by which channels each became known, and which two may be one."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.employment.enums import (
    Channel,
    Education,
    LikenessState,
    SalaryPeriod,
    VacancyCloseReason,
    VacancyKind,
    VacancyState,
)


@classified(
    public="name uscc industry address",
    internal="id uid version name_key unit unit_path source_batch_id made_by_id made_at",
)
class Employer(Keyed, Versioned):
    """Who offers vacancies. `uscc` is the unified social credit code (GB 32100); without one the name tells.

    `name_key` is the name as it is compared: without the place and the form of company. `industry` is a GB/T 4754 code.
    """

    name = models.CharField(_("employer"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    industry = models.CharField(_("industry"), max_length=5, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    # Which office keeps in touch with it.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    source_batch_id = models.BigIntegerField(null=True, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def open(self, *, on: date) -> "VacancyQuerySet":
        """Verified and not run out on the day: what may be recommended."""
        return self.filter(state=VacancyState.OPEN, verified_until__gte=on)

    def run_out(self, *, on: date) -> "VacancyQuerySet":
        return self.filter(state=VacancyState.OPEN, verified_until__lt=on)


@classified(
    public="employer title kind occupation places_min places_max salary_text salary_min salary_max salary_period"
    " amount_min amount_max salary_months education description workplace shifts valid_until",
    internal="id uid version subdistrict_code state close_reason merged_into unit unit_path findings"
    " reviewed_by reviewed_on verified_by verified_on verified_until source_batch_id made_by_id made_at",
    personal="contact_name",
    sealed="contact_phone",
)
class Vacancy(Keyed, Versioned):
    """Posts of one employer under one title.

    Salaries are yuan before tax: `salary_min` and `salary_max` a month, `amount_min` and `amount_max` per
    `salary_period` as written (see `employment.vacancies.salaries`). `places_*` are None where nobody said how many.
    `findings` are those of the check of its wording, as dictionaries. An open vacancy dies by itself after
    `verified_until`: no job closes it.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(_("post"), max_length=120)
    kind = models.CharField(max_length=12, choices=VacancyKind.choices, default=VacancyKind.FULL_TIME)
    occupation = models.CharField(_("occupation"), max_length=10, blank=True)
    places_min = models.PositiveIntegerField(_("places"), null=True, blank=True)
    places_max = models.PositiveIntegerField(null=True, blank=True)
    salary_text = models.CharField(_("salary"), max_length=80, blank=True)
    salary_min = models.PositiveIntegerField(null=True, blank=True)
    salary_max = models.PositiveIntegerField(null=True, blank=True)
    salary_period = models.CharField(max_length=5, choices=SalaryPeriod.choices, blank=True)
    amount_min = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    salary_months = models.PositiveSmallIntegerField(default=12)
    # Null: no schooling is asked for, or nobody said.
    education = models.PositiveSmallIntegerField(_("education"), choices=Education.choices, null=True, blank=True)
    description = models.TextField(_("what the work is"), blank=True)
    workplace = models.CharField(_("place of work"), max_length=200, blank=True)
    subdistrict_code = models.CharField(max_length=12, blank=True)
    shifts = models.JSONField(default=list, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    contact_name = models.CharField(max_length=40, blank=True)
    contact_phone = SealedTextField(blank=True)
    state = models.CharField(max_length=8, choices=VacancyState.choices, default=VacancyState.WAITING)
    close_reason = models.CharField(max_length=10, choices=VacancyCloseReason.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    findings = models.JSONField(default=list, blank=True)
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reviewed_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verified_on = models.DateField(null=True, blank=True)
    verified_until = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80)
    source_batch_id = models.BigIntegerField(null=True, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    objects = VacancyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="open") | Q(verified_on__isnull=False, verified_until__isnull=False),
                name="open_vacancy_is_verified",
                violation_error_message=_("Somebody has to verify a vacancy before it is open, and until when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(close_reason=""),
                name="vacancy_closed_for_a_reason",
                violation_error_message=_("A closed vacancy needs the reason why."),
            ),
            models.CheckConstraint(
                condition=Q(salary_min=None) | Q(salary_max=None) | Q(salary_min__lte=F("salary_max")),
                name="salary_from_low_to_high",
                violation_error_message=_("The lower salary comes first."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "verified_until", "unit_path"], name="vacancy_by_state"),
            models.Index(fields=["occupation"], condition=Q(state="open"), name="vacancy_by_occupation"),
            models.Index(
                fields=["source_batch_id"], condition=Q(source_batch_id__isnull=False), name="vacancy_by_batch"
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="vacancy_merged"),
        ]

    def __str__(self) -> str:
        return f"V{self.pk:06d}"

    @property
    def reference(self) -> str:
        return f"V{self.pk:06d}"

    def is_open(self, on: date) -> bool:
        return self.state == VacancyState.OPEN and self.verified_until is not None and self.verified_until >= on


@classified(internal="id vacancy channel name reference visit batch_id row_id told_at", public="title salary_text")
class VacancySource(models.Model):
    """One telling of a vacancy: every channel's stays, whatever is merged. `name` is the channel in its own words."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="sources")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    name = models.CharField(max_length=60, blank=True)
    # What the channel calls the vacancy: a feed's own number.
    reference = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120, blank=True)
    salary_text = models.CharField(max_length=80, blank=True)
    visit = models.ForeignKey(
        "employment.EmployerVisit", null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    batch_id = models.BigIntegerField(null=True, blank=True)
    row_id = models.BigIntegerField(null=True, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "name", "reference"],
                condition=~Q(reference=""),
                name="one_vacancy_per_reference_of_a_channel",
            )
        ]
        indexes = [
            models.Index(fields=["batch_id"], condition=Q(batch_id__isnull=False), name="vacancy_source_by_batch")
        ]


@classified(internal="id first second points reasons state decided_by_id decided_at")
class VacancyLikeness(models.Model):
    """Two vacancies that may be one post told twice, with what speaks for it; a person decides."""

    first = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=LikenessState.choices, default=LikenessState.OPEN)
    decided_by_id = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="vacancy_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="vacancy_pair_in_order"),
        ]
        indexes = [models.Index(fields=["-points", "id"], condition=Q(state="open"), name="vacancy_pair_waiting")]
