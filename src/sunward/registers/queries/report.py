"""A whole import in the shape in which a dry run reports: what the command line writes with ``--json``."""

import json
from collections.abc import Iterator

from sunward.core.refusals import Refusal
from sunward.registers.enums import Outcome
from sunward.registers.models import ImportBatch, ImportFile, ImportSheet, StagedRow
from sunward.registers.sheets.identities import Place
from sunward.registers.sheets.inspection import FileReport, Report, SheetReport
from sunward.registers.sheets.layouts import Layout
from sunward.registers.sheets.staging import StagedRow as Judged
from sunward.registers.wording import file_sentence


def read_report(batch: ImportBatch) -> Report:
    """Opens every row of the import; as large as the import itself."""
    files = batch.files.order_by("position").prefetch_related("sheets")
    return Report(batch.judged_on, tuple(_file(file) for file in files))


def _file(file: ImportFile) -> FileReport:
    return FileReport(
        file=file.name,
        sheets=tuple(_sheet(sheet) for sheet in file.sheets.all()),
        refusal=Refusal(file.failure, file_sentence(file.failure)) if file.failure else None,  # type: ignore[arg-type]
    )


def _sheet(sheet: ImportSheet) -> SheetReport:
    return SheetReport(Layout.from_dict(sheet.layout), tuple(_rows(sheet)))


def _rows(sheet: ImportSheet) -> Iterator[Judged]:
    rows = sheet.rows.select_related("duplicate_row__sheet__file").order_by("row")
    for row in rows.iterator(chunk_size=1000):
        yield Judged(
            row=row.row,
            outcome=Outcome(row.outcome),
            codes=tuple(row.codes),
            duplicate_of=_original(row),
            values=json.loads(row.record) if row.record else {},
            cells={},
        )


def _original(row: StagedRow) -> Place | None:
    """The row that was there before: of this import, or of the earlier one that made the record."""
    if row.outcome != Outcome.DUPLICATE:
        return None
    original = row.duplicate_row
    if original is None and row.duplicate_id is not None:
        made = StagedRow.objects.filter(created_kind=row.duplicate_kind, created_id=row.duplicate_id)
        original = made.select_related("sheet__file").order_by("pk").first()
    if original is None:
        return Place("", "", 0, record=f"{row.duplicate_kind}:{row.duplicate_id}")
    return Place(original.sheet.file.name, original.sheet.name, original.row)
