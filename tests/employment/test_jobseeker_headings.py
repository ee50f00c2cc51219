"""Headings of surveys of people without work in other words are understood; those about somebody else are not."""

import pytest

from sunward.employment.sheets.unemployed import UNEMPLOYED
from sunward.registers.sheets.declarations import listed
from sunward.registers.sheets.headings import HeadingIndex, fold_heading

MEANT = {
    "name": "失业人员姓名（必填）、求职者名字、登记失业人员姓名、服务对象名称、对象的姓名、姓 名",
    "id_number": "失业人员身份证号码、求职者证件号码、登记失业人员身份证、身份证号（18位）、证件号码（身份证）",
    "phone": "求职者联系电话、失业人员手机号、联系电话（手机）、手机号码（必填）、本人联系手机",
    "address": "现住址（详细）、目前居住地址、现居住地址（门牌）、实际居住住址",
    "situation": (
        "目前就业状况（单选）、就业失业现状、当前就业情况、就业状态（必填）、目前状况/情况、人员目前状况、失业人员目前状况"
    ),
    "intention": "就业创业意愿、目前求职意愿、个人就业意愿、本人就业打算、就业意向（单选）、就业创业意向",
    "wished_posts": (
        "意向就业岗位、希望从事的职业、期望从事岗位（可多选）、求职岗位1、想从事的岗位、职业期望、岗位需求、期望行业"
    ),
    "salary_written": (
        "期望月薪（元）、期望薪资范围、最低期望月薪、希望月收入、薪资期望（元/月）、可接受最低月薪、理想薪酬"
    ),
    "skills": "职业技能证书、所持证书、持有技能证书、技能等级情况、专业特长、掌握的技能",
    "education": "最高学历（必填）、现有文化程度、学历情况、受教育程度（学历）",
    "registered_on": "最近一次失业登记时间、办理失业登记时间、失业登记日期（年月日）、登记失业年月",
    "unemployed_since": "本次失业时间、失业起始年月、开始失业年月",
    "is_elsewhere": "是否人户分离（是/否）、人户分离（是/否）、有无人户分离",
    "disabled": "是否残疾（是/否）、残疾人情况、是否为残疾人（是/否）、有无残疾证",
    "situation_after": "调查后的就业状态、核实后目前状况、回访后的状态、电访后就业情况",
    "intention_after": "核实后的就业意愿、回访后意向、走访后求职意愿",
    "surveyed_on": "调查日期（年月日）、回访时间（最近）",
    "subdistrict": "所在街镇、现居住街道、所属街（镇）",
    "neighbourhood": "所属居村、居委会（村）、所在社区居委",
}
NOT_MEANT = (
    "家属姓名、家属电话、配偶姓名、配偶身份证号、户主姓名、紧急联系人、紧急联系电话、填报人、填表日期、调查人、摸底人、援助员姓名、援助员电话、责任人、"
    "原工作单位、原岗位、原月薪、原职业、失业原因、失业类型、失业保险金、失业登记有效期、失业登记有效期至、失业登记证号、就业登记日期、求职登记号、推荐岗位、"
    "推荐次数、推荐日期、培训日期、培训内容、户籍地址、户籍类别、残疾证号、残疾人证号、毕业院校、毕业时间、学历证书编号、专业、工作年限、工作经历、社保缴费、"
    "是否完成调查、截止日期、最后联系日期、退工日期、企业名称、岗位薪资、薪资、招聘岗位、岗位要求、婚姻状况、政治面貌、民族、健康状况、家庭成员、期望工作地点、"
    "期望工作区域、求职登记日期"
)
INDEX = HeadingIndex(UNEMPLOYED)


def meant(*parts: str) -> str | None:
    meaning = INDEX.meaning(parts)
    return meaning.field.key if meaning and meaning.field else None


@pytest.mark.parametrize("field", MEANT)
def test_other_words_for_a_heading_of_the_survey_are_understood(field: str) -> None:
    found = {heading: meant(heading) for heading in listed(MEANT[field])}
    assert found == dict.fromkeys(found, field)


def test_a_heading_about_somebody_or_something_else_means_nothing() -> None:
    found = {heading: meant(heading) for heading in listed(NOT_MEANT)}
    assert found == dict.fromkeys(found)


def test_every_declared_heading_means_its_field_and_no_two_fields_declare_the_same() -> None:
    owners: dict[str, set[str]] = {}
    for field in UNEMPLOYED.fields:
        for heading in field.headings:
            owners.setdefault(fold_heading(heading), set()).add(field.key)
            meaning = INDEX.meaning([heading])
            assert meaning is not None
            assert (meaning.field, meaning.is_guess) == (field, False), heading
    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("就业状况", "目前状况"), "situation"),
        (("调查后", "目前状况"), "situation_after"),
        (("二、调查后情况", "当前意向"), "intention_after"),
        (("原值", "当前意向"), "intention"),
        (("求职信息", "期望岗位"), "wished_posts"),
        (("家属", "姓名"), None),
        (("紧急联系人", "联系电话"), None),
        (("其他", "政治面貌"), None),
    ],
)
def test_a_value_after_the_call_is_told_from_the_one_delivered_by_its_group(
    parts: tuple[str, ...], field: str | None
) -> None:
    assert meant(*parts) == field
