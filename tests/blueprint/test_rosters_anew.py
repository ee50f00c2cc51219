"""The breakdown of the shared rosters with its columns in another order and under other headings."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from sunward.blueprint.reading import agreement
from sunward.blueprint.reading.breakdown import read_breakdown

ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "rosters"
HEADINGS = {
    "序号": ("编号", "序 号"),
    "重点任务": ("重点工作", "年度重点任务", "主要任务"),
    "具体举措": ("工作措施", "具体措施", "主要举措"),
    "牵头单位": ("牵头部门", "主责部门", "主办单位"),
    "责任人": ("责任领导", "负责人"),
    "配合单位": ("协办单位", "配合部门", "联动部门"),
    "完成时限": ("完成时间", "时间节点", "办结时限"),
    "量化指标": ("工作目标", "指标要求", "考核指标"),
}

pytestmark = pytest.mark.skipif(
    not (ROSTERS / "truth.json").exists(), reason="the shared rosters are not beside the repository (../shared/rosters)"
)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(file for file in truth["files"] if file["kind"] == "plan")
    return found


def rearranged(source: Path, target: Path, random: Random) -> Path:
    old = openpyxl.load_workbook(source)["分解表"]
    book = openpyxl.Workbook()
    new = book.active
    assert new is not None
    new.title = "Sheet1"
    order = random.sample(range(1, 9), 8)
    places = {column: place for place, column in enumerate(order, 1)}
    wide = {merge.min_row for merge in old.merged_cells.ranges if merge.max_col - merge.min_col == 7}
    for row in old.iter_rows():
        for cell in row:
            if cell.value is None or isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            value = cell.value
            if isinstance(value, str) and value in HEADINGS:
                value = random.choice(HEADINGS[value])
            new.cell(cell.row, 1 if cell.row in wide else places[cell.column], value)
    for line in _merges(old, places, wide):
        new.merge_cells(line)
    book.save(target)
    return target


def _merges(old: Any, places: dict[int, int], wide: set[int]) -> Iterator[str]:
    for merge in old.merged_cells.ranges:
        if merge.min_row in wide:
            yield f"A{merge.min_row}:H{merge.max_row}"
        else:
            letter = get_column_letter(places[merge.min_col])
            yield f"{letter}{merge.min_row}:{letter}{merge.max_row}"


@pytest.mark.parametrize("seed", range(12))
def test_every_line_is_read_the_same_under_other_headings_in_another_order(seed, told, tmp_path):
    path = rearranged(ROSTERS / told["file"], tmp_path / "2023年任务分解.xlsx", Random(seed))
    read = read_breakdown(path)
    result = agreement.compare(read.lines, told["sheets"][0]["rows"])
    assert (result.faults, result.filled, result.unmarked) == ([], [], []), agreement.describe("plan", result)
    assert [line.goal for line in read.lines] == [row["values"]["task"] for row in told["sheets"][0]["rows"]]
