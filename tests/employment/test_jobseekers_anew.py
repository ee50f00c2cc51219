"""The rows of the shared survey, with all their mess, under other headings, in other columns and other files."""

import json
import random
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets.unemployed import UNEMPLOYED
from sunward.mentoring.sheets import SHEETS as MENTORING
from sunward.registers.sheets.agreement import compare, describe
from sunward.registers.sheets.declarations import listed
from sunward.registers.sheets.inspection import inspect_files, report_as_dict
from sunward.registers.workbook.reading import open_workbook
from tests.employment.test_jobseeker_headings import MEANT
from tests.registers.pages import Page, save_text, save_xlsx
from tests.registers.test_rosters import ROSTERS, pytestmark  # noqa: F401 - skips with the same reason

KINDS = (*MENTORING, UNEMPLOYED)
# Our fields by the keys of the roster's columns.
FIELDS = {
    "name": "name", "sex": "sex", "id": "id_number", "birth": "birth_date", "age": "age", "sub": "subdistrict",
    "nb": "neighbourhood", "addr": "address", "phone": "phone", "job": "wished_posts", "skill": "skills",
    "edu": "education", "salary": "salary_written", "status": "situation", "intent": "intention",
    "reg": "registered_on", "split": "is_elsewhere", "disabled": "disabled", "remark": "remark",
}  # fmt: skip
EXTRA = {"政治面貌": "群众", "婚育状况": "已婚未育", "内部编号": "N07", "失业原因": "合同到期", "原工作单位": "某公司"}
BOOK, SHEETS = "失业人员排摸表.xlsx", 12


@cache
def _survey() -> tuple[str, list[list[list[Any]]]]:
    """The truth of its sheets as text, and their rows."""
    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    told = next(file for file in truth["files"] if file["file"] == BOOK)["sheets"]
    with open_workbook(ROSTERS / BOOK) as source:
        return json.dumps(told), [[[*row] for row in sheet.rows()] for sheet in source.sheets()]


def lay_out_anew(place: int, seed: int) -> tuple[Page, list[dict[str, Any]]]:
    """A page of one sheet's rows, and their truth with the rows as they stand now.

    Rows that had moved sideways are left out, and so are those that repeat a row of another sheet.
    """
    truth, sheets = _survey()
    sheet, old = json.loads(truth)[place], sheets[place]
    rng = random.Random(f"{place}{seed}")
    columns = [column for column in sheet["columns"] if column["key"] and column["key"] != "seq"]
    rng.shuffle(columns)
    extra = rng.sample(list(EXTRA), 2)
    page = Page(sheet["sheet"])
    page.add(rng.choice(("2022年失业人员情况", "登记失业人员摸底", "无业人员名单")))
    page.add(*["序号"] * (seed % 2), *extra[:1], *(_heading(column["key"], rng) for column in columns), *extra[1:])
    moved: dict[int, int] = {}
    rows = []
    for number, row in enumerate(sheet["rows"], 1):
        original = row.get("duplicate_of")
        if "row_shifted" in row["codes"] or (original and original["sheet"] != sheet["sheet"]):
            continue
        cells = old[row["row"] - 1]
        line = [cells[column["col"] - 1] if column["col"] <= len(cells) else "" for column in columns]
        told = [EXTRA[name] for name in extra]
        moved[row["row"]] = page.add(*[number] * (seed % 2), *told[:1], *line, *told[1:])
        rows.append(row)
    for row in rows:
        row["row"] = moved[row["row"]]
        if original := row.get("duplicate_of"):
            original["row"] = moved[original["row"]]
    return page, rows


def _heading(key: str, rng: random.Random) -> str:
    field = UNEMPLOYED.fields_by_key[FIELDS[key]]
    chinese = [heading for heading in field.headings if not heading.isascii()]
    heading = rng.choice([*chinese, *filter(None, listed(MEANT.get(field.key, "")))])
    return rng.choice(["{}", "{}", "* {}", "{}：", "{}（必填）"]).format(heading)


def agree(target: Path, sheet: str, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        if original := row.get("duplicate_of"):
            original |= {"file": target.name, "sheet": sheet}
    expected = {"files": [{"file": target.name, "kind": "unemployed", "sheets": [{"sheet": sheet, "rows": rows}]}]}
    report = inspect_files([target], on=date(2022, 11, 30), kinds=KINDS)
    result = compare(report_as_dict(report, KINDS), expected, ["unemployed"])["unemployed"]
    headings = [(column.heading, column.field) for column in report.files[0].sheets[0].layout.columns]
    assert result.rows == len(rows) > 300
    assert result.agreeing == result.rows, f"{headings}\n{describe({'unemployed': result}, shown=6)}"
    read = [row for told in report.files[0].sheets for row in told.rows]
    assert not any(word in str(row.raw) + str(row.values) for row in read for word in EXTRA.values())


@pytest.mark.parametrize("place", range(SHEETS))
def test_the_rows_of_the_survey_have_the_same_outcomes_in_another_workbook(place: int, tmp_path: Path) -> None:
    page, rows = lay_out_anew(place, place)
    target = tmp_path / "名单.xlsx"
    save_xlsx([page], target)
    agree(target, page.name, rows)


@pytest.mark.parametrize(("place", "encoding", "separator"), [(0, "utf-8-sig", ","), (5, "gb18030", "\t")])
def test_the_rows_of_the_survey_have_the_same_outcomes_in_a_text_file(
    place: int, encoding: str, separator: str, tmp_path: Path
) -> None:
    """A text file has no sheet's name, so its own name tells the sub-district."""
    page, rows = lay_out_anew(place, 20 + place)
    target = tmp_path / f"{page.name}.csv"
    page.lines = [[_as_text(cell) for cell in line] for line in page.lines]
    save_text([page], target, encoding, separator)
    agree(target, "", rows)


def _as_text(cell: Any) -> str:
    """What Excel writes for a cell: a long number in scientific notation."""
    if isinstance(cell, float):
        return f"{cell:.14E}" if cell >= 1e15 else f"{cell:.11g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
