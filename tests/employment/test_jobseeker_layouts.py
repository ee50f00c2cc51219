"""Surveys of invented people in layouts that the shared one does not have, each row with the outcome it must have."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sunward.employment.sheets import SHEETS as EMPLOYMENT
from sunward.mentoring.sheets import SHEETS as MENTORING
from sunward.registers.sheets.inspection import FileReport, inspect_files
from tests.registers import pages, rosters
from tests.registers.pages import Arrangement
from tests.registers.rosters import ON, Row
from tests.registers.test_layouts import differences

KINDS = (*MENTORING, *EMPLOYMENT)

EDUCATION = {
    "小学": "初中及以下",
    "普通高中": "高中",
    "技校": "中专",
    "大学专科": "大专",
    "大学": "本科",
    "研究生": "硕士",
}
PAY = {
    "5千-8千": (5000, 8000), "不低于6000": (6000, None), "6000元左右": (6000, 6000), "面谈": (None, None),
    "7k": (7000, 7000),
    "¥5,500": (5500, 5500), "4500以下": (None, 4500),
}  # fmt: skip
LAYOUTS = {
    "one row, other words and order": Arrangement(
        {
            "intent": "目前意向", "status": "就业失业状况", "salary": "薪资要求", "job": "意向岗位",
            "reg": "失业登记时间", "edu": "最高学历",
            "name": "求职者姓名", "id": "公民身份证号码", "phone": "联系方式", "sub": "街镇", "nb": "居（村）委",
            "sex": "男/女",
            "birth": "出生年月日", "addr": "家庭住址", "skill": "职业技能", "split": "人户是否分离",
            "disabled": "是否残疾人",
            "remark": "其他说明",
        },
        titles=("2022年度有关情况汇总",), extra=("婚姻状况", "民族"), first_column=2, hidden="编码",
        is_numbered=False, day_style=2,
    ),
    "three header rows": Arrangement(
        {
            "name": "姓名", "sex": "性 别", "id": "身份证号码", "birth": "出生年月", "phone": "手机号",
            "sub": "所属街道", "nb": "居民区",
            "addr": "居住地址", "status": "目前状况", "intent": "当前意向", "reg": "登记日期", "job": "求职工种",
            "salary": "期望工资",
            "edu": "文化程度", "skill": "持证情况", "split": "是否人户分离", "disabled": "残疾情况", "remark": "备注",
        },
        groups=(
            (
                ("一、个人信息", ("name", "sex", "id", "birth", "phone", "sub", "nb", "addr")),
                ("二、就业信息", ("status", "intent", "reg", "job", "salary")),
            ),
            (
                ("基本信息", ("name", "sex", "id", "birth")), ("联系信息", ("phone", "sub", "nb", "addr")),
                ("就业状况", ("status", "intent", "reg")), ("求职信息", ("job", "salary")),
            ),
        ),
        titles=("失业人员情况表",), meta=("填报单位：某街道　　2022年11月",), notes=("填表说明：按人填写。",
        "审核人："),
        blank_rows=True, subtotals=True, repeats_header=True, day_style=-1,
    ),
    "a sheet for each sub-district": Arrangement(
        {
            "name": "*人员姓名", "sex": "*性别", "id": "*证件号", "birth": "生日", "nb": "所属居委",
            "phone": "本人手机", "addr": "现住址",
            "status": "现状", "intent": "就业打算", "reg": "登记失业日期", "job": "期望职业", "salary": "期望收入",
            "edu": "学历层次",
            "skill": "证书", "disabled": "有无残疾", "remark": "说明",
        },
        titles=("登记失业人员",), by_place="sheets", extra=("政治面貌",), subtotals=True, day_style=4,
    ),
    "sections for sub-districts": Arrangement(
        {
            "name": "名字", "id": "证件号码", "sex": "性别", "birth": "出生日期", "nb": "居委会", "phone": "电话",
            "status": "就业状态",
            "intent": "就业意愿", "job": "求职意向", "salary": "期望月薪", "edu": "受教育程度", "skill": "特长",
            "reg": "失业登记年月",
            "remark": "备注",
        },
        titles=("无业人员排摸情况",), by_place="sections", day_style=3,
    ),
    "sub-districts merged downwards": Arrangement(
        {
            "sub": "街道", "nb": "社区", "name": "姓名", "sex": "性别", "id": "身份证", "birth": "出生日期",
            "phone": "手机",
            "status": "当前状况", "intent": "意向", "job": "期望工种", "salary": "期望待遇", "edu": "学历",
            "skill": "技能",
            "reg": "失业登记日期", "split": "人户分离", "disabled": "残疾", "remark": "附注",
        },
        titles=("待业人员",), by_place="merged", day_style=1,
    ),
}  # fmt: skip
FLAT = [label for label in LAYOUTS if LAYOUTS[label].by_place != "sheets"]


def make_seeker(rng: random.Random) -> Row:
    row = rosters._person(rng, 17, 59)
    registered = ON - timedelta(days=rng.randrange(5, 900))
    education, pay = rng.choice(list(EDUCATION)), rng.choice(list(PAY))
    split, disabled = (
        rng.choice([("是", True), ("否", False)]),
        rng.choice([("有", True), ("无", False), ("听力三级", True)]),
    )
    jobs = rng.sample(["保安", "会计", "电工", "护理员"], 2)
    row.cells |= {
        "addr": f"控江路{rng.randrange(8000, 9999)}弄1号", "status": rng.choice(["料理家务", "登记失业"]),
        "intent": rng.choice(["找工作", "暂无意愿"]), "job": "、".join(jobs), "salary": pay, "edu": education,
        "skill": "叉车证", "reg": registered, "split": split[0], "disabled": disabled[0],
    }  # fmt: skip
    row.values |= {
        "education": EDUCATION[education], "salary_min": PAY[pay][0], "salary_max": PAY[pay][1], "wished_posts": jobs,
        "registered_on": registered.isoformat(), "situation": row.cells["status"], "intention": row.cells["intent"],
        "is_elsewhere": split[1], "disabled": disabled[1],
    }  # fmt: skip
    return row


def too_young_or_old(row: Row, rng: random.Random) -> None:
    born = rng.choice([date(2007, 5, 6), date(1950, 5, 6)])
    number = rosters.resident_id(rng, born, row.values["sex"])
    row.cells |= {"id": number, "birth": born}
    row.values |= {"id_number": number, "birth_date": born.isoformat()}
    rosters._warn(row, "age_outside_working_age")


def registered_later(row: Row, rng: random.Random) -> None:
    row.cells["reg"] = "2202-10-31"
    row.values["registered_on"] = None
    rosters._warn(row, "date_in_future")


def registered_unreadable(row: Row, rng: random.Random) -> None:
    row.cells["reg"] = rng.choice(["不详", "去年秋天"])
    row.values["registered_on"] = None
    rosters._warn(row, "date_unreadable")


def pay_without_unit(row: Row, rng: random.Random) -> None:
    row.cells["salary"] = "6-8"
    row.values |= {"salary_min": None, "salary_max": None}
    rosters._warn(row, "salary_unit_missing")


@pytest.fixture(autouse=True)
def seekers(monkeypatch: pytest.MonkeyPatch) -> None:
    messes = (
        *rosters.PERSON_MESS, *rosters.PLACED_MESS, rosters.birth_conflict, too_young_or_old, registered_later,
        registered_unreadable, pay_without_unit,
    )  # fmt: skip
    monkeypatch.setitem(rosters.KINDS, "unemployed", (make_seeker, messes))


def make(label: str, seed: int) -> tuple[list[Row], Arrangement]:
    plan = LAYOUTS[label]
    rows = rosters.make_rows("unemployed", 90, seed, set(plan.headings))
    asked = {"split": "is_elsewhere", "disabled": "disabled"}
    for row in rows:
        for column, value in asked.items():
            if column not in plan.headings:
                row.values.pop(value)
    return rows, plan


def inspect(target: Path) -> FileReport:
    return inspect_files([target], on=ON, kinds=KINDS).files[0]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("label", LAYOUTS)
def test_a_survey_of_another_layout_gives_the_outcomes_of_its_rows(label: str, seed: int, tmp_path: Path) -> None:
    rows, plan = make(label, seed)
    target = tmp_path / "汇总.xlsx"
    pages.save_xlsx(pages.lay_out("unemployed", rows, plan, target.name, seed), target, bool(plan.hidden))
    report = inspect(target)
    assert {sheet.layout.kind for sheet in report.sheets} == {"unemployed"}
    assert not differences(rows, report)
    assert not any("未婚" in str(row.raw) for row in report.rows)


@pytest.mark.parametrize(("label", "writing"), list(zip(FLAT, [("gb18030", ","), ("utf-16", "\t")] * 2, strict=True)))
def test_a_survey_as_text_gives_the_outcomes_of_its_rows(label: str, writing: tuple[str, str], tmp_path: Path) -> None:
    rows, plan = make(label, 7)
    target = tmp_path / "汇总.csv"
    written = pages.lay_out("unemployed", rows, replace(plan, merges=False), target.name, 7)
    pages.save_text(written, target, *writing)
    report = inspect(target)
    assert report.sheets[0].layout.kind == "unemployed"
    assert not differences(rows, report)
