"""What an import would do with files, without doing it: the report of `sunward import --dry-run`."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.identities import Identities, MemoryIdentities
from sunward.registers.sheets.layouts import Layout
from sunward.registers.sheets.recognition import Remembered, recognise
from sunward.registers.sheets.staging import StagedRow, stage
from sunward.registers.workbook.container import DEFAULT_LIMIT
from sunward.registers.workbook.reading import Sheet, open_workbook
from sunward.registers.workbook.refusals import NoKnownSheet, NoRecords, WorkbookRefused


@dataclass(frozen=True, slots=True)
class SheetReport:
    layout: Layout
    rows: tuple[StagedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """`refusal` says why a file was not read, or that none of its sheets is known."""

    file: str
    encoding: str = ""
    sheets: tuple[SheetReport, ...] = ()
    refusal: WorkbookRefused | None = None

    @property
    def rows(self) -> tuple[StagedRow, ...]:
        return tuple(row for sheet in self.sheets for row in sheet.rows)


@dataclass(frozen=True, slots=True)
class Report:
    on: date
    files: tuple[FileReport, ...]


def inspect_files(
    paths: Iterable[Path | str],
    *,
    on: date,
    kinds: Sequence[SheetKind],
    identities: Identities | None = None,
    remembered: Remembered | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Report:
    """Read files in the order given, so that a supplement finds the records of the workbook before it.

    A file that is refused is reported with its reason, and the others are read.
    """
    known = identities or MemoryIdentities()
    return Report(on, tuple(_inspect(Path(path), on, kinds, known, remembered, limit) for path in paths))


def _inspect(
    path: Path, on: date, kinds: Sequence[SheetKind], identities: Identities, remembered: Remembered | None, limit: int
) -> FileReport:
    try:
        with open_workbook(path, limit=limit) as book:
            sheets = tuple(_inspect_sheet(sheet, on, kinds, identities, remembered) for sheet in book.sheets())
            encoding = book.encoding
    except WorkbookRefused as refusal:
        return FileReport(path.name, refusal=refusal)
    return FileReport(path.name, encoding, sheets, refusal_of([sheet.layout for sheet in sheets]))


def refusal_of(layouts: Iterable[Layout]) -> WorkbookRefused | None:
    """Why nothing comes out of a file that can be read."""
    known = [layout.record_count for layout in layouts if layout.kind]
    if not known:
        return NoKnownSheet()
    return None if any(known) else NoRecords()


def _inspect_sheet(
    sheet: Sheet, on: date, kinds: Sequence[SheetKind], identities: Identities, remembered: Remembered | None
) -> SheetReport:
    layout = recognise(sheet, kinds, remembered=remembered)
    kind = next((entry for entry in kinds if entry.key == layout.kind), None)
    if kind is None or layout.is_hidden:
        return SheetReport(layout)
    return SheetReport(layout, tuple(stage(sheet, kind, layout, on=on, identities=identities)))


def kind_of_file(kinds: Iterable[SheetKind], of_sheets: Iterable[str | None]) -> str | None:
    """What most of a file's sheets are; sheets of one family are one kind."""
    names = {kind.key: kind.file_kind for kind in kinds}
    named = Counter(names.get(key, key) for key in of_sheets if key)
    return named.most_common(1)[0][0] if named else None


def report_as_dict(report: Report, kinds: Sequence[SheetKind]) -> dict[str, Any]:
    """The shape of the rosters' truth.json."""
    return {"as_of": report.on.isoformat(), "files": [_file(file, kinds) for file in report.files]}


def write_json(report: Report, kinds: Sequence[SheetKind], target: Path | str) -> None:
    Path(target).write_text(
        json.dumps(report_as_dict(report, kinds), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _file(file: FileReport, kinds: Sequence[SheetKind]) -> dict[str, Any]:
    kind = kind_of_file(kinds, (sheet.layout.kind for sheet in file.sheets))
    entry: dict[str, Any] = {"file": file.file, "kind": kind}
    if file.encoding:
        entry["encoding"] = file.encoding
    if file.refusal:
        entry["refusal"] = {"code": file.refusal.code, "sentence": str(file.refusal.sentence)}
    entry["outcomes"] = dict(sorted(Counter(row.outcome.value for row in file.rows).items()))
    entry["codes"] = dict(sorted(Counter(code for row in file.rows for code in row.codes).items()))
    entry["sheets"] = [_sheet(sheet, kinds) for sheet in file.sheets]
    return entry


def _sheet(sheet: SheetReport, kinds: Sequence[SheetKind]) -> dict[str, Any]:
    kind = next((entry for entry in kinds if entry.key == sheet.layout.kind), None)
    shown = kind.lengths if kind else ()
    return layout_as_dict(sheet.layout, kind) | {
        "rows": [row_as_dict(row, shown) for row in sheet.rows],
        "outcomes": dict(Counter(row.outcome.value for row in sheet.rows)),
        "codes": dict(Counter(code for row in sheet.rows for code in row.codes)),
    }


def layout_as_dict(layout: Layout, kind: SheetKind | None) -> dict[str, Any]:
    """`record` is told where a file may hold sheets of several kinds."""
    record = {"record": kind.key} if kind is not None and kind.family else {}
    return {
        "sheet": layout.sheet,
        "kind": layout.kind,
        **record,
        "header_rows": list(layout.header_rows),
        "data_rows": layout.record_count,
        "hidden_columns": list(layout.hidden_columns),
        "columns": [
            {"col": column.number, "header": column.heading, "key": column.field, "use": column.use.value}
            for column in layout.columns
        ],
        "skipped": [
            {"row": row, "kind": entry.use.value}
            for entry in layout.skipped
            if entry.use.value != "header"
            for row in range(entry.first, entry.last + 1)
        ],
        "subdistrict": layout.subdistrict or None,
    }


def row_as_dict(row: StagedRow, lengths: Sequence[str] = ()) -> dict[str, Any]:
    values = dict(row.values)
    for key in lengths:
        text = values.get(key)
        if isinstance(text, str):
            values[f"{key}_length"] = len(text)
    place = row.duplicate_of
    return {
        "row": row.row,
        "outcome": row.outcome.value,
        "codes": list(row.codes),
        "duplicate_of": {"file": place.file, "sheet": place.sheet, "row": place.row} if place else None,
        "values": values,
    }
