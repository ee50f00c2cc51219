"""An emergency with its clock and its diary, and temporary care."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.people.models import Person
from sunward.safeguarding.enums import Authority, CareEnd, EmergencyKind, EmergencyState, StepKind


@classified(
    internal="id uid version case unit_path kind state raised_by raised_at round handed_to rung climbs_at answered_by"
    " answered_at over_at about_id",
    sealed="words",
)
class Emergency(Keyed, Versioned):
    """A call for help for one child: a clock that runs until somebody answers, and a ladder that it climbs.

    `rung` counts from 0; `climbs_at` is when the next rung is told unless somebody answers first. Handed on, the clock
    begins a new `round`, in which `handed_to` is told before anybody else. `about_id` is the programme's own key of the
    pair, if the call came from one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    unit_path = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=20, choices=EmergencyKind.choices)
    words = SealedTextField(blank=True)
    state = models.CharField(max_length=12, choices=EmergencyState.choices, default=EmergencyState.RINGING)
    raised_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)
    handed_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rung = models.PositiveSmallIntegerField(default=0)
    climbs_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["ringing", "answered"]), name="one_emergency_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["climbs_at"], condition=Q(state="ringing"), name="emergency_ringing")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"E{self.pk:06d}"


@classified(
    internal="id uid emergency kind at due_at by to about_person_id round rung authority receipt", sealed="words"
)
class EmergencyStep(AppendOnly, Keyed):
    """One line of the diary of an emergency.

    `due_at` is when a rung was to be told, `at` when it was. `to` is the user who was told, asked, or handed it;
    `about_person_id` whom a line is about. A key only: rows of one person are merged, and a diary is not rewritten.
    """

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about_person_id = models.BigIntegerField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    rung = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=20, choices=Authority.choices, blank=True)
    receipt = models.CharField(max_length=60, blank=True)
    words = SealedTextField(blank=True)


@classified(
    internal="id uid version case unit_path emergency carer begun_at expected_until_at ended_at ended_with begun_by_id"
    " ended_by_id is_agreed after_care_months",
    sealed="place handed_to words after_care_reason",
)
class TemporaryCare(Keyed, Versioned):
    """Where a child is for the time being, with whom, since when, and to whom it was handed back.

    `after_care_months` is how long the child is followed up afterwards, three months at least and twelve unless
    somebody has said why fewer.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="temporary_care")
    unit_path = models.CharField(max_length=80, db_index=True)
    emergency = models.ForeignKey(
        Emergency, null=True, blank=True, on_delete=models.PROTECT, related_name="temporary_care"
    )
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children_cared_for")
    place = SealedTextField(_("place"))
    begun_at = models.DateTimeField()
    begun_by_id = models.BigIntegerField()
    expected_until_at = models.DateTimeField()
    # Whether the guardian agreed, or the civil affairs office took the decision (art. 92).
    is_agreed = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.BigIntegerField(default=0)
    ended_with = models.CharField(max_length=12, choices=CareEnd.choices, blank=True)
    handed_to = SealedTextField(blank=True)
    words = SealedTextField(blank=True)
    after_care_months = models.PositiveSmallIntegerField(null=True, blank=True)
    after_care_reason = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="in_one_temporary_care_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(expected_until_at__gt=models.F("begun_at")),
                name="care_is_expected_to_end_after_it_begins",
                violation_error_message=_("The expected end comes after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("begun_at")),
                name="care_ends_after_it_begins",
                violation_error_message=_("It cannot have ended before it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"T{self.pk:06d}"
