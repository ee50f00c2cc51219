"""Which vacancies a jobseeker was told of, what came of it, and where somebody works now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import JobRun, Keyed, Versioned
from sunward.employment.enums import (
    PlacementBasis,
    PlacementEnd,
    PlacementKind,
    RecommendationSource,
    ShortlistState,
    StepBy,
    StepKind,
    StepReason,
)
from sunward.employment.models.vacancies import Employer, Vacancy


@classified(
    internal="id uid unit unit_path drawn_on state job policy summary failure made_by made_at told_by_id told_at"
)
class ShortlistRun(Keyed):
    """One drawing of lists for the jobseekers of a unit: its lines are the recommendations that name it.

    `policy` is what was weighed and how, as it stood; `summary` the counts and the certificate of the engine.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    drawn_on = models.DateField()
    state = models.CharField(max_length=10, choices=ShortlistState.choices, default=ShortlistState.QUEUED)
    job = models.ForeignKey(JobRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    policy = models.JSONField(default=dict)
    summary = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    told_by_id = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


@classified(
    internal="id uid version case vacancy source run rank fit chance others step step_on due_on unit_path made_by_id"
    " made_at shared_with",
    personal="reasons",
)
class Recommendation(Keyed, Versioned):
    """One vacancy for one jobseeker, from the list it was drawn on to "still there after three months".

    `step` repeats the latest standing row of `steps`, `step_on` its day and `due_on` the day by which the next is
    expected (None: nobody waits); only `actions.recommendations` writes them. `fit` and `chance` are thousandths,
    `others` how many more people are told. `shared_with`: the employer of whom
    the jobseeker agreed that it sees name, schooling and experience; should the vacancy come to another, that one sees
    nothing.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations", db_index=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="recommendations", db_index=False)
    source = models.CharField(max_length=6, choices=RecommendationSource.choices, default=RecommendationSource.OFFICE)
    run = models.ForeignKey(
        ShortlistRun, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    rank = models.PositiveSmallIntegerField(default=1)
    fit = models.PositiveSmallIntegerField(null=True, blank=True)
    chance = models.PositiveSmallIntegerField(null=True, blank=True)
    others = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    step = models.CharField(max_length=12, choices=StepKind.choices, default=StepKind.DRAWN)
    step_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    shared_with = models.ForeignKey(
        Employer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    unit_path = models.CharField(max_length=80)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "vacancy"],
                name="recommended_once",
                violation_error_message=_("This vacancy has been recommended to this person already."),
            ),
        ]
        indexes = [
            models.Index(fields=["vacancy", "step"], name="recommendation_by_vacancy"),
            models.Index(fields=["run", "case"], condition=Q(run__isnull=False), name="recommendation_of_run"),
            # What is late, for the home page.
            models.Index(fields=["due_on", "id"], condition=Q(due_on__isnull=False), name="recommendation_late"),
            # Who leaves applicants without a word (`queries.visits`).
            models.Index(
                fields=["vacancy", "due_on"],
                condition=Q(step__in=("applied", "interviewed")),
                name="recommendation_unanswered",
            ),
        ]


@classified(
    internal="id uid recommendation kind happened_on expected_on at by by_id withdrawn_at withdrawn_by_id",
    sensitive="reason",
    sealed="note",
)
class RecommendationStep(Keyed):
    """One step of a recommendation. One said in error is withdrawn and stays."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    happened_on = models.DateField()
    # The day of the interview to which somebody is invited, the first day at work of who is hired.
    expected_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=10, choices=StepBy.choices)
    by_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=12, choices=StepReason.choices, blank=True)
    note = SealedTextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["at", "pk"]


@classified(
    internal="id uid version case recommendation employer unit_path kind basis started_on checked_on ended_on"
    " end_reason recorded_by recorded_at withdrawn_at withdrawn_by_id",
    personal="employer_name title",
)
class Placement(Keyed, Versioned):
    """Where a jobseeker went to work, through a recommendation or another way; `checked_on`: last known to be there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="placement"
    )
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    employer_name = models.CharField(_("employer"), max_length=120, blank=True)
    title = models.CharField(_("post"), max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=PlacementKind.choices)
    basis = models.CharField(max_length=10, choices=PlacementBasis.choices)
    started_on = models.DateField(_("first day"))
    checked_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=PlacementEnd.choices, blank=True)
    unit_path = models.CharField(max_length=80)
    # None: the employer, on its own page.
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="work_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(end_reason=""),
                name="work_ended_for_a_reason",
                violation_error_message=_("Work that has ended needs the reason why."),
            ),
            models.UniqueConstraint(
                fields=["case", "started_on"],
                condition=Q(withdrawn_at=None),
                name="one_placement_begins_on_a_day",
                violation_error_message=_("This person already has work that begins on this day."),
            ),
        ]
