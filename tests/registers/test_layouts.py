"""Workbooks laid out in ways that none of the shared rosters has give the outcomes their rows were made for."""

from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.inspection import FileReport, inspect_files, row_as_dict
from tests.registers import pages, rosters
from tests.registers.arrangements import ARRANGEMENTS

TEXT = {
    "UTF-8 with mark": ("utf-8-sig", ","),
    "GBK": ("gb18030", ","),
    "tabs": ("utf-8", "\t"),
    "UTF-16": ("utf-16", "\t"),
    "semicolons": ("utf-8", ";"),
}
CASES = [(kind, label) for kind, plans in ARRANGEMENTS.items() for label in plans]
FLAT = [(kind, label) for kind, label in CASES if ARRANGEMENTS[kind][label].by_place != "sheets"]


def differences(rows: list[rosters.Row], report: FileReport) -> list[str]:
    """What differs from the outcomes the rows were made for."""
    found = {(sheet.layout.sheet, row.row): row_as_dict(row) for sheet in report.sheets for row in sheet.rows}
    faults = []
    for row in rows:
        told = found.pop(row.place[1:], None)
        if told is None:
            faults.append(f"{row.place}: no record")
            continue
        original = row.original.place if row.original else None
        place = told["duplicate_of"]
        pairs: list[tuple[str, Any, Any]] = [
            ("outcome", row.outcome, told["outcome"]),
            ("codes", row.codes, set(told["codes"])),
            ("duplicate_of", original, (place["file"], place["sheet"], place["row"]) if place else None),
        ]
        for key, value in row.values.items():
            # Without a number and a column there is no birth date and no sex to be known.
            if not (
                key in ("birth_date", "sex") and told["values"].get(key) is None and row.values.get("id_number") is None
            ):
                pairs.append((key, value, told["values"].get(key)))
        faults.extend(f"{row.place} {what}: expected {want}, found {got}" for what, want, got in pairs if want != got)
    return faults + [f"{place}: a record that is none" for place in found]


def make(kind: str, label: str, seed: int) -> tuple[list[rosters.Row], pages.Arrangement]:
    plan = ARRANGEMENTS[kind][label]
    return rosters.make_rows(kind, 60 if kind == "students" else 90, seed, set(plan.headings)), plan


def inspect(target: Path) -> FileReport:
    return inspect_files([target], on=rosters.ON, kinds=SHEETS).files[0]


@pytest.mark.parametrize(("seed", "kind", "label"), [(seed, *case) for seed, case in enumerate(CASES)])
def test_a_workbook_of_another_layout_gives_the_outcomes_of_its_rows(
    kind: str, label: str, seed: int, tmp_path: Path
) -> None:
    rows, plan = make(kind, label, seed)
    target = tmp_path / "台账.xlsx"
    pages.save_xlsx(pages.lay_out(kind, rows, plan, target.name, seed), target, bool(plan.hidden))
    report = inspect(target)
    assert {sheet.layout.kind for sheet in report.sheets} == {kind}
    assert not differences(rows, report)


@pytest.mark.parametrize(("kind", "label", "writing"), [(*case, writing) for case, writing in zip(FLAT, cycle(TEXT))])
def test_a_text_file_of_another_layout_gives_the_outcomes_of_its_rows(
    kind: str, label: str, writing: str, tmp_path: Path
) -> None:
    rows, plan = make(kind, label, 3)
    target = tmp_path / "台账.csv"
    written = pages.lay_out(kind, rows, replace(plan, merges=False), target.name, 3)
    pages.save_text(written, target, *TEXT[writing])
    report = inspect(target)
    assert report.sheets[0].layout.kind == kind
    assert not differences(rows, report)


def test_columns_that_must_not_be_collected_are_never_read(tmp_path: Path) -> None:
    rows, plan = make("mothers", "one row, other words and order", 4)
    target = tmp_path / "台账.xlsx"
    pages.save_xlsx(pages.lay_out("mothers", rows, plan, target.name, 4), target, hidden_last=True)
    sheet = inspect(target).sheets[0]
    uses = {column.heading: column.use.value for column in sheet.layout.columns}
    assert uses["婚姻状况"] == uses["政治面貌"] == "not_collected"
    assert uses["编码"] == "unmapped"
    assert [column.heading for column in sheet.layout.columns if column.is_hidden] == ["编码"]
    assert not any("未婚" in str(row.raw) or "未婚" in str(row.values) or "N1" in str(row.raw) for row in sheet.rows)
