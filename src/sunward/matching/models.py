"""Policies with versions, runs with their snapshots, proposals with their reasons. Knows no programme.

`left` is whoever is to be served (a case), `right` whoever serves (a volunteer): numbers in the programme's own tables.
"""

from django.db import models

from sunward.accounts.models import User
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, JobRun, Keyed
from sunward.matching.enums import ProposalState, RunState


@classified(internal="id uid programme name is_active")
class Policy(Keyed):
    """A named way of matching; what it says is in its versions."""

    programme = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="policy_once")]


@classified(internal="id policy number content note made_by_id made_at")
class PolicyVersion(AppendOnly):
    """Rules, weights, tiers and parameters as they stood; never changed: a proposal can be explained for ever."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once")]


@classified(
    internal="id uid version draft unit_path matched_on state job snapshot snapshot_digest summary failure made_by"
    " made_at finished_at is_preview"
)
class Run(Keyed):
    """One run of one policy version on one snapshot. `snapshot` is the compressed input, numbers only, so that the run
    can be repeated exactly; `summary` holds the certificate and the counts. A preview has a `draft` of a policy beside
    the version it began from, and in its summary what would change."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="runs")
    draft = models.JSONField(null=True, blank=True)
    unit_path = models.CharField(max_length=80, db_index=True)
    matched_on = models.DateField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    job = models.ForeignKey(JobRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    snapshot = models.BinaryField(null=True)
    snapshot_digest = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    is_preview = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at"]


@classified(
    internal="id uid run left_id right_id unit_path tier rank fit distance_km reasons state decided_by decided_at"
    " chosen_right_id result_id",
    sensitive="decision_reason",
)
class Proposal(Keyed):
    """One proposed pair and why. `reasons`: contributions, runners-up with why each lost, what would change it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    left_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    unit_path = models.CharField(max_length=80, db_index=True)
    tier = models.IntegerField(default=0)
    rank = models.PositiveIntegerField(default=0)
    fit = models.FloatField()
    distance_km = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    chosen_right_id = models.BigIntegerField(null=True, blank=True)
    result_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "left_id"], name="one_proposal_per_run")]
        indexes = [models.Index(fields=["run", "state", "rank"], name="proposal_by_run")]


@classified(internal="id run left_id unit_path tier code reasons")
class Unserved(models.Model):
    """Who got nobody in a run, and what would change it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="unserved")
    left_id = models.BigIntegerField()
    unit_path = models.CharField(max_length=80, db_index=True)
    tier = models.IntegerField(default=0)
    code = models.CharField(max_length=24, blank=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "left_id"], name="unserved_once")]
        indexes = [models.Index(fields=["run", "code"], name="unserved_by_code")]


@classified(internal="id run place unit_path skill tier served_gain fit_gain rank")
class Advice(models.Model):
    """Where one more volunteer would help most: from the dual prices of the run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="advice")
    place = models.CharField(max_length=80)
    unit_path = models.CharField(max_length=80, blank=True)
    skill = models.CharField(max_length=40, blank=True)
    tier = models.IntegerField(null=True, blank=True)
    served_gain = models.IntegerField(default=0)
    fit_gain = models.FloatField(default=0)
    rank = models.PositiveIntegerField()

    class Meta:
        ordering = ["rank"]
