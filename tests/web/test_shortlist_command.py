"""`sunward shortlist`: two workbooks in, explained shortlists out, no database anywhere."""

import json
import os
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.web.test_pair import write

PEOPLE = """
姓名,性别,身份证号,所属街道,居委,出生日期,联系电话,文化程度,就业状态,就业意向,期望岗位,期望薪资,技能证书,失业登记日期
赵一,女,,控江路街道,,1995-03-01,13800001001,大专,登记失业,求职,仓库管理员,5000元以上,叉车证,2021-03-01
钱二,男,,控江路街道,,1996-03-01,13800001002,高中,登记失业,求职,仓库管理员,5000元以上,,2022-06-01
孙三,男,,控江路街道,,1990-03-01,13800001003,高中,登记失业,求职,潜水员,,,2022-06-01
李四,女,,控江路街道,,1991-03-01,13800001004,高中,登记失业,暂无就业意愿,保安,,,2022-06-01
"""
POSTS = """
单位名称,统一社会信用代码,岗位名称,招聘人数,薪资,学历要求,工作地点,岗位描述,有效期至,来源渠道
上海甲仓储有限公司,,仓库管理员,1,6000-7000元/月,不限,控江路街道,收发货物，会开叉车证优先,长期有效,走访
上海乙物流有限公司,,仓储管理员,2,5500元/月,大专,延吉新村街道,整理货架,长期有效,走访
上海丙物业有限公司,,保安员,1,4000元/月,不限,控江路街道,巡逻，限男,长期有效,走访
上海丁物业有限公司,,保安员,1,4000元/月,不限,控江路街道,巡逻,2022-10-01,走访
"""


@pytest.fixture
def files(tmp_path):
    return (
        write(tmp_path / "people.xlsx", "失业人员", PEOPLE),
        write(tmp_path / "posts.xlsx", "岗位信息", POSTS),
    )


def shortlist(tmp_path, people, posts, *more):
    """Run the command in a place of its own, without any key or database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SUNWARD", "DJANGO"))}
    command = [sys.executable, "-m", "sunward.web.command_line", "shortlist", "--jobseekers", str(people)]
    command += ["--vacancies", str(posts), "--on", "2022-11-30", *map(str, more)]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_two_workbooks_become_explained_shortlists(tmp_path, files):
    out, told = tmp_path / "lists.xlsx", tmp_path / "out.json"
    done = shortlist(tmp_path, *files, "--out", out, "--json", told)
    assert done.returncode == 0, done.stderr
    assert "1 do not look for work" in done.stdout
    assert "1 posts are held for their wording, 1 have run out" in done.stdout
    report = json.loads(told.read_text(encoding="utf-8"))
    people = {one["name"]: one for one in report["people"]}
    assert list(people) == ["赵一", "钱二", "孙三"]
    assert [line["post"]["note"] for line in people["赵一"]["lines"]] == ["上海甲仓储有限公司", "上海乙物流有限公司"]
    assert [line["post"]["note"] for line in people["钱二"]["lines"]] == ["上海甲仓储有限公司"]
    first = people["赵一"]["lines"][0]
    assert first["why"][0] == "第一意向。"
    assert any("叉车证" in why for why in first["why"])
    assert "另告知 1 人" in first["says"]
    assert people["钱二"]["more_doors"] == ["学历到“大专”，可多看 1 个岗位。"]
    assert people["孙三"]["lines"] == []
    assert "2 个不是想做的工作" in people["孙三"]["nothing"]
    assert people["赵一"]["where"].endswith("!2")
    with ZipFile(BytesIO(out.read_bytes())) as book:
        assert "赵一" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert {path.name for path in tmp_path.iterdir()} == {"people.xlsx", "posts.xlsx", "lists.xlsx", "out.json"}


def test_the_same_files_give_the_same_answer_to_the_letter(tmp_path, files):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    for out in (first, second):
        assert shortlist(tmp_path, *files, "--k", 1, "--json", out, "--lang", "en").returncode == 0
    assert first.read_bytes() == second.read_bytes()
    assert "The first wish." in first.read_text(encoding="utf-8")


def test_where_no_vacancy_fits_it_says_which_rule_closed_how_many(tmp_path, files):
    posts = write(
        tmp_path / "other.xlsx", "岗位信息", POSTS.replace("仓库管理员", "护士").replace("仓储管理员", "护士")
    )
    done = shortlist(tmp_path, files[0], posts, "--lang", "en")
    assert done.returncode == 0
    assert "0 lines; 3 have none" in done.stdout
    assert "Of 2 open posts none fits: 2 are another kind of work than wished" in done.stdout


def test_a_workbook_without_usable_rows_is_said_and_nothing_is_written(tmp_path, files):
    empty = write(tmp_path / "empty.xlsx", "岗位信息", POSTS.strip().splitlines()[0])
    done = shortlist(tmp_path, files[0], empty, "--out", tmp_path / "lists.xlsx")
    assert done.returncode == 2
    assert "No usable sheet of vacancies" in done.stderr
    assert not (tmp_path / "lists.xlsx").exists()


def test_a_missing_file_a_wrong_number_and_a_wrong_policy_are_said(tmp_path, files):
    missing = shortlist(tmp_path, tmp_path / "none.xlsx", files[1])
    assert (missing.returncode, "none.xlsx" in missing.stderr) == (2, True)
    assert shortlist(tmp_path, *files, "--k", 0).returncode == 2
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"weights": {"near": -1}, "caps": {"weeks": 0}}))
    wrong = shortlist(tmp_path, *files, "--policy", policy)
    assert wrong.returncode == 2
    assert "weights.near" in wrong.stderr
    assert "caps.weeks" in wrong.stderr
    policy.write_bytes(b"\xff{")
    assert shortlist(tmp_path, *files, "--policy", policy).returncode == 2


def test_a_policy_from_a_file_decides(tmp_path, files):
    policy, out = tmp_path / "policy.json", tmp_path / "out.json"
    policy.write_text(json.dumps({"version": "try", "caps": {"told_per_place": 1, "weeks": 1}}))
    assert shortlist(tmp_path, *files, "--policy", policy, "--json", out).returncode == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["policy"]["version"] == "try"
    assert [(one["told"], one["cap"]) for one in report["vacancies"]] == [(1, 1), (1, 2)]
    lines = {one["name"]: [line["post"]["name"] for line in one["lines"]] for one in report["people"]}
    assert lines["钱二"] == ["仓库管理员"]
    assert lines["赵一"] == ["仓储管理员"]
