"""What somebody noticed about a child, the ways to say so, and hints that two offices should talk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import below
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.safeguarding.enums import WAITING_STATES, HintState, WorryState, WorryStepKind


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


class WorryQuerySet(models.QuerySet["Worry"]):
    def within(self, paths: tuple[str, ...]) -> "WorryQuerySet":
        return self.filter(below(paths))

    def waiting(self) -> "WorryQuerySet":
        """Nobody has taken it up yet, here or since it was passed on."""
        return self.filter(state__in=WAITING_STATES)

    def unsettled(self) -> "WorryQuerySet":
        return self.filter(state__in=(*WAITING_STATES, WorryState.LOOKING))


@classified(
    internal="id uid version unit unit_path case reporter link state is_urgent seen_on reported_at taken_by_id taken_at"
    " passed_from passed_by_id settled_by_id settled_at name_index phone_index rung climbs_at",
    sensitive="signs",
    sealed="child_name child_age child_phone whereabouts words reporter_name reporter_phone outcome",
)
class Worry(Keyed, Versioned):
    """What somebody on duty noticed about a child, before anybody knows whether there is a file.

    `unit` is where the child seems to live: its supervisor looks into it. All that could name the child or the one who
    reports is sealed; the indexes beside it are blind, so that the same child is noticed in two sub-districts. The form
    makes the `uid`: sent twice, it is one worry. `passed_from` is the unit that passed it on, until it is taken up.
    `climbs_at` is when the next hear of an urgent one that nobody has taken up; `rung` is the last that did.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Scopes look up the path, never the unit.
    unit_path = models.CharField(max_length=80, db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="worries")
    reporter = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(ReportingLink, null=True, blank=True, on_delete=models.PROTECT, related_name="worries")
    reporter_name = SealedTextField(blank=True)
    reporter_phone = SealedTextField(blank=True)
    child_name = SealedTextField(blank=True)
    name_index = models.CharField(max_length=32, blank=True, db_index=True)
    child_age = SealedTextField(blank=True)
    child_phone = SealedTextField(blank=True)
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    whereabouts = SealedTextField(blank=True)
    signs = models.JSONField(default=list)
    words = SealedTextField(blank=True)
    is_urgent = models.BooleanField(default=False)
    seen_on = models.DateField()
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WorryState.choices, default=WorryState.NEW)
    taken_by_id = models.BigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    climbs_at = models.DateTimeField(null=True, blank=True)
    passed_from = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_by_id = models.BigIntegerField(default=0)
    settled_by_id = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = SealedTextField(blank=True)

    objects = WorryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "unit_path", "reported_at"], name="worry_waiting"),
            models.Index(fields=["climbs_at"], condition=Q(climbs_at__isnull=False), name="worry_climbs"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"W{self.pk:06d}"


@classified(internal="id uid worry kind at by unit", sealed="words")
class WorryStep(AppendOnly, Keyed):
    """What became of a worry, one line at a time. `unit` is the one that had it then."""

    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=WorryStepKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(blank=True)


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
