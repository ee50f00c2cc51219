"""A worry about a child, a mandatory report, an emergency with its clock, and temporary care.

Notices carry a reference and never the child's details; whoever may read more opens the page through its gate.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.people.models import Person
from sunward.safeguarding.enums import (
    Authority,
    CareEnd,
    EmergencyKind,
    EmergencyState,
    HintState,
    StepKind,
    WorryState,
)


@classified(internal="id uid unit unit_path label token_index made_at made_by_id expires_on revoked_at last_used_at")
class ReportingLink(Keyed):
    """A way in for those on duty without an account, as a school's teachers: it can only report, and read nothing."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    label = models.CharField(_("for whom"), max_length=60)
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)


@classified(
    internal="id uid version unit unit_path programme case reporter link state is_urgent seen_on reported_at"
    " taken_by_id taken_at settled_by_id settled_at name_index phone_index",
    sensitive="signs",
    sealed="child_name child_age whereabouts words reporter_name reporter_phone outcome",
)
class Worry(Keyed, Versioned):
    """What somebody on duty noticed about a child, before anybody knows whether there is a file.

    `unit` is where the child seems to live: its supervisor looks into it. All that could name the child or the one who
    reports is sealed; `name_index` and `phone_index` are blind, so that the same child is noticed in two sub-districts.
    """

    programme = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="worries")
    reporter = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(ReportingLink, null=True, blank=True, on_delete=models.PROTECT, related_name="worries")
    reporter_name = SealedTextField(blank=True)
    reporter_phone = SealedTextField(blank=True)
    child_name = SealedTextField(blank=True)
    name_index = models.CharField(max_length=32, blank=True, db_index=True)
    child_age = SealedTextField(blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    whereabouts = SealedTextField(blank=True)
    signs = models.JSONField(default=list)
    words = SealedTextField(blank=True)
    is_urgent = models.BooleanField(default=False)
    seen_on = models.DateField()
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WorryState.choices, default=WorryState.NEW)
    taken_by_id = models.BigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    settled_by_id = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = SealedTextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "unit_path", "reported_at"], name="worry_waiting")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"W{self.pk:06d}"


@classified(internal="id uid worry other_worry other_case points reasons state settled_by_id settled_at made_at")
class Hint(Keyed):
    """A worry and another worry or a file that may be about one child, in different offices.

    It tells the two who answer to talk to each other, and shows neither what the other has.
    """

    worry = models.ForeignKey(Worry, on_delete=models.CASCADE, related_name="hints")
    other_worry = models.ForeignKey(Worry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    other_case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=HintState.choices, default=HintState.OPEN)
    settled_by_id = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worry", "other_worry"], name="hint_once_per_worry"),
            models.UniqueConstraint(fields=["worry", "other_case"], name="hint_once_per_case"),
            models.CheckConstraint(
                condition=Q(other_worry=None, other_case__isnull=False) | Q(other_worry__isnull=False, other_case=None),
                name="hint_is_about_one_other",
            ),
        ]


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


@classified(
    internal="id uid version case unit_path kind state raised_by raised_at rung climbs_at answered_by answered_at"
    " over_at about_id",
    sealed="words",
)
class Emergency(Keyed, Versioned):
    """A call for help for one child: a clock that runs until somebody answers, and a ladder that it climbs.

    `rung` counts from 0; `climbs_at` is when the next rung is told unless somebody answers first. `about_id` is the
    programme's own key of the pair, if the call came from one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    unit_path = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=20, choices=EmergencyKind.choices)
    words = SealedTextField(blank=True)
    state = models.CharField(max_length=12, choices=EmergencyState.choices, default=EmergencyState.RINGING)
    raised_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
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


@classified(internal="id uid emergency kind at by person rung authority receipt", sealed="words")
class EmergencyStep(AppendOnly, Keyed):
    """One line of the diary of an emergency."""

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Whom it is about: who was told, asked, or takes the child in.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="emergency_steps")
    rung = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=20, choices=Authority.choices, blank=True)
    receipt = models.CharField(max_length=60, blank=True)
    words = SealedTextField(blank=True)


@classified(
    internal="id uid version case unit_path emergency carer begun_at expected_until_at ended_at ended_with begun_by_id"
    " ended_by_id is_agreed",
    sealed="place handed_to words",
)
class TemporaryCare(Keyed, Versioned):
    """Where a child is for the time being, with whom, since when, and to whom it was handed back."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="in_one_temporary_care_at_a_time"
            ),
        ]
