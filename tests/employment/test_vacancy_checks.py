"""What an advert may not say is found however it is hidden, and what only looks so is left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sunward.employment.vacancies.checks import CheckLevel, CheckRule, check_advert
from sunward.registers.sheets.declarations import listed

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ROSTER = SHARED / "rosters" / "岗位信息.xlsx"
FORBIDDEN = {
    "限男性": CheckRule.GENDER,
    "只招女士": CheckRule.GENDER,
    "女士优先": CheckRule.GENDER,
    "宝妈勿扰": CheckRule.GENDER,
    "性别：男": CheckRule.GENDER,
    "女2名": CheckRule.GENDER,
    "已婚已育优先": CheckRule.MARITAL,
    "三年内无生育计划": CheckRule.MARITAL,
    "入职须孕检": CheckRule.MARITAL,
    "限本市户籍": CheckRule.HUKOU,
    "外地户口勿扰": CheckRule.HUKOU,
    "上海户口": CheckRule.HUKOU,
    "汉族优先": CheckRule.ETHNICITY,
    "无宗教信仰": CheckRule.ETHNICITY,
    "身体健全": CheckRule.DISABILITY,
    "残疾人勿投": CheckRule.DISABILITY,
    "须查乙肝两对半": CheckRule.HEPATITIS_B,
    "无乙肝": CheckRule.HEPATITIS_B,
    "未感染过新冠": CheckRule.ILLNESS,
    "缴纳服装押金500元": CheckRule.FEE,
    "收取培训费": CheckRule.FEE,
    "五官端正": CheckRule.APPEARANCE,
    "身高165cm以上": CheckRule.APPEARANCE,
    "轻松月入三万": CheckRule.LURE,
    "限985": CheckRule.SCHOOL,
    "天蝎座勿扰": CheckRule.ZODIAC,
    "党员优先": CheckRule.POLITICS,
    "无犯罪记录": CheckRule.RECORD,
    "35岁以下": CheckRule.AGE,
    "年龄18-40周岁": CheckRule.AGE,
    "90后优先": CheckRule.AGE,
    "年龄不超过45岁": CheckRule.AGE,
    "15岁以上": CheckRule.UNDERAGE,
}
ALLOWED = listed(
    "男女不限、男女均可，已婚未婚均可、不限户籍、户籍不限，欢迎外来务工人员、男装导购、女鞋店店员、男科护士、女童服装设计、残疾人优先、"
    "不收取押金及任何费用、无需缴纳培训费、18周岁以上、法定劳动年龄内、16-60周岁、三年以上工作经验、负责3-6岁幼儿的看护、"
    "照料80岁以上老人、有985工程项目资料整理经验者不限、组织党员活动、服务90后客户群体、严禁限男性"
)


def rules(*fields, **more):
    return {one.rule for found in check_advert(*fields, **more).values() for one in found}


@pytest.mark.parametrize(("words", "rule"), FORBIDDEN.items())
def test_what_may_not_be_said_is_found(words, rule):
    assert rules("店员", f"1.接待顾客；2.整理货架；3.做五休二，{words}。") == {rule}


@pytest.mark.parametrize("words", ALLOWED)
def test_what_only_looks_so_is_left_alone(words):
    assert rules("店员", f"1.接待顾客；2.{words}；3.五险一金") == set()


@given(
    st.sampled_from(sorted(FORBIDDEN)),
    st.lists(st.sampled_from(["", " ", "\u3000", "\u200b"]), min_size=20, max_size=20),
)
def test_spaces_and_invisible_signs_hide_nothing_and_the_words_are_quoted_as_they_stand(words, gaps):
    hidden = "".join(sign + gap for sign, gap in zip(words, gaps * 2, strict=False))
    text = f"做五休二，{hidden}，包住"
    found = check_advert("店员", text)["description"]
    assert {one.rule for one in found} == {FORBIDDEN[words]}
    assert all(text[one.start : one.end] == one.words for one in found)


def test_an_age_in_its_own_field_is_read_there():
    assert rules("店员", "", age="４５周岁以下") == {CheckRule.AGE}
    assert rules("店员", "", age="男50岁以下，女45岁以下") == {CheckRule.AGE}
    assert rules("店员", "", age="18周岁以上") == set()


def test_a_traineeship_has_its_ages_by_law():
    assert rules("就业见习：仓库管理员", "", age="16-35岁") == set()
    assert rules("仓库管理员", "", age="16-35岁") == {CheckRule.AGE}


def test_a_post_of_public_benefit_is_asked_for_its_policy_and_not_blocked():
    found = check_advert("公益性岗位：社区协管员", "按政策限本市户籍就业困难人员")["description"]
    assert [(one.rule, one.level) for one in found] == [(CheckRule.POLICY_POST, CheckLevel.ASK)]


def test_every_finding_names_its_article_and_a_better_wording():
    for words in FORBIDDEN:
        for one in check_advert("店员", words)["description"]:
            assert one.article
            assert one.instead


def test_a_description_of_sixty_thousand_characters_is_read_to_its_end():
    assert rules("店员", "接待顾客，男女不限。" * 6_000 + "限男性") == {CheckRule.GENDER}
    assert len(check_advert("店员", "限男性，" * 15_000)["description"]) == 15_000


@pytest.mark.skipif(not ROSTER.exists(), reason="the shared rosters are not beside the repository (../shared/rosters)")
def test_every_advert_of_the_vacancy_roster_is_judged_as_its_truth_says():
    truth = json.loads((SHARED / "rosters" / "truth.json").read_text(encoding="utf-8"))
    sheet = next(file for file in truth["files"] if file["file"] == ROSTER.name)["sheets"][0]
    places = {column["key"]: column["col"] - 1 for column in sheet["columns"]}
    cells = CalamineWorkbook.from_path(ROSTER).get_sheet_by_name(sheet["sheet"]).to_python()
    judged = {str(rule) for rule in CheckRule}
    wrong = []
    for row in (row for row in sheet["rows"] if row["outcome"] != "rejected"):
        written = cells[row["row"] - 1]
        title, description, age = (str(written[places[key]]) for key in ("title", "desc", "age"))
        if (found := rules(title, description, age=age)) != set(row["codes"]) & judged:
            wrong.append((title, age, description, found))
    assert not wrong
