"""How the cells of an advert are read, and what bad ones say."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets import VACANCIES
from sunward.employment.sheets.vacancy_readers import read_education, read_headcount
from sunward.employment.vacancies.industries import read_industry
from sunward.employment.vacancies.minimum_wage import minimum_wage
from sunward.people.credit_codes import read_credit_code
from sunward.registers.enums import Outcome
from sunward.registers.sheets.headings import HeadingIndex
from sunward.registers.sheets.identities import MemoryIdentities
from sunward.registers.sheets.inspection import inspect_files
from sunward.registers.sheets.staging import StagedRow, stage_raw

ON = date(2022, 11, 30)
GOOD: dict[str, Any] = {
    "employer": "上海恒泰餐饮管理有限公司", "uscc": "91310110MA1FLJJN83", "industry": "餐饮业", "title": "收银员",
    "headcount": "3", "salary": "5000-6000元/月", "education": "高中", "place": "杨浦区大桥街道眉州路8100号",
    "contact": "张女士 13900001234", "valid_until": "2023-01-31", "description": "收银结账，开具发票。",
}  # fmt: skip


def judge(*, on: date = ON, **cells: Any) -> StagedRow:
    return stage_raw({**GOOD, **cells}, VACANCIES, row=4, on=on, identities=MemoryIdentities())


def test_a_good_advert_is_read_whole() -> None:
    row = judge()
    assert row.outcome == Outcome.ACCEPTED
    assert row.values["industry_code"] == "H62"
    assert (row.values["contact_name"], row.values["phone"]) == ("张女士", "+8613900001234")
    assert row.values["subdistrict"] == "大桥街道"
    assert row.values["findings"] == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"headcount": "0"}, "headcount_not_credible"),
        ({"headcount": "10000"}, "headcount_not_credible"),
        ({"salary": "1-100万"}, "salary_not_credible"),
        ({"description": ""}, "description_missing"),
        ({"description": "整理货架。" * 12_000}, "description_long"),
        ({"salary": "2200元/月"}, "salary_below_minimum"),
        ({"valid_until": "2022-11-29"}, "vacancy_expired"),
        ({"contact": "到店面谈"}, "phone_invalid"),
    ],
)
def test_bad_input_is_taken_in_with_a_word_about_it(cells: dict[str, str], code: str) -> None:
    row = judge(**cells)
    assert row.outcome == Outcome.WARNED
    assert row.codes == (code,)


def test_a_description_of_sixty_thousand_signs_is_kept_whole() -> None:
    text = "整理货架。" * 12_000
    assert judge(description=text).values["description"] == text


@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script>收银员", "<img src=x onerror=alert(1)>", '=HYPERLINK("http://x","y")', "@SUM(1+9)"],
)
def test_a_script_or_a_formula_in_the_title_keeps_the_row_out(title: str) -> None:
    row = judge(title=title)
    assert (row.outcome, row.codes) == (Outcome.REJECTED, ("name_invalid",))
    assert row.values["title"] is None


def test_a_post_without_a_name_or_without_an_employer_is_kept_out() -> None:
    assert judge(title="").codes == ("title_missing",)
    assert judge(employer="无").codes == ("employer_missing",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("91310110MA1FLJJN83", ("91310110MA1FLJJN83", "")),
        (" 91310110ma1fljjn83 ", ("91310110MA1FLJJN83", "")),
        ("９１３１０１１０ＭＡ１ＦＬＪＪＮ８３", ("91310110MA1FLJJN83", "")),
        ("N2310151MABRDRF90U", ("N2310151MABRDRF90U", "")),
        ("9131O110MA1FLJJN83", (None, "uscc_checksum")),
        ("91310110MA1FLJJN84", (None, "uscc_checksum")),
        ("310110000123456", (None, "uscc_checksum")),
        ("9.13101108523699E+17", (None, "uscc_excel_truncated")),
        ("913101108523699000", (None, "uscc_excel_truncated")),
    ],
)
def test_credit_codes_are_checked_and_legal_first_letters_are_legal(text: str, told: tuple[str | None, str]) -> None:
    assert read_credit_code(text) == told


def test_a_credit_code_kept_as_a_number_has_lost_its_last_digits() -> None:
    assert judge(uscc=9.13101108523699e17).codes == ("uscc_excel_truncated",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("三名", (3, 3, "")),
        ("2-3人", (2, 3, "")),
        ("1—2", (1, 2, "")),
        ("10人以上", (10, None, "")),
        ("若干", (None, None, "headcount_not_stated")),
        ("", (None, None, "headcount_not_stated")),
        ("十名", (10, 10, "")),
        ("约5人", (5, 5, "")),
    ],
)
def test_places_are_read_as_they_are_written(text: str, told: tuple[int | None, int | None, str]) -> None:
    assert read_headcount(text) == told


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("大专及以上", "大专"),
        ("学历不限", "不限"),
        ("", "不限"),
        ("高中/中专", "高中"),
        ("全日制本科以上", "本科"),
        ("初中", "初中及以下"),
        ("研究生及以上", "硕士"),
        ("职校", "中专"),
    ],
)
def test_the_schooling_that_is_enough_is_told(text: str, level: str) -> None:
    assert read_education(text) == level


def test_industries_are_known_by_name_and_by_code() -> None:
    assert read_industry("零售业") == read_industry("零售") == "F52"
    assert read_industry("I6431") == "I6431"
    assert read_industry("高科技") is None


def test_the_minimum_wage_is_that_of_the_day() -> None:
    assert minimum_wage(date(2021, 6, 30)) is None
    assert minimum_wage(date(2021, 7, 1)) == minimum_wage(date(2023, 6, 30)) == 2590
    assert minimum_wage(date(2023, 7, 1)) == 2690


def test_below_a_minimum_that_the_office_has_still_to_confirm_it_is_a_question() -> None:
    assert minimum_wage(date(2026, 7, 1), is_confirmed=True) == 2590
    for pay, codes in (
        ("2500元/月", {"salary_below_minimum"}),
        ("2700元/月", {"salary_below_minimum_ask"}),
        ("2740元/月", set()),
    ):
        found = judge(salary=pay, on=date(2026, 7, 1)).codes
        assert {code for code in found if code.startswith("salary_below")} == codes


def test_a_name_beside_the_number_is_the_contact_whatever_the_column_is_called() -> None:
    row = judge(contact="", phone="李先生（13900001234）")
    assert (row.values["contact_name"], row.values["phone"]) == ("李先生", "+8613900001234")


def test_pay_in_two_columns_is_one_range() -> None:
    row = judge(salary="", salary_from="5000", salary_to="7000")
    assert (row.values["salary_min"], row.values["salary_max"]) == (5000, 7000)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("用人单位名称", "employer"),
        ("统一社会信用代码（必填）", "uscc"),
        ("招聘职位", "title"),
        ("计划招聘人数", "headcount"),
        ("薪资待遇（元/月）", "salary"),
        ("最低薪资", "salary_from"),
        ("薪资上限", "salary_to"),
        ("学历要求", "education"),
        ("上班地址", "place"),
        ("联系人及电话", "contact"),
        ("招聘联系人", "contact_name"),
        ("咨询电话", "phone"),
        ("招聘截止日期", "valid_until"),
        ("任职要求", "requirements"),
        ("岗位职责", "description"),
        ("信息来源", "channel"),
        ("工作班时", "shifts"),
        ("福利待遇", "benefits"),
    ],
)
def test_headings_are_understood_in_many_ways(heading: str, key: str) -> None:
    meaning = HeadingIndex(VACANCIES).meaning([heading])
    assert meaning is not None
    assert meaning.field is not None
    assert meaning.field.key == key


@pytest.mark.parametrize("heading", ["婚育要求", "民族", "政治面貌", "户籍要求", "身份证号", "身高要求"])
def test_what_no_advert_may_ask_for_is_never_read(heading: str) -> None:
    meaning = HeadingIndex(VACANCIES).meaning([heading])
    assert meaning is not None
    assert meaning.field is None


def test_a_list_under_other_headings_is_known_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "缺工登记.csv"
    path.write_text(
        "企业名称,招聘工种,缺工人数,月薪,上班地点,联系人,联系电话,工作内容\n"
        "上海恒泰餐饮管理有限公司,收银员,3人,5000-6000元,杨浦区眉州路8100号,张女士,13900001234,收银结账\n",
        encoding="utf-8",
    )
    file = inspect_files([path], on=ON, kinds=[VACANCIES]).files[0]
    assert file.refusal is None
    assert [row.values["title"] for row in file.rows] == ["收银员"]
    assert file.rows[0].codes == ("uscc_missing",)
