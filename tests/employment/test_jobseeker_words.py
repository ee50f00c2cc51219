"""What is written into the cells of a survey of people without work, and what it means."""

from datetime import date
from typing import Any

import pytest

from sunward.employment.enums import Intention, Situation
from sunward.employment.sheets.education import read_education
from sunward.employment.sheets.situations import is_intention, read_intention, read_situation
from sunward.employment.sheets.unemployed import UNEMPLOYED
from sunward.registers.sheets.declarations import listed
from sunward.registers.sheets.identities import MemoryIdentities
from sunward.registers.sheets.staging import StagedRow, stage_raw
from tests.factories import resident_id

ON = date(2022, 11, 30)


def judge(**cells: Any) -> StagedRow:
    told = {"name": "王一", "id_number": resident_id(date(1990, 3, 4), order=901), "subdistrict": "四平路街道"}
    return stage_raw(told | cells, UNEMPLOYED, row=1, on=ON, identities=MemoryIdentities())


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("初中及以下", "初中、小学、初中及以下、文盲、未上过学、初级中学"),
        ("高中", "高中、普通高中、高中毕业、高中及以下"),
        ("中专", "中专、中职、职高、职业高中、技校、中等专业学校、中专（职高）、技工学校"),
        ("大专", "大专、专科、高职、大学专科、大专（成教）、高职高专"),
        ("本科", "本科、大学本科、大学、学士、专升本、大学（本科）、本科（非全日制）"),
        ("硕士", "硕士、研究生、硕士研究生、MBA、研究生（硕士）"),
        ("博士", "博士、博士研究生、研究生（博士）、博士及以上"),
        (None, "大学肄业、不清楚、其他、在职"),
    ],
)
def test_how_far_somebody_went_to_school_is_read_from_many_words(level: str | None, words: str) -> None:
    found = {word: read_education(word) for word in listed(words)}
    if level == "博士":
        found.pop("研究生（博士）")  # the word before the bracket counts
    assert found == dict.fromkeys(found, level)


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (Situation.REGISTERED, "登记失业、失业登记、已登记失业、登记失业人员、领取失业金"),
        (Situation.NOT_REGISTERED, "无业、待业、失业、未就业、未登记失业、失业未登记、没有工作、失业在家"),
        (Situation.FLEXIBLE, "灵活就业、打零工、自由职业、钟点工"),
        (Situation.ELSEWHERE, "在外地就业、外地务工、外省市工作、异地就业"),
        (Situation.TRAINING, "参加培训、培训中"),
        (Situation.STUDYING, "继续求学、在读、考研、在校学生"),
        (Situation.HOUSEHOLD, "料理家务、家庭主妇、照顾老人、全职妈妈、在家带孩子"),
        (Situation.EMPLOYED, "已就业、在职、单位就业、自主创业、个体户"),
        (Situation.OTHER, "协保、退休、住院"),
    ],
)
def test_a_situation_is_read_from_the_words_of_surveys(situation: Situation, words: str) -> None:
    found = {word: read_situation(word) for word in listed(words)}
    assert found == dict.fromkeys(found, situation)


@pytest.mark.parametrize(
    ("intention", "words"),
    [
        (Intention.WORK, "找工作、求职、就业、想找工作、希望上班"),
        (Intention.START_UP, "自主创业、创业、想开店"),
        (Intention.TRAINING, "参加培训、想参加技能培训、考证"),
        (Intention.TRAINEESHIP, "就业见习、见习、实习"),
        (Intention.STUDY, "继续求学、升学、考研、留学"),
        (Intention.NONE, "暂无意愿、暂无、无就业意愿、不想就业、暂不考虑、没有打算、无求职意愿"),
        (Intention.OTHER, "看情况、等通知"),
    ],
)
def test_an_intention_is_read_from_the_words_of_surveys(intention: Intention, words: str) -> None:
    found = {word: read_intention(word) for word in listed(words)}
    assert found == dict.fromkeys(found, intention)


def test_nothing_written_is_nothing_said() -> None:
    assert (read_situation(""), read_intention(" "), read_education("")) == (None, None, None)


@pytest.mark.parametrize("post", listed("培训师、创业导师、就业专员、快递员、岗位实习助理、不限、保安"))
def test_what_a_post_is_called_is_no_intention(post: str) -> None:
    assert not is_intention(post)


def test_what_was_delivered_stays_beside_what_it_means() -> None:
    row = judge(education="高职", salary_written="７千以上", situation="料理家务", situation_after="已就业")
    told = {key: row.values[key] for key in ("education", "education_written", "salary_min", "salary_written")}
    assert told == {"education": "大专", "education_written": "高职", "salary_min": 7000, "salary_written": "7千以上"}
    assert (row.values["situation"], row.values["situation_after"]) == ("料理家务", "已就业")


@pytest.mark.parametrize(
    ("written", "ends", "codes"),
    [
        ("7千以上", (7000, None), ()),
        ("6000左右", (6000, 6000), ()),
        ("5500-6500", (5500, 6500), ()),
        (5500.0, (5500, 5500), ()),
        ("面议", (None, None), ()),
        ("", (None, None), ()),
        ("6-8", (None, None), ("salary_unit_missing",)),
        ("8000-6000", (6000, 8000), ("salary_min_over_max",)),
        ("看情况", (None, None), ("salary_unreadable",)),
        ("1-100万", (None, None), ("salary_not_credible",)),
    ],
)
def test_a_wished_pay_is_read_into_yuan_a_month(
    written: Any, ends: tuple[int | None, int | None], codes: tuple[str, ...]
) -> None:
    row = judge(salary_written=written)
    assert (row.values.get("salary_min"), row.values.get("salary_max")) == ends
    assert row.codes == codes


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("是", True), ("有", True), ("肢体四级", True), ("听力残疾", True), ("三级", True), ("持证", True),
        ("否", False), ("无", False), ("非残疾", False), ("无残疾", False), ("健全", False),
        ("", None), ("不详", None), ("？", None),
    ],
)  # fmt: skip
def test_of_a_disability_only_yes_or_no_is_kept(written: str, answer: bool | None) -> None:
    assert judge(disabled=written).values["disabled"] is answer


def test_no_kind_and_no_degree_of_a_disability_is_among_the_values() -> None:
    assert "肢体" not in str(judge(disabled="肢体二级").values)


@pytest.mark.parametrize(
    ("born", "is_outside"),
    [
        ("2006-11-30", False), ("2006-12-01", True), ("1962-11-30", False), ("1961-12-01", False),
        ("1961-11-30", True), ("2006-11", False), ("2006-12", True), ("1961", False), ("1960", True),
    ],
)  # fmt: skip
def test_whoever_is_certainly_too_young_or_too_old_is_marked(born: str, is_outside: bool) -> None:
    row = judge(id_number="", birth_date=born, phone="13900001234")
    assert ("age_outside_working_age" in row.codes) is is_outside
    assert row.outcome == "accepted_with_warning"


def test_work_that_ends_after_the_registration_is_asked_about() -> None:
    row = judge(registered_on="2022-03-01", unemployed_since="2022-05-01")
    assert row.codes == ("unemployed_after_registered",)
    assert judge(registered_on="2022-03", unemployed_since="2022-03-28").codes == ()


def test_an_intention_in_the_column_of_wished_posts_is_taken_as_one() -> None:
    row = judge(wished_posts="找工作")
    assert (row.values["intention"], row.values["wished_posts"]) == ("找工作", [])
    row = judge(wished_posts="会计、文员")
    assert (row.values.get("intention"), row.values["wished_posts"]) == (None, ["会计", "文员"])
    row = judge(wished_posts="找工作", intention="参加培训")
    assert (row.values["intention"], row.values["wished_posts"]) == ("参加培训", ["找工作"])


@pytest.mark.parametrize(("written", "answer"), [("是", True), ("人户分离", True), ("人户一致", False), ("否", False)])
def test_living_elsewhere_is_yes_or_no(written: str, answer: bool) -> None:
    assert judge(is_elsewhere=written).values["is_elsewhere"] is answer
