"""Single oddities of layout that offices write, each in the smallest workbook that has it."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.inspection import FileReport, inspect_files
from sunward.registers.sheets.layouts import Layout, RowUse
from tests.registers.pages import Page, save_text, save_xlsx
from tests.registers.rosters import ON, resident_id

HEADINGS = ("序号", "姓名", "身份证号", "街道", "居委", "监护人", "电话", "困境类型", "风险等级")
COMMITTEE = "鞍山四村第二居委会"
COMMITTEE_CODE = "310110009004"


def child(number: int, **cells: Any) -> list[Any]:
    rng = random.Random(number)
    told = {
        "姓名": "王" + "一二三四五六七八九"[number - 1],
        "身份证号": resident_id(rng, date(2012, 3, number), "M"),
        "街道": "四平路街道",
        "居委": COMMITTEE,
        "监护人": "李梅",
        "电话": f"1390000000{number}",
        "困境类型": "留守儿童",
        "风险等级": "低",
    }
    return [number, *(cells.get(heading, told[heading]) for heading in HEADINGS[1:])]


def read(page: Page, folder: Path, file: str = "困境儿童台账.xlsx") -> FileReport:
    save_xlsx([page], folder / file)
    return inspect_files([folder / file], on=ON, kinds=SHEETS).files[0]


def outcomes(report: FileReport) -> dict[int, str]:
    return {row.row: row.outcome.value for row in report.rows}


def test_rows_numbered_and_placed_in_advance_are_no_records(tmp_path: Path) -> None:
    page = Page("S")
    page.add(*HEADINGS)
    page.add(*child(1))
    page.add(2, "", "", "四平路街道")
    page.add(*child(3))
    page.add(4, "", "", "四平路街道")
    assert outcomes(read(page, tmp_path)) == {2: "accepted", 4: "accepted"}


def test_a_line_of_signatures_in_cells_of_their_own_is_a_note(tmp_path: Path) -> None:
    page = Page("S")
    page.add(*HEADINGS)
    page.add(*child(1))
    page.add("填表人", "李四", "", "审核人：", "王五", "", "填表日期", "2022.11.30")
    page.add("其中：孤儿", 1)
    page.add(*[""] * 8, "某区妇联（盖章）")
    page.add(*[""] * 8, "2022年11月30日")
    page.add("第1页，共2页")
    report = read(page, tmp_path)
    assert outcomes(report) == {2: "accepted"}
    assert [entry.use for entry in report.sheets[0].layout.skipped[1:]] == [
        RowUse.FOOTNOTE,
        RowUse.SUBTOTAL,
        *[RowUse.FOOTNOTE] * 3,
    ]


def test_the_name_of_the_sheet_or_its_title_tells_the_committee(tmp_path: Path) -> None:
    for number, (name, title) in enumerate(((COMMITTEE, "困境儿童名册"), ("S", f"四平路街道{COMMITTEE}困境儿童名册"))):
        page = Page(name)
        page.add(title)
        page.add(*(heading for heading in HEADINGS if heading not in ("街道", "居委")))
        page.add(*(cell for place, cell in enumerate(child(1)) if place not in (3, 4)))
        (row,) = read(page, tmp_path, f"{number}.xlsx").rows
        assert (row.values["subdistrict"], row.values["neighbourhood_code"]) == ("四平路街道", COMMITTEE_CODE)


def test_where_a_child_lives_goes_before_where_it_is_registered(tmp_path: Path) -> None:
    page = Page("S")
    places = ("户籍街道", "户籍居委", "居住街道", "居住居委")
    page.add(*HEADINGS[:3], *places, *HEADINGS[5:])
    cells = child(1)
    page.add(*cells[:3], "五角场街道", "国年居委会", *cells[3:])
    (row,) = read(page, tmp_path).rows
    assert (row.values["subdistrict"], row.values["neighbourhood_code"]) == ("四平路街道", COMMITTEE_CODE)


def test_groups_of_registered_and_real_homes_are_told_apart(tmp_path: Path) -> None:
    page = Page("S")
    page.add(*HEADINGS[:3], "户籍地", "", "居住地", "", *HEADINGS[5:])
    page.add("", "", "", "街道", "居委", "街道", "居委")
    page.merge(1, 4, 1, 5)
    page.merge(1, 6, 1, 7)
    cells = child(1)
    page.add(*cells[:3], "五角场街道", "国年居委会", *cells[3:])
    (row,) = read(page, tmp_path).rows
    assert (row.values["subdistrict"], row.values["neighbourhood_code"]) == ("四平路街道", COMMITTEE_CODE)


def test_the_answers_to_a_questionnaire_are_a_register(tmp_path: Path) -> None:
    page = Page("Sheet1")
    page.add(
        *("序号", "提交答卷时间", "来源", "1、您的姓名", "2、您的性别", "3、您的手机号码：", "4、您所在的学校"),
        *("5、您的学号", "6、您可以辅导的科目（多选）", "7、您的空闲时间"),
    )
    page.add(1, "2022/11/1 10:22", "微信", "王一", "女", "13900000001", "复旦", "2130012345", "数学┋英语", "周六下午")
    (row,) = read(page, tmp_path, "报名.xlsx").rows
    assert row.outcome.value == "accepted"
    assert (row.values["name"], row.values["phone"], row.values["school"]) == ("王一", "+8613900000001", "复旦大学")
    assert row.values["subjects"] == ["数学", "英语"]


def test_a_row_moved_from_the_middle_on_is_found(tmp_path: Path) -> None:
    page = Page("S")
    page.add("序号", "电话", "身份证号", "监护人", "姓名", "走访人", "困境类型", "居委", "街道")
    for number in (1, 2):
        cells = dict(zip(HEADINGS, child(number), strict=True))
        line = [
            cells[heading] for heading in ("序号", "电话", "身份证号", "监护人", "姓名", "困境类型", "居委", "街道")
        ]
        line.insert(5, "陆英兰")
        page.add(*(line if number == 1 else [*line[:4], "", *line[4:-1]]))
    rows = {row.row: row for row in read(page, tmp_path).rows}
    assert rows[2].outcome.value == "accepted"
    assert rows[3].codes == ("row_shifted",)


def test_a_second_table_below_the_first_is_read_by_its_own_heading(tmp_path: Path) -> None:
    page = Page("S")
    page.add("一、孤儿名单")
    page.add(*HEADINGS)
    page.add(*child(1))
    page.add("合计：1人")
    page.add("二、留守儿童名单")
    order = ("序号", "监护人", "电话", "姓名", "身份证号", "街道", "居委", "困境类型")
    page.add(*order)
    cells = dict(zip(HEADINGS, child(2), strict=True))
    page.add(*(cells[heading] for heading in order))
    report = read(page, tmp_path)
    told = {row.row: (row.values["name"], row.values["guardian_name"], row.values["phone"]) for row in report.rows}
    assert told == {3: ("王一", "李梅", "+8613900000001"), 7: ("王二", "李梅", "+8613900000002")}
    assert outcomes(report) == {3: "accepted", 7: "accepted"}
    layout = report.sheets[0].layout
    assert [table.first for table in layout.later] == [7]
    assert Layout.from_dict(json.loads(json.dumps(layout.to_dict()))) == layout


def test_groups_above_the_names_of_a_text_file_belong_to_the_heading(tmp_path: Path) -> None:
    page = Page("")
    page.add("志愿者报名汇总")
    page.add("就读信息", "", "", "备注", "辅导意向", "", "个人信息", "", "")
    page.add("专业", "学号", "学校", "", "可辅导科目", "空闲时间", "联系电话", "性别", "姓名")
    page.add("法学", "2130012345", "复旦大学", "", "数学", "周六", "13900000001", "女", "王一")
    save_text([page], tmp_path / "a.csv", "utf-8", ",")
    (sheet,) = inspect_files([tmp_path / "a.csv"], on=ON, kinds=SHEETS).files[0].sheets
    assert sheet.layout.header_rows == (2, 3)
    assert [row.values["name"] for row in sheet.rows] == ["王一"]
