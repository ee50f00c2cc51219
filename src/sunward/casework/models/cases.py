"""One file per person: the case, its needs, its risk, what was done and what is due."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import below
from sunward.casework.enums import (
    AssessmentState,
    CaseState,
    ContactOutcome,
    FollowUpState,
    RiskLevel,
    ServiceKind,
)
from sunward.core.classification import classified
from sunward.core.days import DaysAfter
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.people.models import Person

# Days without a successful contact after which a file is silent; the district's setting, by risk level. The database
# computes `Case.contact_due_on` by it: whoever changes a number removes and adds that column in a migration.
SILENCE_DAYS: dict[int, int] = {RiskLevel.HIGH: 7, RiskLevel.MEDIUM: 30, RiskLevel.LOW: 90}
CONTACT_DUE_ON = DaysAfter(
    Coalesce("last_contact_on", "opened_on"),
    Choose(
        *(When(risk_level=int(level), then=Value(days)) for level, days in SILENCE_DAYS.items()),
        output_field=models.IntegerField(),
    ),
)


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.OPEN)

    def within(self, paths: tuple[str, ...]) -> "CaseQuerySet":
        """Cases of the units at or below any of the paths; no path, no case."""
        return self.filter(below(paths))

    def silent(self, *, on: date) -> "CaseQuerySet":
        """Open cases without a successful contact for longer than their risk allows: the one rule of silence."""
        return self.open().filter(contact_due_on__lt=on)


@classified(
    internal="id uid version programme unit unit_path state risk_level opened_on closed_on close_reason last_contact_on"
    " contact_due_on source_batch_id",
    personal="person",
    sealed="remark",
)
class Case(Keyed, Versioned):
    """A person's file in one programme.

    `last_contact_on` repeats the latest successful contact of the service records, so that a list of 20,000 files can
    be ordered by silence; only `casework.actions` writes it and a test holds it against its definition. From it the
    database itself computes `contact_due_on`, the last day on which the file is not silent yet.
    """

    programme = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    # Scopes look up the path, never the unit.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    risk_level = models.PositiveSmallIntegerField(_("risk level"), choices=RiskLevel.choices, default=RiskLevel.LOW)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=40, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    contact_due_on = models.GeneratedField(expression=CONTACT_DUE_ON, output_field=models.DateField(), db_persist=True)
    remark = SealedTextField(blank=True)
    source_batch_id = models.BigIntegerField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(state="open"),
                name="one_open_case_per_person",
                violation_error_message=_("This person already has an open file."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | Q(state="closed", closed_on__isnull=False),
                name="case_closed_exactly_with_a_day",
                violation_error_message=_("A closed file needs the day on which it was closed."),
            ),
        ]
        indexes = [
            # With the unit, so that counting the silent of some units reads the index alone.
            models.Index(
                fields=["programme", "state", "-risk_level", "contact_due_on", "unit_path"], name="case_by_urgency"
            ),
            # Who has waited longest among those at the highest risk: the first lines of a list, and matching.
            models.Index(fields=["programme", "state", "-risk_level", "opened_on"], name="case_by_waiting"),
            # For whom nothing was done for longest, whatever the risk.
            models.Index(
                "programme", "state", Coalesce("last_contact_on", "opened_on"), "id", name="case_by_last_step"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number that is said on the phone and written in notices instead of a name."""
        return f"C{self.pk:06d}"

    def silent_days(self, on: date) -> int:
        """Days since the last successful contact, or since the file was opened."""
        return (on - (self.last_contact_on or self.opened_on)).days

    def next_contact_due_on(self) -> date:
        return (self.last_contact_on or self.opened_on) + timedelta(days=SILENCE_DAYS[self.risk_level])


@classified(internal="id case kind from_on met_on")
class Need(models.Model):
    """Something the person needs, in the programme's own codes."""

    # `need_once` begins with the file, so it needs no index of its own.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs", db_index=False)
    kind = models.CharField(max_length=30)
    from_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "from_on"], name="need_once")]


@classified(
    internal="id case level state is_emergency assessed_on assessed_by second_by decided_on table",
    sensitive="reason indicators triggers score",
)
class RiskAssessment(models.Model):
    """A level and why. Raising takes effect at once; lowering waits for a second person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    level = models.PositiveSmallIntegerField(choices=RiskLevel.choices)
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.IN_FORCE)
    is_emergency = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    # What was ticked, by which table (`casework.risk_tables`), and what that came to; empty where no table was used.
    table = models.CharField(max_length=30, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    triggers = models.JSONField(default=list, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    assessed_on = models.DateField()
    # Nobody asks for the assessments of a person: they are read with their file.
    assessed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    second_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=models.F("assessed_by")),
                name="second_person_is_another",
                violation_error_message=_("A second person has to confirm, not the one who assessed."),
            ),
        ]
        # The few that the home page looks for among all that were ever made.
        indexes = [
            models.Index(fields=["case"], condition=Q(is_emergency=True), name="assessment_emergency"),
            models.Index(fields=["assessed_on"], condition=Q(state="proposed"), name="assessment_waiting"),
        ]


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def standing(self) -> "ServiceRecordQuerySet":
        return self.filter(withdrawn_at=None)

    def made(self) -> "ServiceRecordQuerySet":
        """Successful contacts: only these end a silence."""
        return self.standing().filter(outcome=ContactOutcome.MADE)


@classified(
    internal="id uid case goal kind happened_on minutes outcome by recorded_at unit_path topics withdrawn_at"
    " withdrawn_by_id",
    sensitive="withdraw_reason",
    sealed="note",
)
class ServiceRecord(Keyed):
    """One contact or service, made or attempted. A record made in error is withdrawn with its reason, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="service_records")
    # Which goal of the care plan it serves, if any.
    goal = models.ForeignKey(
        "casework.Goal", null=True, blank=True, on_delete=models.PROTECT, related_name="service_records", db_index=False
    )
    kind = models.CharField(_("what"), max_length=20, choices=ServiceKind.choices)
    happened_on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    outcome = models.CharField(_("outcome"), max_length=10, choices=ContactOutcome.choices)
    topics = models.JSONField(default=list, blank=True)
    note = SealedTextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    unit_path = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(default=0)
    withdraw_reason = models.CharField(max_length=200, blank=True)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_on"], name="service_by_case")]


@classified(internal="id case due_on kind role state done_on done_by record referral created_by_id", sensitive="note")
class FollowUp(models.Model):
    """Something that has to be done for this person by a day, by whoever holds the role in the file's unit."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=30)
    note = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    role = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default=FollowUpState.DUE)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(ServiceRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Whose answer it waits for, if it is about a referral.
    referral = models.ForeignKey(
        "casework.Referral", null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    created_by_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state", "due_on"], name="follow_up_by_case"),
            models.Index(fields=["due_on"], condition=Q(state="due"), name="follow_up_due"),
        ]
