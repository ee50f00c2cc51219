"""The number that a line of work is measured by."""

import pytest

from sunward.blueprint.reading.targets import read_target


@pytest.mark.parametrize(
    ("text", "number", "unit", "comparison"),
    [
        ("建成站点12个", 12, "个", ""),
        ("覆盖居民区不少于80%", 80, "%", "at_least"),
        ("新增面积5万平方米", 50000, "平方米", ""),
        ("培训2,000人次", 2000, "人次", ""),
        ("培训 ２０００ 人次以上", 2000, "人次", "at_least"),
        ("12场", 12, "场", ""),
        ("投诉量不超过30件", 30, "件", "at_most"),
        ("投入1.5亿元", 150_000_000, "元", ""),
        ("支持项目20余个", 20, "个", ""),
        ("“15分钟就业圈”覆盖率98.5%", 98.5, "%", ""),
        ("推广2.0课程6期", 6, "期", ""),
        ("2023年新增岗位300个", 300, "个", ""),
        ("落实“1131”服务率95%", 95, "%", ""),
    ],
)
def test_one_counted_number_is_read_with_its_unit(text, number, unit, comparison):
    found = read_target(text)
    assert (found.number, found.unit, found.comparison, found.code) == (number, unit, comparison, "")


@pytest.mark.parametrize("text", ["建成2个、改造3处", "20-30场", "20至30场", "每个街道1个，共12个"])
def test_several_numbers_leave_the_choice_to_a_person(text):
    found = read_target(text)
    assert (found.number, found.unit, found.code) == (None, "", "indicator_several")


@pytest.mark.parametrize("text", ["", "按月通报", "印发规范", "落实“1131”服务", "2023年完成", "推广2.0课程"])
def test_words_without_a_counted_number_give_none_and_ask_nothing(text):
    found = read_target(text)
    assert (found.number, found.unit, found.code) == (None, "", "")


def test_a_number_of_nobody_knows_what_is_asked_about():
    assert read_target("完成500").code == "indicator_unit"
