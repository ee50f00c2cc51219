"""Putting right how a sheet was read; what was put right is remembered, and the import is read again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.registers import jobs
from sunward.registers.access import batch_subject, get_batch_for_change, is_foreign, kinds_of
from sunward.registers.actions.committing import refuse_unless_staged
from sunward.registers.enums import BatchState
from sunward.registers.memory import remember_heading, write_corrections
from sunward.registers.models import ImportBatch, ImportSheet
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.layouts import Corrections, Layout


@transaction.atomic
def correct_sheet(
    *,
    actor: Actor,
    batch_id: UUID,
    sheet_id: int,
    corrections: Corrections,
    now: datetime,
    is_skipped: bool = False,
    is_background: bool = True,
) -> ImportBatch:
    """Change a sheet's kind, header, columns or rows, or leave it out, and have the whole import read again.

    Rows that were repaired by hand keep their repairs.
    """
    batch = get_batch_for_change(actor=actor, batch_id=batch_id)
    refuse_unless_staged(batch)
    sheet = ImportSheet.objects.select_for_update(of=("self",)).filter(pk=sheet_id, file__batch=batch).first()
    if sheet is None or is_foreign(sheet.kind, batch):
        raise NotThere("registers.sheet_not_there", _("There is no such sheet in this import."))
    _refuse_impossible(sheet, corrections, kinds_of(batch))
    sheet.corrections = write_corrections(corrections)
    sheet.is_skipped = is_skipped
    sheet.save(update_fields=["corrections", "is_skipped"])
    _remember(sheet, corrections)
    _read_again(batch, is_background=is_background)
    record_act(
        actor=actor, code="registers.sheet_corrected", now=now, subject=batch_subject(batch),
        unit_path=batch.unit_path, sheet=sheet.pk, columns=len(corrections.fields), left_out=is_skipped,
    )  # fmt: skip
    return batch


def _refuse_impossible(sheet: ImportSheet, corrections: Corrections, kinds: Mapping[str, SheetKind]) -> None:
    kind = kinds.get(corrections.kind if corrections.kind is not None else sheet.kind)
    if kind is None and (corrections.kind or corrections.fields):
        raise Refusal("registers.kind_unknown", _("Choose first what kind of list this sheet is."))
    if kind is not None and any(key and key not in kind.fields_by_key for key in corrections.fields.values()):
        raise Refusal(
            "registers.field_unknown", _("One of the columns was given a meaning that this list does not have.")
        )
    rows = corrections.header_rows
    if rows and (min(rows) < 1 or list(rows) != list(range(rows[0], rows[-1] + 1)) or len(rows) > 4):
        raise Refusal("registers.header_impossible", _("The header is one to four rows that follow one another."))


def _remember(sheet: ImportSheet, corrections: Corrections) -> None:
    """Only what somebody chose for a column that has a heading."""
    kind = corrections.kind or sheet.kind
    headings = _headings(sheet)
    for number, field in corrections.fields.items():
        if kind and headings.get(number):
            remember_heading(kind=kind, heading=headings[number], field=field)


def _headings(sheet: ImportSheet) -> Mapping[int, str]:
    return {column.number: column.heading for column in Layout.from_dict(sheet.layout).columns} if sheet.layout else {}


def _read_again(batch: ImportBatch, *, is_background: bool) -> None:
    batch.state = BatchState.STAGING
    batch.version += 1
    if is_background:
        batch.job = enqueue(jobs.stage.about(jobs.subject(batch.pk)), batch_id=batch.pk)
    batch.save(update_fields=["state", "job", "version"])


@transaction.atomic
def resume_batch(*, actor: Actor, batch_id: UUID, now: datetime, is_background: bool = True) -> ImportBatch:
    """Go on with what stopped: the disk was full, the worker was lost too often, whoever started it has left."""
    batch = get_batch_for_change(actor=actor, batch_id=batch_id)
    by_state = {BatchState.STAGING: jobs.stage, BatchState.COMMITTING: jobs.commit, BatchState.UNDOING: jobs.undo}
    job = by_state.get(BatchState(batch.state))
    if job is None or (batch.job is not None and not batch.job.is_finished):
        raise Conflict("registers.nothing_to_resume", _("This import is not standing still. Look at the page again."))
    if batch.state == BatchState.COMMITTING:
        batch.committed_by_id = actor.user_id or None
    if is_background:
        batch.job = enqueue(job.about(jobs.subject(batch.pk)), batch_id=batch.pk)
    batch.version += 1
    batch.save(update_fields=["job", "committed_by", "version"])
    record_act(
        actor=actor, code="registers.batch_resumed", now=now, subject=batch_subject(batch), unit_path=batch.unit_path,
        state=batch.state,
    )  # fmt: skip
    return batch
