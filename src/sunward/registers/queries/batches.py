"""The list of imports, and one import with its files and how each sheet was read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Progress, Tab, Tone
from sunward.core.jobs.models import RunState
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.registers.access import is_foreign, visible_batches
from sunward.registers.enums import BatchState, Outcome, RowState
from sunward.registers.models import ImportBatch, ImportFile, ImportSheet
from sunward.registers.sheets.layouts import ColumnUse, Layout
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.wording import Words, file_sentence, kind_label

COLUMNS = (
    Column("files", _("Files")),
    Column("unit", _("Unit"), ("unit_path",)),
    Column("made", _("Uploaded"), ("made_at",)),
    Column("state", _("State"), ("state",)),
    Column("rows", _("Rows"), kind="number"),
    Column("repair", _("Needs repair"), kind="number"),
)
TONES: dict[str, Tone] = {
    BatchState.STAGING: "info",
    BatchState.STAGED: "warn",
    BatchState.COMMITTING: "info",
    BatchState.COMMITTED: "good",
    BatchState.UNDOING: "info",
    BatchState.UNDONE: "off",
    BatchState.FAILED: "urgent",
}
WORKING = (BatchState.STAGING, BatchState.COMMITTING, BatchState.UNDOING)
_LABELS = {
    BatchState.STAGING: _("Reading the files"),
    BatchState.COMMITTING: _("Taking the rows over"),
    BatchState.UNDOING: _("Undoing the import"),
}
_OUTCOME_TABS = (
    (Outcome.REJECTED, _("Needs repair")),
    (Outcome.WARNED, _("With a warning")),
    (Outcome.DUPLICATE, _("Already there")),
    (Outcome.ACCEPTED, _("Accepted")),
)


@dataclass(frozen=True, slots=True)
class BatchRow:
    href: str
    files: str
    unit: str
    made_at: datetime
    made_by: str
    word: Words
    tone: Tone
    rows: int
    repair: int


def list_batches(actor: Actor) -> QuerySet[ImportBatch]:
    return visible_batches(actor).select_related("unit", "made_by").prefetch_related("files")


def to_batch_row(batch: ImportBatch) -> BatchRow:
    """Reads the files, the unit and the user: fetch them along."""
    return BatchRow(
        href=reverse("registers:batch", args=[batch.uid]),
        files=join_words(file.name for file in batch.files.all()),
        unit=batch.unit.name,
        made_at=batch.made_at,
        made_by=str(batch.made_by or ""),
        word=BatchState(batch.state).label,
        tone=TONES[batch.state],
        rows=batch.counts.get("rows", 0),
        repair=batch.counts.get(Outcome.REJECTED, 0),
    )


@dataclass(frozen=True, slots=True)
class SheetView:
    """How a sheet was understood, in short."""

    id: int
    href: str
    name: str
    kind: Words
    is_known: bool
    is_foreign: bool
    is_skipped: bool
    is_hidden: bool
    rows: int
    header: str
    mapped: int
    unmapped: tuple[str, ...]
    guessed: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class FileView:
    position: int
    name: str
    size: int
    failure: Words
    sheets: tuple[SheetView, ...]


@dataclass(frozen=True, slots=True)
class LedgerLink:
    """Where to go on once rows are taken over: the list in which they now stand."""

    href: str
    label: Words


@dataclass(frozen=True, slots=True)
class BatchView:
    uid: UUID
    files: tuple[FileView, ...]
    unit: str
    judged_on: date
    made_at: datetime
    made_by: str
    state: str
    word: Words
    tone: Tone
    counts: dict[str, int]
    failure: Words
    committed_at: datetime | None
    committed_by: str
    undone_at: datetime | None
    ledgers: tuple[LedgerLink, ...]

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_open(self) -> bool:
        """Whether rows may still be repaired and sheets corrected."""
        return self.state == BatchState.STAGED

    @property
    def is_committed(self) -> bool:
        return self.state == BatchState.COMMITTED

    @property
    def is_undone(self) -> bool:
        return self.state == BatchState.UNDONE

    @property
    def has_failed(self) -> bool:
        return self.state == BatchState.FAILED

    @property
    def ready(self) -> int:
        return self.counts.get("ready", 0)

    @property
    def repair(self) -> int:
        return self.counts.get(Outcome.REJECTED, 0)

    @property
    def committed(self) -> int:
        return self.counts.get(RowState.COMMITTED, 0)

    @property
    def undone(self) -> int:
        return self.counts.get(RowState.UNDONE, 0)


def read_batch(batch: ImportBatch) -> BatchView:
    """Two queries beside the batch's own: its files and their sheets."""
    files = batch.files.order_by("position").prefetch_related(
        Prefetch("sheets", queryset=ImportSheet.objects.order_by("position"))
    )
    return BatchView(
        uid=batch.uid,
        files=tuple(_file(batch, file) for file in files),
        unit=batch.unit.name,
        judged_on=batch.judged_on,
        made_at=batch.made_at,
        made_by=str(batch.made_by or ""),
        state=batch.state,
        word=BatchState(batch.state).label,
        tone=TONES[batch.state],
        counts=batch.counts,
        failure=file_sentence(batch.failure),
        committed_at=batch.committed_at,
        committed_by=str(batch.committed_by or ""),
        undone_at=batch.undone_at,
        ledgers=_ledgers({sheet.kind for file in files for sheet in file.sheets.all() if not sheet.is_skipped}),
    )


def _ledgers(kinds: set[str]) -> tuple[LedgerLink, ...]:
    """One for each list; several kinds may stand in one."""
    found: dict[str, list[Words]] = {}
    for kind in sheet_kinds().values():
        if kind.key in kinds and kind.ledger:
            found.setdefault(kind.ledger, []).append(kind.label)
    return tuple(LedgerLink(reverse(ledger), join_words(labels)) for ledger, labels in found.items())


def _file(batch: ImportBatch, file: ImportFile) -> FileView:
    return FileView(
        position=file.position,
        name=file.name,
        size=file.size,
        failure=file_sentence(file.failure),
        sheets=tuple(_sheet(batch, sheet) for sheet in file.sheets.all()),
    )


def _sheet(batch: ImportBatch, sheet: ImportSheet) -> SheetView:
    layout = Layout.from_dict(sheet.layout)
    return SheetView(
        id=sheet.pk,
        href=reverse("registers:sheet", args=[batch.uid, sheet.pk]),
        name=sheet.name,
        kind=kind_label(sheet.kind),
        is_known=bool(sheet.kind),
        is_foreign=is_foreign(sheet.kind, batch),
        is_skipped=sheet.is_skipped,
        is_hidden=layout.is_hidden,
        rows=sheet.rows_seen,
        header=_span(layout.header_rows),
        mapped=len(layout.mapping),
        unmapped=tuple(c.heading for c in layout.columns if c.use is ColumnUse.UNMAPPED and c.heading),
        guessed=tuple(c.heading for c in layout.columns if c.is_guess),
        left_out=sum(entry.last - entry.first + 1 for entry in layout.skipped if entry.use != "header"),
    )


def _span(rows: tuple[int, ...]) -> str:
    return "" if not rows else str(rows[0]) if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"


def outcome_tabs(view: BatchView, *, current: str) -> tuple[Tab, ...]:
    """What became of the rows, what has to be done first."""
    here = reverse("registers:batch", args=[view.uid])
    tabs = [
        Tab(label, f"{here}?outcome={outcome}", outcome == current, view.counts.get(outcome, 0))
        for outcome, label in _OUTCOME_TABS
    ]
    if view.counts.get(RowState.SKIPPED):
        tabs.append(Tab(_("Left out"), f"{here}?outcome=skipped", current == "skipped", view.counts[RowState.SKIPPED]))
    if view.is_undone and view.committed:
        tabs.append(Tab(_("Had to stay"), f"{here}?outcome=kept", current == "kept", view.committed))
    return tuple(tabs)


def first_outcome(view: BatchView) -> str:
    """The tab that opens by itself: the first that has rows."""
    if view.is_undone and view.committed:
        return "kept"
    return next((str(outcome) for outcome, _label in _OUTCOME_TABS if view.counts.get(outcome)), str(Outcome.ACCEPTED))


def read_progress(batch: ImportBatch) -> Progress:
    """The long act that is under way, from its run; over once the batch has left the state."""
    job = batch.job
    is_over = batch.state not in WORKING
    has_failed = not is_over and job is not None and job.state == RunState.DEAD
    return Progress(
        url=reverse("registers:progress", args=[batch.uid]),
        label=_LABELS.get(BatchState(batch.state), BatchState(batch.state).label),
        done=job.done if job else 0,
        total=job.total if job else None,
        note=job.sentence if job else "",
        is_over=is_over or has_failed,
        has_failed=has_failed,
        next_href=reverse("registers:batch", args=[batch.uid]),
        next_label=_("See the result") if is_over else _("Back to the import"),
    )
