"""The workbook that breaks a year's work down."""

from datetime import date

import pytest

from sunward.blueprint.reading.breakdown import read_breakdown
from sunward.core.refusals import Refusal
from tests.blueprint.papers import write_breakdown

ROWS = [
    (1, "建设站点", "建成站点", "区人社局", "甲", "区民政局", "2023年6月底", "12个"),
    (None, None, "印发规范", "区人社局", "乙", "各街道", "年底前", "1份"),
    (2, "守护孩子", "开展培训", "区妇联", "丙", "区教育局", "9月15日前", "6期"),
]


def codes(line) -> set[str]:
    return {entry.code for entry in line.unsure}


def test_merged_goals_hold_for_every_line_below_them(tmp_path):
    read = read_breakdown(write_breakdown(tmp_path, ROWS, merges=["A3:A4", "B3:B4"]))
    assert [(line.number, line.goal, line.text) for line in read.lines] == [
        ("1", "建设站点", "建成站点"),
        ("1", "建设站点", "印发规范"),
        ("2", "守护孩子", "开展培训"),
    ]
    assert (read.title, read.year, read.notes) == ("2023年重点工作分解表", 2023, ())
    assert [line.due_on for line in read.lines] == [date(2023, 6, 30), date(2023, 12, 31), date(2023, 9, 15)]


def test_a_cell_merged_over_one_goal_holds_for_its_lines(tmp_path):
    rows = [ROWS[0], (*ROWS[1][:3], None, *ROWS[1][4:]), ROWS[2]]
    read = read_breakdown(write_breakdown(tmp_path, rows, merges=["B3:B4", "D3:D4"]))
    assert [line.charge.lead for line in read.lines] == ["区人社局", "区人社局", "区妇联"]
    assert "merged_over_goals" not in codes(read.lines[1])


@pytest.mark.parametrize(
    ("column", "field"), [("D", "lead"), ("F", "joint"), ("G", "deadline"), ("H", "target"), ("E", "officer")]
)
def test_a_cell_merged_over_two_goals_is_left_blank_in_all_its_rows_and_marked(column, field, tmp_path):
    place = "ABCDEFGH".index(column)
    rows = [ROWS[0], ROWS[1], tuple(None if index == place else cell for index, cell in enumerate(ROWS[2]))]
    rows[1] = tuple(None if index == place else cell for index, cell in enumerate(ROWS[1]))
    lines = read_breakdown(write_breakdown(tmp_path, rows, merges=["B3:B4", f"{column}3:{column}5"])).lines
    for line in lines:
        values = {
            "lead": line.charge.lead,
            "joint": (*line.charge.joint, *line.charge.marks),
            "deadline": line.due_on,
            "target": line.target.number,
            "officer": line.officer,
        }
        assert not values[field]
        assert [entry.field for entry in line.unsure if entry.code == "merged_over_goals"] == [field]


def test_other_headings_of_the_same_table_are_known(tmp_path):
    headings = ("领域", "重要项目", "目标任务和工作要求", "主责部门", "配合部门", "完成时间", "指标要求")
    rows = [("就业", "站点", "建成站点", "区人社局", "区民政局", "2019年6月", "12个")]
    (line,) = read_breakdown(write_breakdown(tmp_path, rows, headings=headings, title="2019年重点工作")).lines
    assert (line.section, line.goal, line.text, line.charge.lead) == ("就业", "站点", "建成站点", "区人社局")
    assert line.due_on == date(2019, 6, 30)


def test_without_a_year_in_title_or_name_a_day_without_one_stays_blank_and_it_is_said(tmp_path):
    read = read_breakdown(write_breakdown(tmp_path, ROWS, merges=["B3:B4"], title="重点工作分解表"))
    assert [line.due_on for line in read.lines] == [date(2023, 6, 30), None, None]
    assert codes(read.lines[2]) == {"deadline_year"}
    assert read.notes == ("year_unknown",)


def test_a_file_is_refused_that_holds_no_breakdown_or_no_line(tmp_path):
    other = write_breakdown(tmp_path, [("甲", "乙", "丙")], headings=("姓名", "电话", "地址"), title="通讯录")
    with pytest.raises(Refusal) as refused:
        read_breakdown(other)
    assert refused.value.code == "blueprint.no_breakdown"
    with pytest.raises(Refusal) as refused:
        read_breakdown(write_breakdown(tmp_path, []))
    assert refused.value.code == "blueprint.no_work"


def test_what_is_no_workbook_is_refused_as_every_upload_is(tmp_path):
    path = tmp_path / "分解表.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Refusal) as refused:
        read_breakdown(path)
    assert refused.value.code == "registers.not_a_workbook"
