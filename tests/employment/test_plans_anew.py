"""The rows of the shared plan of events, with all their mess, under other headings and in other columns."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets import SHEETS as EVENTS
from sunward.mentoring.sheets import SHEETS as MENTORING
from sunward.registers.sheets.agreement import compare, describe
from sunward.registers.sheets.inspection import inspect_files, report_as_dict
from sunward.registers.workbook.reading import open_workbook
from tests.employment.test_plan_headings import MEANT
from tests.registers.pages import Page, save_text, save_xlsx
from tests.registers.test_rosters import ROSTERS, pytestmark  # noqa: F401 - skips with the same reason

KINDS = {kind.key: kind for kind in EVENTS}
ALL = (*MENTORING, *EVENTS)
# Our fields by the keys of the roster's columns.
FIELDS = {
    "name": "name", "mode": "mode", "sector": "sector", "date": "date", "time": "time", "place": "place",
    "host": "host", "firms": "employers", "posts": "posts", "people": "participants", "remark": "remark",
    "sub": "subdistrict", "month": "month", "course": "name", "post": "post", "teacher": "speaker",
}  # fmt: skip
TITLES = {
    "job_fair": ("2022年下半年招聘活动一览", "2022年专场招聘计划"),
    "community_interview": ("2022年社区面试专场", "家门口面试会（2022年）"),
    "course": ("2022年就业公开课", "小课式讲座安排 2022年度"),
}


def lay_out_anew(place: int, seed: int) -> tuple[Page, dict[int, int], dict[str, Any]]:
    """A page, its rows by the rows of the roster, and the truth of its sheet."""
    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    told = next(file for file in truth["files"] if file["kind"] == "events")
    sheet = told["sheets"][place]
    rng = random.Random(f"{place}{seed}")
    with open_workbook(ROSTERS / told["file"]) as book:
        source = list(book.sheets())[place]
        old = [[*row] for row in source.rows()]
        for merge in source.merges:
            for row in range(merge.top, merge.bottom):
                old[row][merge.left - 1] = old[merge.top - 1][merge.left - 1]
    columns = [column for column in sheet["columns"] if column["key"] and column["key"] != "seq"]
    rng.shuffle(columns)
    page = Page("Sheet1")
    page.add(rng.choice(TITLES[sheet["record"]]))
    page.add(*["序号"] * (seed % 2), *(_heading(sheet["record"], column["key"], rng) for column in columns))
    moved: dict[int, int] = {}
    for number, row in enumerate(sheet["rows"], 1):
        cells = old[row["row"] - 1]
        line = [cells[column["col"] - 1] if column["col"] <= len(cells) else "" for column in columns]
        moved[row["row"]] = page.add(*[number] * (seed % 2), *line)
    return page, moved, sheet


def _heading(kind: str, key: str, rng: random.Random) -> str:
    field = KINDS[kind].fields_by_key[FIELDS[key]]
    more = MEANT[kind].get(field.key, "")
    choices = [heading for heading in field.headings if not heading.isascii()] + (more.split("、") if more else [])
    return rng.choice(["{}", "{}", "* {}", "{}：", "{}（必填）"]).format(rng.choice(choices))


def agree(target: Path, moved: dict[int, int], sheet: dict[str, Any]) -> None:
    for row in sheet["rows"]:
        row["row"] = moved[row["row"]]
    name = "Sheet1" if target.suffix == ".xlsx" else ""
    expected = {"files": [{"file": target.name, "kind": "events", "sheets": [{"sheet": name, "rows": sheet["rows"]}]}]}
    report = inspect_files([target], on=date(2022, 11, 30), kinds=ALL)
    found = report.files[0].sheets[0].layout
    headings = [(column.heading, column.field) for column in found.columns]
    assert found.kind == sheet["record"], headings
    result = compare(report_as_dict(report, ALL), expected, ["events"])["events"]
    assert result.rows == len(sheet["rows"])
    assert result.agreeing == result.rows, f"{headings}\n{describe({'events': result}, shown=6)}"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("place", range(3), ids=["fairs", "interviews", "courses"])
def test_the_rows_of_a_plan_have_the_same_outcomes_in_another_workbook(place: int, seed: int, tmp_path: Path) -> None:
    page, moved, sheet = lay_out_anew(place, seed)
    save_xlsx([page], tmp_path / "a.xlsx")
    agree(tmp_path / "a.xlsx", moved, sheet)


@pytest.mark.parametrize(("encoding", "separator"), [("gbk", ","), ("utf-16", "\t")])
@pytest.mark.parametrize("place", range(3), ids=["fairs", "interviews", "courses"])
def test_the_rows_of_a_plan_have_the_same_outcomes_in_a_text_file(
    place: int, encoding: str, separator: str, tmp_path: Path
) -> None:
    page, moved, sheet = lay_out_anew(place, 9)
    page.lines = [[_as_text(cell) for cell in line] for line in page.lines]
    save_text([page], tmp_path / "a.csv", encoding, separator)
    agree(tmp_path / "a.csv", moved, sheet)


def _as_text(cell: Any) -> str:
    """What Excel writes for a cell."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
