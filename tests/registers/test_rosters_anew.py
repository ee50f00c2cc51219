"""The rows of the shared rosters, with all their mess, under other headings, in other columns and other files."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.agreement import compare, describe
from sunward.registers.sheets.declarations import listed
from sunward.registers.sheets.inspection import inspect_files, report_as_dict
from sunward.registers.workbook.reading import open_workbook
from tests.registers.pages import Page, save_text, save_xlsx
from tests.registers.test_headings import MEANT
from tests.registers.test_rosters import ROSTERS, pytestmark  # noqa: F401 - skips with the same reason

KINDS = {kind.key: kind for kind in SHEETS}
# Our fields by the keys of the rosters' columns.
FIELDS = dict(
    pair.split("=")
    for pair in listed(
        "name=name、sex=sex、id=id_number、birth=birth_date、sub=subdistrict、nb=neighbourhood、addr=address、guard=guardianship、"
        "gname=guardian_name、relation=relation、phone=phone、hard=hardship、risk=risk、needs=needs、willing=willing_to_pair、"
        "lang=language、school=schooling、remark=remark、job=occupation、skills=skills、kids=children_ages、slots=times、"
        "honour=honours、vet=vetted_on、vetres=vetting_result、train=trained_on、capacity=capacity、joined=joined_on、"
        "major=major、sno=student_no、subjects=subjects、grade=grade、exp=has_experience"
    )
)


def lay_out_anew(kind: str, seed: int) -> tuple[Page, dict[int, int], dict[str, Any]]:
    """A page, its rows by the rows of the roster, and the roster's truth; rows that had moved sideways are left out."""
    rng = random.Random(f"{kind}{seed}")
    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    told = next(file for file in truth["files"] if file["kind"] == kind)
    sheet = told["sheets"][0]
    with open_workbook(ROSTERS / told["file"]) as book:
        old = list(next(book.sheets()).rows())
    columns = [column for column in sheet["columns"] if column["key"] and column["key"] != "seq"]
    rng.shuffle(columns)
    page = Page("名册")
    for _ in range(rng.randrange(3)):
        page.add("2022年度有关情况汇总")
    page.add(*["序号"] * (seed % 2), *(_heading(kind, column["key"], rng) for column in columns))
    moved: dict[int, int] = {}
    for number, row in enumerate(row for row in sheet["rows"] if "row_shifted" not in row["codes"]):
        cells = old[row["row"] - 1]
        line = [cells[column["col"] - 1] if column["col"] <= len(cells) else "" for column in columns]
        moved[row["row"]] = page.add(*[number + 1] * (seed % 2), *line)
    return page, moved, told


def _heading(kind: str, key: str, rng: random.Random) -> str:
    field = KINDS[kind].fields_by_key["school" if (kind, key) == ("students", "school") else FIELDS[key]]
    chinese = [heading for heading in field.headings if not heading.isascii()]
    heading = rng.choice([*chinese, *listed(MEANT[kind].get(field.key, ""))]) or chinese[0]
    return rng.choice(["{}", "{}", "* {}", "{}：", "{}（必填）"]).format(heading)


def agree(kind: str, target: Path, moved: dict[int, int], told: dict[str, Any]) -> None:
    name = "名册" if target.suffix == ".xlsx" else ""
    rows = [row for row in told["sheets"][0]["rows"] if row["row"] in moved]
    for row in rows:
        row["row"] = moved[row["row"]]
        if original := row.get("duplicate_of"):
            row["duplicate_of"] = {"file": target.name, "sheet": name, "row": moved[original["row"]]}
    expected = {"files": [{"file": target.name, "kind": kind, "sheets": [{"sheet": name, "rows": rows}]}]}
    report = inspect_files([target], on=date(2022, 11, 30), kinds=SHEETS)
    result = compare(report_as_dict(report, SHEETS), expected, [kind])[kind]
    headings = [(column.heading, column.field) for column in report.files[0].sheets[0].layout.columns]
    assert result.rows == len(rows)
    assert result.agreeing == result.rows, f"{headings}\n{describe({kind: result}, shown=6)}"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_a_roster_have_the_same_outcomes_in_another_workbook(kind: str, seed: int, tmp_path: Path) -> None:
    page, moved, told = lay_out_anew(kind, seed)
    target = tmp_path / "a.xlsx"
    save_xlsx([page], target)
    agree(kind, target, moved, told)


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("utf-16", "\t")])
@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_a_roster_have_the_same_outcomes_in_a_text_file(
    kind: str, encoding: str, separator: str, tmp_path: Path
) -> None:
    page, moved, told = lay_out_anew(kind, 9)
    target = tmp_path / "a.csv"
    page.lines = [[_as_text(cell) for cell in line] for line in page.lines]
    save_text([page], target, encoding, separator)
    agree(kind, target, moved, told)


def _as_text(cell: Any) -> str:
    """What Excel writes for a cell: a long number in scientific notation."""
    if isinstance(cell, float):
        return f"{cell:.14E}" if cell >= 1e15 else f"{cell:.11g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
