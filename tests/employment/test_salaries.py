"""A salary as channels write it becomes yuan per month, and nothing is made up where it does not say."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sunward.employment.vacancies.salaries import (
    HIGHEST_MONTH,
    LOWEST_MONTH,
    Salary,
    SalaryFlag,
    SalaryPeriod,
    read_salary,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ROSTER = SHARED / "rosters" / "岗位信息.xlsx"
TEXTS = SHARED / "data" / "salary_texts_mit.csv"
is_beside = pytest.mark.skipif(
    not ROSTER.exists() or not TEXTS.exists(), reason="the shared rosters and data are not beside the repository"
)


@pytest.mark.parametrize(
    ("text", "low", "high", "months"),
    [
        ("8千-1.2万·13薪", 8_000, 12_000, 13),
        ("15-20K·14薪", 15_000, 20_000, 14),
        ("6-8千/月", 6_000, 8_000, 12),
        ("１５０００－２００００元／月", 15_000, 20_000, 12),
        ("8,000 ~ 12,000 元", 8_000, 12_000, 12),
        ("六千到八千", 6_000, 8_000, 12),
        ("8千5-1万", 8_500, 10_000, 12),
        ("一万二以上", 12_000, None, 12),
        ("5k起", 5_000, None, 12),
        ("底薪4000+提成", 4_000, None, 12),
        ("最高8000", None, 8_000, 12),
        ("3千及以下", None, 3_000, 12),
        ("年薪20-30万", 16_667, 25_000, 12),
        ("1.5w-2w", 15_000, 20_000, 12),
        ("综合工资6000-9000元/月，包吃住", 6_000, 9_000, 12),
        ("月薪五千", 5_000, 5_000, 12),
    ],
)
def test_a_monthly_range_is_read_however_it_is_written(text, low, high, months):
    read = read_salary(text)
    assert (read.month_min, read.month_max, read.months, read.flags) == (low, high, months, frozenset())


@pytest.mark.parametrize(
    ("text", "period", "low", "high"),
    [
        ("25元/小时", SalaryPeriod.HOUR, 25, 25),
        ("时薪25-30元", SalaryPeriod.HOUR, 25, 30),
        ("200-300元/天", SalaryPeriod.DAY, 200, 300),
        ("日结200元", SalaryPeriod.DAY, 200, 200),
        ("1500元/周", SalaryPeriod.WEEK, 1500, 1500),
    ],
)
def test_nobody_knows_the_hours_behind_hourly_and_daily_pay_so_no_month_is_made_of_it(text, period, low, high):
    read = read_salary(text)
    assert (read.period, read.amount_min, read.amount_max) == (period, low, high)
    assert (read.month_min, read.month_max) == (None, None)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("", SalaryFlag.NOT_STATED),
        ("面议", SalaryFlag.NOT_STATED),
        ("薪资面议", SalaryFlag.NOT_STATED),
        ("待遇优厚，可面议", SalaryFlag.NOT_STATED),
        ("6-8", SalaryFlag.UNIT_MISSING),
        ("1-100万", SalaryFlag.NOT_CREDIBLE),
        ("0-0元", SalaryFlag.NOT_CREDIBLE),
        ("99999999元/月", SalaryFlag.NOT_CREDIBLE),
        ("按公司规定", SalaryFlag.UNREADABLE),
    ],
)
def test_what_says_nothing_stays_empty_and_says_why(text, flag):
    read = read_salary(text)
    assert not read.is_stated
    assert read.flags == {flag}


def test_bounds_in_the_wrong_order_are_turned_round_and_told():
    assert read_salary("8000-6000元/月") == Salary(
        6_000, 8_000, SalaryPeriod.MONTH, 6_000, 8_000, flags=frozenset({SalaryFlag.MIN_OVER_MAX})
    )


@given(st.text(max_size=40) | st.from_regex(r"[\d.,\-~至千万k元/月年天时薪·以上起底面议一二十 ]{0,24}", fullmatch=True))
def test_no_text_breaks_it_and_what_it_reads_can_be(text):
    read = read_salary(text)
    for low, high in ((read.month_min, read.month_max), (read.amount_min, read.amount_max)):
        assert low is None or high is None or low <= high
    assert all(LOWEST_MONTH <= end <= HIGHEST_MONTH for end in (read.month_min, read.month_max) if end is not None)
    assert read.is_stated or read.flags


@given(
    st.integers(20, 200), st.integers(0, 100), st.sampled_from(["{}-{}元/月", "{}元~{}元", "￥{}—{}", "{}至{}元每月"])
)
def test_every_way_to_write_a_range_gives_it_back(low, more, form):
    low, high = low * 100, (low + more) * 100
    read = read_salary(form.format(low, high))
    assert (read.month_min, read.month_max) == (low, high)


@is_beside
def test_every_salary_of_the_vacancy_roster_is_read_as_its_truth_says():
    truth = json.loads((SHARED / "rosters" / "truth.json").read_text(encoding="utf-8"))
    sheet = next(file for file in truth["files"] if file["file"] == ROSTER.name)["sheets"][0]
    place = next(column["col"] for column in sheet["columns"] if column["key"] == "salary") - 1
    cells = CalamineWorkbook.from_path(ROSTER).get_sheet_by_name(sheet["sheet"]).to_python()
    told = [row for row in sheet["rows"] if row["outcome"].startswith("accepted")]
    wrong = [
        (cells[row["row"] - 1][place], row["values"]) for row in told if not _agrees(row, cells[row["row"] - 1][place])
    ]
    assert len(told) > 1000
    assert not wrong


def _agrees(row, written):
    read, told = read_salary(str(written)), row["values"]
    # Whether it is below the minimum wage is judged where the minimum of the day is known.
    codes = {code for code in row["codes"] if code.startswith("salary_")} - {"salary_below_minimum"}
    return (
        (read.month_min, read.month_max) == (told.get("salary_min"), told.get("salary_max"))
        and read.flags == codes
        and told.get("salary_period", read.period) == read.period
        and told.get("amount_min", read.amount_min) == read.amount_min
        and (told.get("pay_months") or read.months) == read.months
    )


@is_beside
def test_every_salary_that_real_channels_state_is_read():
    with TEXTS.open(encoding="utf-8") as file:
        stated = [row["salary_text"] for row in csv.DictReader(file) if row["salary_text"].strip()]
    assert len(stated) > 500
    assert not [text for text in stated if read_salary(text).flags]
