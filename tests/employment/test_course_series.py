"""Which series, which part, which industry the words of a plan name; and every section stands in one group."""

from string import ascii_uppercase

import pytest

from sunward.employment.course_series import CoursePart, CourseSeries, read_part, read_series
from sunward.employment.vacancies.industry_groups import SECTIONS, IndustryGroup, group_of, read_group
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.models import Gathering
from tests.employment.plans import bring_in, course, courses, employment_officer, fair, fairs


@pytest.mark.parametrize(
    ("written", "series", "part"),
    [
        ("小课式2.0：岗位分析", CourseSeries.SMALL, CoursePart.ANALYSIS),
        ("潜能探索工作坊", CourseSeries.SMALL, CoursePart.POTENTIAL),
        ("收银员岗位推荐", CourseSeries.SMALL, CoursePart.OFFERS),
        ("人岗匹配面对面", CourseSeries.SMALL, CoursePart.FIT),
        ("岗位分析与人岗匹配", CourseSeries.SMALL, None),
        ("求职抗焦虑第一讲", CourseSeries.CALM, None),
        ("面试礼仪", None, None),
        ("", None, None),
    ],
)
def test_the_words_of_a_course_say_its_series_and_part_or_nothing(written, series, part):
    assert (read_series(written), read_part(written)) == (series, part)


def test_every_section_of_the_classification_stands_in_one_group_and_in_one_alone():
    letters = "".join(SECTIONS.values())
    assert sorted(letters) == list(ascii_uppercase[:20])
    assert set(SECTIONS) == set(IndustryGroup)


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("C13", "manufacturing"), ("制造业", "manufacturing"), ("物流专场", "logistics"), ("服务业", "services"),
        ("制造与物流", None), ("综合", None), ("", None),
    ],
)  # fmt: skip
def test_an_industry_in_words_or_as_a_code_belongs_to_one_group_or_to_none(written, group):
    assert read_group(written) == group


def test_no_code_belongs_to_no_group():
    assert group_of("") is None


@pytest.mark.django_db
def test_an_imported_course_says_its_series_and_a_fair_its_industry_in_words_of_the_kind():
    officer = employment_officer()
    bring_in(officer, courses(course(1, 课程="岗位分析")))
    bring_in(officer, fairs(fair(1, 行业专场="物流")))
    found = {row.kind: row.fields for row in Gathering.objects.all()}
    taught, held = found["employment.course_session"], found["employment.job_fair"]
    assert (taught["series"], taught["part"], held["industry"]) == ("small", "analysis", "logistics")
    for kind, fields in found.items():
        declared = {field.key: dict(field.choices) for field in gathering_kinds()[kind].fields}
        assert all(not declared[key] or value in declared[key] for key, value in fields.items())
