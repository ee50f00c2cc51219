"""The report of a dry run written as it comes, so that its size is no matter."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.identities import Identities, MemoryIdentities
from sunward.registers.sheets.inspection import kind_of_file, layout_as_dict, row_as_dict
from sunward.registers.sheets.recognition import recognise
from sunward.registers.sheets.staging import stage
from sunward.registers.workbook.container import DEFAULT_LIMIT
from sunward.registers.workbook.reading import Sheet, open_workbook
from sunward.registers.workbook.refusals import NoKnownSheet, NoRecords, WorkbookRefused


def write_report(
    paths: Iterable[Path | str],
    *,
    on: date,
    kinds: Sequence[SheetKind],
    target: TextIO,
    limit: int = DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Write what `report_as_dict` gives, row by row, and return it without the rows."""
    summary: dict[str, Any] = {"as_of": on.isoformat(), "files": []}
    known = MemoryIdentities()
    target.write(f'{{"as_of": "{on.isoformat()}", "files": [')
    for place, path in enumerate(paths):
        target.write("\n " if place == 0 else ",\n ")
        summary["files"].append(_write_file(Path(path), on, kinds, known, limit, target))
    target.write("\n]}\n")
    return summary


def _write_file(
    path: Path, on: date, kinds: Sequence[SheetKind], identities: Identities, limit: int, target: TextIO
) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": path.name}
    sheets: list[dict[str, Any]] = []
    target.write(f'{{"file": {_json(path.name)}, "sheets": [')
    try:
        with open_workbook(path, limit=limit) as book:
            if book.encoding:
                entry["encoding"] = book.encoding
            for place, sheet in enumerate(book.sheets()):
                target.write("\n  " if place == 0 else ",\n  ")
                sheets.append(_write_sheet(sheet, on, kinds, identities, target))
        if not any(sheet["kind"] for sheet in sheets):
            raise NoKnownSheet
        if not any(sheet["data_rows"] for sheet in sheets if sheet["kind"]):
            raise NoRecords
    except WorkbookRefused as refusal:
        entry["refusal"] = {"code": refusal.code, "sentence": str(refusal.sentence)}
    entry["kind"] = kind_of_file(kinds, (sheet["kind"] for sheet in sheets))
    for what in ("outcomes", "codes"):
        entry[what] = dict(sorted(sum((Counter(sheet[what]) for sheet in sheets), Counter[str]()).items()))
    target.write("]")
    target.writelines(f", {_json(key)}: {_json(value)}" for key, value in entry.items() if key != "file")
    target.write("}")
    return entry | {"sheets": sheets}


def _write_sheet(
    sheet: Sheet, on: date, kinds: Sequence[SheetKind], identities: Identities, target: TextIO
) -> dict[str, Any]:
    layout = recognise(sheet, kinds)
    kind = next((entry for entry in kinds if entry.key == layout.kind), None)
    entry = layout_as_dict(layout, kind)
    target.write(_json(entry)[:-1] + ', "rows": [')
    outcomes, codes = Counter[str](), Counter[str]()
    if kind is not None and not layout.is_hidden:
        for place, row in enumerate(stage(sheet, kind, layout, on=on, identities=identities)):
            target.write("\n   " if place == 0 else ",\n   ")
            target.write(_json(row_as_dict(row, kind.lengths)))
            outcomes[row.outcome.value] += 1
            codes.update(row.codes)
    target.write(f'], "outcomes": {_json(outcomes)}, "codes": {_json(codes)}}}')
    return entry | {"outcomes": dict(outcomes), "codes": dict(codes)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
