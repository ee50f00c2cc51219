"""Headings of plans in other words are understood, and headings about something else are not."""

import pytest

from sunward.employment.sheets import SHEETS
from sunward.registers.sheets.declarations import SheetKind, listed
from sunward.registers.sheets.headings import HeadingIndex, fold_heading

KINDS = {kind.key: kind for kind in SHEETS}
_FAIRS = {
    "name": "活动 名称、招聘会的名称、专场主题、活动题目",
    "mode": "招聘形式（线上/线下）、活动开展方式、线上/线下形式",
    "sector": "涉及行业、行业（产业）、招聘行业",
    "date": "活动日期（年月日）、拟举办日期、日期（2022年）",
    "time": "活动时间段、举办时间（具体）、活动起止时间",
    "place": "活动地点（详细地址）、具体地点、举行地点、活动场所",
    "host": "主办单位（承办单位）、主办方名称、组织单位名称、承办部门",
    "employers": "参会企业数（家）、邀请企业数、用人单位数量、进场招聘单位数",
    "posts": "提供岗位数（个）、岗位数量(个)、发布岗位数、需求岗位总数",
    "participants": "参加活动人数、实际到场人数、参会求职者人数、入场人次（人）",
    "month": "活动月份、计划月份",
    "subdistrict": "所属街道、街道（镇）、举办街道",
    "remark": "备注说明",
}
MEANT = {
    "job_fair": _FAIRS,
    "community_interview": _FAIRS,
    "course": {
        "name": "课程名称（主题）、小课题目、讲座题目、授课主题内容",
        "post": "对应岗位名称、面向职业、工种类别",
        "speaker": "主讲老师姓名、授课专家、特邀嘉宾",
        "participants": "听课人数（人）、参训学员人数、上课人次",
        "month": "开课月份、月份（2022年）",
        "place": "授课地点、上课场所",
    },
}
# None of these may be taken for the day, the host, the number of heads or of posts.
_OTHERS = (
    "报名截止日期、报名截止时间、填表日期、填报时间、统计日期、联系人、联系电话、负责人、联系方式、录用人数、达成意向人数、薪资待遇、岗位要求、"
    "岗位职责、企业名称、学历要求、投入经费、简历数、出生日期"
)
NOT_MEANT = {
    "job_fair": _OTHERS,
    "community_interview": _OTHERS,
    "course": f"{_OTHERS}、课时、课程时长、讲师电话、讲师单位、课程费用",
}


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.key)
def test_every_declared_heading_of_a_plan_means_its_field_and_no_two_fields_declare_the_same(kind: SheetKind) -> None:
    index = HeadingIndex(kind)
    owners: dict[str, set[str]] = {}
    for field in kind.fields:
        for heading in field.headings:
            owners.setdefault(fold_heading(heading), set()).add(field.key)
            meaning = index.meaning([heading])
            assert meaning is not None
            assert meaning.field is field, heading
    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in MEANT for field in MEANT[kind]])
def test_other_words_for_a_heading_of_a_plan_are_understood(kind: str, field: str) -> None:
    index = HeadingIndex(KINDS[kind])
    for heading in listed(MEANT[kind][field]):
        meaning = index.meaning([heading])
        assert (meaning.field.key if meaning and meaning.field else None) == field, heading


@pytest.mark.parametrize("kind", NOT_MEANT)
def test_a_heading_about_something_else_means_nothing_in_a_plan(kind: str) -> None:
    index = HeadingIndex(KINDS[kind])
    taken = {heading: index.meaning([heading]) for heading in listed(NOT_MEANT[kind])}
    assert {heading: meaning.field.key for heading, meaning in taken.items() if meaning and meaning.field} == {}
