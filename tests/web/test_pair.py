"""`sunward pair`: two workbooks in, explained matches out, no database anywhere."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

ROOT = Path(__file__).parents[2]
CHILDREN = """
姓名,性别,身份证号,所属街道,居委,监护状况,实际监护人,电话,困境类型,风险等级,需求,是否愿意结对,语言/方言,就学情况
陈一,女,,控江路街道,,无力监护,陈奶奶,13800001001,留守儿童,高,学业辅导,愿意,普通话,小学三年级
陈二,男,,控江路街道,,正常监护,陈妈妈,13800001002,留守儿童,低,兴趣培养,不愿意,普通话,小学四年级
"""
MENTORS = """
姓名,身份证号,手机,街道,居委,职业/单位,特长,子女年龄,可服务时间,从业查询日期,从业查询结果,培训日期,可结对人数,加入日期
=王阿姨,,13800002000,控江路街道,,会计,书法,无,周六上午,2022-06-01,未见异常,2022-06-01,1,2021-01-01
王阿姨,,13800002001,控江路街道,,小学教师,学业辅导,9岁,周六上午,2022-06-01,未见异常,2022-06-01,1,2021-01-01
陈奶奶,,13800001001,控江路街道,,退休教师,学业辅导,无,周六上午,2022-06-01,未见异常,2022-06-01,1,2021-01-01
过期,,13800002003,控江路街道,,小学教师,学业辅导,9岁,周六上午,2021-06-01,未见异常,2021-06-01,1,2021-01-01
"""


def write(path: Path, name: str, table: str) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for number, line in enumerate(table.strip().splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return path


@pytest.fixture
def files(tmp_path):
    return (
        write(tmp_path / "children.xlsx", "困境儿童", CHILDREN),
        write(tmp_path / "mentors.xlsx", "花名册", MENTORS),
    )


def pair(tmp_path, children, mentors, *more):
    """Run the command in a place of its own, without any key or database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SUNWARD", "DJANGO"))}
    command = [sys.executable, "-m", "sunward.web.command_line", "pair", "--children", str(children)]
    command += ["--mentors", str(mentors), "--on", "2022-11-30", *map(str, more)]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_two_workbooks_become_explained_matches(tmp_path, files):
    out, told = tmp_path / "proposals.xlsx", tmp_path / "out.json"
    done = pair(tmp_path, *files, "--out", out, "--json", told)
    assert done.returncode == 0, done.stderr
    assert "1 of 1 children matched" in done.stdout
    report = json.loads(told.read_text(encoding="utf-8"))
    (match,) = report["pairs"]
    assert (match["child"]["name"], match["child"]["row"]) == ("陈一", 2)
    assert (match["mentor"]["name"], match["mentor"]["row"]) == ("王阿姨", 3)
    assert report["figures"]["gap"] == 0
    whys = {other["mentor"]["name"]: other["why"] for other in match["others"]}
    assert "家人" in whys["陈奶奶"]
    assert "从业查询" in whys["过期"]
    assert [one["code"] for one in report["unmatched"]] == ["child_rule"]
    with ZipFile(BytesIO(out.read_bytes())) as book:
        assert "王阿姨" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert {path.name for path in tmp_path.iterdir()} == {"children.xlsx", "mentors.xlsx", "proposals.xlsx", "out.json"}


def test_a_policy_is_taken_from_a_file_and_every_fault_in_it_is_said_at_once(tmp_path, files):
    policy = tmp_path / "policy.json"
    policy.write_text(
        json.dumps(
            {
                "rules": [{"code": "child_age", "parameters": {"to_years": 99}}],
                "criteria": [{"code": "needs", "weight": -1}],
                "columns": {"tier": "risk"},
            }
        )
    )
    done = pair(tmp_path, *files, "--policy", policy)
    assert done.returncode == 2
    assert "parameter_out_of_range" in done.stderr
    assert "weight_out_of_range" in done.stderr


def test_a_workbook_without_a_known_sheet_is_named(tmp_path, files):
    other = write(tmp_path / "other.xlsx", "账", "科目,金额\n茶,12")
    done = pair(tmp_path, other, files[1])
    assert done.returncode == 2
    assert "other.xlsx" in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path, files):
    done = pair(tmp_path, tmp_path / "nowhere.xlsx", files[1])
    assert done.returncode == 2
    assert "nowhere.xlsx" in done.stderr
