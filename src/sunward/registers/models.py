"""The import workbench's own tables: batches, their files and sheets, and every row with its outcome."""

from django.db import models

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import JobRun, Keyed, Versioned
from sunward.registers.enums import BatchState, Outcome, RowState


@classified(
    internal="id uid version state unit unit_path made_as judged_on made_by made_at job counts failure committed_at"
    " committed_by undone_at undone_by"
)
class ImportBatch(Keyed, Versioned):
    """One drop of one or more files, in the order given. `judged_on` is the day on which ages and expiries are judged.

    `made_as` is the role under which it was begun: it decides which kinds of list may be in it, and who sees it.
    `counts` repeats the number of rows by outcome and state; `failure` is the code of what could not be read.
    """

    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.STAGING)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    made_as = models.CharField(max_length=20, choices=Role.choices, default=Role.DISTRICT_OFFICER)
    judged_on = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    job = models.ForeignKey(JobRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    counts = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]


@classified(internal="id uid batch position digest size stored_as failure", personal="name")
class ImportFile(Keyed):
    """A file as it was dropped. `digest` (SHA-256) tells whether the same file was taken over before."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    stored_as = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]


@classified(internal="id file position kind corrections is_skipped rows_seen", personal="name layout")
class ImportSheet(models.Model):
    """A sheet and how it was understood. `corrections` is what a person changed, for when the sheet is read again."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    corrections = models.JSONField(default=dict, blank=True)
    is_skipped = models.BooleanField(default=False)
    rows_seen = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["file", "position"]


@classified(
    internal="id uid batch sheet row outcome codes state duplicate_row duplicate_kind duplicate_id created_kind"
    " created_id registered kept_because is_repaired",
    sealed="raw record",
)
class StagedRow(Keyed):
    """One row: as it came (`raw`), as it was understood (`record`), both sealed JSON; its outcome and what it became.

    A duplicate points to another staged row, or to a record of a kind that was there before. `registered` holds the
    persons whom this row made known, which an undo may take away again; `kept_because` is the code why it may not.
    """

    # The composite indexes below begin with the batch and the sheet: 100,000 rows need no third and fourth one.
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    sheet = models.ForeignKey(ImportSheet, on_delete=models.CASCADE, related_name="rows", db_index=False)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    codes = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.STAGED)
    raw = SealedTextField(blank=True)
    record = SealedTextField(blank=True)
    duplicate_row = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    duplicate_kind = models.CharField(max_length=30, blank=True)
    duplicate_id = models.BigIntegerField(null=True, blank=True)
    created_kind = models.CharField(max_length=30, blank=True)
    created_id = models.BigIntegerField(null=True, blank=True)
    registered = models.JSONField(default=list, blank=True)
    kept_because = models.CharField(max_length=60, blank=True)
    is_repaired = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["batch", "outcome", "id"], name="staged_by_outcome"),
            models.Index(fields=["batch", "state", "id"], name="staged_by_state"),
            models.Index(fields=["sheet", "row"], name="staged_by_sheet"),
            models.Index(
                fields=["duplicate_row"], condition=models.Q(duplicate_row__isnull=False), name="staged_duplicates"
            ),
        ]


@classified(internal="id kind heading field times")
class RememberedHeading(models.Model):
    """A heading somebody mapped by hand, so that the next workbook is understood without asking."""

    kind = models.CharField(max_length=30)
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=40, blank=True)  # empty: not to be imported
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "heading"], name="heading_once")]
