"""Plans of events as other offices lay them out: other words, other order, other ways to say when."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets import SHEETS as EVENTS
from sunward.employment.sheets.columns import FAMILY
from sunward.mentoring.sheets import SHEETS as MENTORING
from sunward.registers.sheets.inspection import FileReport, inspect_files
from tests.registers.pages import Page, save_text, save_xlsx

ON = date(2022, 11, 30)
KINDS = (*MENTORING, *EVENTS)
PLANS = tuple(kind for kind in EVENTS if kind.family == FAMILY)


def inspect(*pages: Page, folder: Path, file: str = "安排.xlsx") -> FileReport:
    save_xlsx(list(pages), folder / file)
    return inspect_files([folder / file], on=ON, kinds=KINDS).files[0]


def told(report: FileReport, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values[key] for key in keys) for row in report.rows]


def codes(report: FileReport) -> list[tuple[str, ...]]:
    return [row.codes for row in report.rows]


def kinds(report: FileReport) -> list[str | None]:
    return [sheet.layout.kind for sheet in report.sheets]


def test_other_words_in_another_order(tmp_path: Path) -> None:
    page = Page("Sheet1")
    page.add("杨浦区2023年春风行动专场招聘活动计划表")
    page.add(
        "活动主题", "承办单位", "场地", "举办时间", "招聘形式", "岗位数（个）", "参会单位（家）", "到场人数", "说明"
    )
    page.add(
        "春风送岗", "五角场街道", "创智天地广场", "2月4日（周六）9:00-11:30", "现场", "1,200", "约30家", "800余人次", ""
    )
    page.add(
        "云端招聘", "区人力资源和社会保障局", "抖音直播间", "2月10日 下午2点", "直播带岗", 300, 12, "1.2万人次", ""
    )
    report = inspect(page, folder=tmp_path)
    assert kinds(report) == ["job_fair"]
    assert told(report, "name", "date_start", "times", "mode", "posts", "employers", "participants") == [
        ("春风送岗", "2023-02-04", ["09:00-11:30"], "offline", 1200, 30, 800),
        ("云端招聘", "2023-02-10", ["14:00-"], "online", 300, 12, 12000),
    ]
    assert told(report, "subdistrict", "host_code") == [("五角场街道", "310110019"), (None, "310110HR")]
    assert codes(report) == [(), ()]


def test_a_header_on_two_rows_with_groups(tmp_path: Path) -> None:
    page = Page("面试会")
    page.add("2022年社区专场面试会一览")
    page.add("序号", "街道", "时间地点", "", "", "规模", "", "", "备注")
    page.add("", "", "日期", "时段", "地点", "企业数", "岗位数", "人数", "")
    for left, right in ((3, 5), (6, 8)):
        page.merge(2, left, 2, right)
    for column in (1, 2, 9):
        page.merge(2, column, 3, column)
    page.add(1, "大桥", date(2022, 9, 6), time(13, 30), "大桥街道睦邻中心", 12, 88, "约60人", "")
    page.add(2, "殷行", "9.8-9.9", "9:00~11:00", "殷行街道党群服务中心", 9, 40, 35, "因疫情延期举办")
    report = inspect(page, folder=tmp_path)
    assert kinds(report) == ["community_interview"]
    assert report.sheets[0].layout.header_rows == (2, 3)
    assert told(report, "name", "date_start", "date_end", "times", "status") == [
        ("大桥街道社区专场面试会", "2022-09-06", "2022-09-06", ["13:30-"], "planned"),
        ("殷行街道社区专场面试会", "2022-09-08", "2022-09-09", ["09:00-11:00"], "cancelled"),
    ]
    assert told(report, "employers", "posts", "participants") == [(12, 88, 60), (9, 40, 35)]
    assert codes(report) == [(), ("event_cancelled",)]


def test_a_text_file_in_gbk_whose_year_stands_in_its_name(tmp_path: Path) -> None:
    page = Page("")
    page.add("名称", "日期", "地点", "主办", "参会企业数", "提供岗位数", "参加人数")
    page.add("智能制造专场", "9月3日（周六）", "长白街道社区文化中心", "长白新村街道", "20", "150", "待统计")
    page.add("护理专场", "9月30日—10月2日", "线上", "区人社局", "8", "60", "")
    save_text([page], tmp_path / "2022年下半年招聘会.csv", "gbk", ",")
    report = inspect_files([tmp_path / "2022年下半年招聘会.csv"], on=ON, kinds=KINDS).files[0]
    assert kinds(report) == ["job_fair"]
    assert told(report, "date_start", "date_end", "subdistrict", "mode") == [
        ("2022-09-03", "2022-09-03", "长白新村街道", "offline"),
        ("2022-09-30", "2022-10-02", None, "online"),
    ]
    assert codes(report) == [("count_not_stated",), ("count_not_stated",)]


def test_a_table_for_each_subdistrict_below_one_another(tmp_path: Path) -> None:
    page = Page("课程")
    page.add("“小课式”课程表（2022年9月—2023年1月）")
    page.add("一、定海路街道")
    page.add("序号", "月份", "课程主题", "面向岗位", "主讲人", "听课人数")
    page.add(1, 9, "面试第一课", "收银员", "王一", 20)
    page.add("二、江浦路街道")
    page.add("序号", "月份", "课程主题", "面向岗位", "主讲人", "听课人数")
    page.add(1, "十二月", "物业入门", "物业管理员", "李二", "")
    page.add(2, "1月", "年后怎么找工作", "", "", "")
    page.add("合计", "", "3场")
    report = inspect(page, folder=tmp_path)
    assert kinds(report) == ["course"]
    assert told(report, "subdistrict", "month", "name", "post", "speaker", "participants") == [
        ("定海路街道", "2022-09", "面试第一课", "收银员", "王一", 20),
        ("江浦路街道", "2022-12", "物业入门", "物业管理员", "李二", None),
        ("江浦路街道", "2023-01", "年后怎么找工作", None, None, None),
    ]
    assert codes(report) == [(), (), ()]  # nobody has counted yet who will come in December


def test_a_sheet_for_each_subdistrict_and_the_year_in_the_line_above_the_table(tmp_path: Path) -> None:
    pages = []
    for name, day in (("四平", "9月3日至5日"), ("控江", "12月30日-1月2日")):
        page = Page(name)
        page.add("家门口的面试会")
        page.add("填报单位：街道就业援助站", "", "填报日期：2022年8月1日")
        page.add("面试会主题", "举办日期", "具体时间", "活动地点", "招聘单位数", "岗位数量")
        page.add("社区面试", day, "上午9：00", "党群服务中心二楼", 10, 45)
        pages.append(page)
    report = inspect(*pages, folder=tmp_path)
    assert kinds(report) == ["community_interview"] * 2
    assert told(report, "subdistrict", "date_start", "date_end", "days") == [
        ("四平路街道", "2022-09-03", "2022-09-05", ["2022-09-03", "2022-09-04", "2022-09-05"]),
        ("控江路街道", "2022-12-30", "2023-01-02", ["2022-12-30", "2022-12-31", "2023-01-01", "2023-01-02"]),
    ]


def test_words_that_fix_no_day_are_kept(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "地点", "主办单位", "参会企业数", "提供岗位数", "参加人数")
    said = ("11月下旬", "待定", "暂定12月10日", "第四季度", "每周六", "10-11月", "2月30日", "")
    for number, words in enumerate(said):
        page.add(f"专场{number}", words, "区人力资源市场", "区人社局", 5, 20, 10)
    report = inspect(page, folder=tmp_path)
    assert told(report, "date_start", "month", "when_note") == [
        (None, "2022-11", "11月下旬"),
        (None, None, "待定"),
        ("2022-12-10", "2022-12", "暂定12月10日"),
        (None, None, "第四季度"),
        (None, None, "每周六"),
        (None, None, "10-11月"),
        (None, "2022-02", "2月30日"),
        (None, None, None),
    ]
    assert codes(report) == [("event_date_vague",)] * len(said)


def test_several_days_of_one_event(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "时间", "地点", "主办单位", "参会企业数", "提供岗位数")
    page.add("周末专场", "9月3日、10日、17日", "上午9:00-11:30，下午13:30-16:00", "同济大学", "四平路街道", 5, 20)
    page.add("全年网络招聘", "2022.3.1-2022.12.31", "", "网络平台", "区人社局", 500, 6000)
    report = inspect(page, folder=tmp_path)
    assert told(report, "date_start", "date_end", "days", "times") == [
        ("2022-09-03", "2022-09-17", ["2022-09-03", "2022-09-10", "2022-09-17"], ["09:00-11:30", "13:30-16:00"]),
        ("2022-03-01", "2022-12-31", [], []),
    ]


def test_one_table_of_everything_whose_rows_say_what_they_are(tmp_path: Path) -> None:
    page = Page("活动汇总")
    page.add("2022年就业服务活动计划")
    page.add("类型", "活动名称", "形式", "日期", "地点", "主办单位", "参会企业数", "提供岗位数")
    page.add("招聘会", "秋季专场", "线下", 44814, "平凉路街道社区事务受理服务中心", "区人社局", 20, 90)
    page.add("社区面试会", "楼下就有岗", "线下", "20221015", "平凉路街道党群服务中心", "平凉路街道", 4, 12)
    page.add("职业讲座", "怎样写简历（取消）", "线上+线下", "2022/10/20", "平凉路街道睦邻中心", "平凉路街道", "/", "/")
    report = inspect(page, folder=tmp_path)
    assert told(report, "kind", "name", "mode", "date_start", "status") == [
        ("job_fair", "秋季专场", "offline", "2022-09-10", "planned"),
        ("community_interview", "楼下就有岗", "offline", "2022-10-15", "planned"),
        ("course", "怎样写简历", "both", "2022-10-20", "cancelled"),
    ]


def test_columns_of_people_who_organise_it_are_not_read(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "报名截止日期", "地点", "主办单位", "联系人", "联系电话", "参会企业数", "岗位数")
    page.add("秋招", "10月8日", "9月30日", "区文化宫", "区人社局", "王一", "13900000001", 20, 90)
    report = inspect(page, folder=tmp_path)
    assert told(report, "date_start") == [("2022-10-08",)]
    (row,) = report.rows
    assert "王一" not in f"{row.values}{row.raw}"
    assert "13900000001" not in f"{row.values}{row.raw}"


def test_a_year_that_nobody_tells_is_the_nearest_one_and_says_so(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("活动名称", "日期", "地点", "主办单位", "参会企业数", "岗位数")
    page.add("秋招", "10月8日", "区文化宫", "区人社局", 20, 90)
    page.add("春招", "2月8日", "区文化宫", "区人社局", 20, 90)
    page.add("夏招", "2022.7.1", "区文化宫", "区人社局", 20, 90)
    report = inspect(page, folder=tmp_path, file="招聘会.xlsx")
    assert told(report, "date_start") == [("2022-10-08",), ("2023-02-08",), ("2022-07-01",)]
    assert codes(report) == [("event_year_assumed",), ("event_year_assumed",), ()]


def test_a_condition_is_no_cancellation(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "地点", "主办单位", "参会企业数", "岗位数", "举办情况", "备注")
    for number, (state, remark) in enumerate(
        (("", "如遇疫情取消"), ("", "取消报名限制"), ("已取消", ""), ("已举办", ""), ("", "未举办"))
    ):
        page.add(f"专场{number}", "10月8日", "区文化宫", "区人社局", 20, 90, state, remark)
    report = inspect(page, folder=tmp_path)
    assert told(report, "status") == [("planned",), ("planned",), ("cancelled",), ("planned",), ("cancelled",)]


def test_a_row_without_a_name_and_a_day_is_no_event(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "时间", "地点", "主办单位", "参会企业数", "岗位数", "行业专场")
    page.add("", "", "9:00-11:30", "区文化宫", "区人社局", 20, 90, "综合")
    page.add("", "10月8日", "9:00-11:30", "区文化宫", "区人社局", 20, 90, "商贸餐饮")
    report = inspect(page, folder=tmp_path)
    assert [row.outcome.value for row in report.rows] == ["rejected", "accepted"]
    assert "event_empty" in codes(report)[0]
    assert told(report, "name")[1] == ("商贸餐饮招聘会",)


def test_the_same_event_twice_is_one_and_two_sessions_of_a_day_are_two(tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会安排")
    page.add("活动名称", "日期", "时间", "地点", "主办单位", "参会企业数", "岗位数")
    for time_told in ("9:00-11:30", "13:30-16:00", "", "9点到11点"):
        page.add("秋招", "10月8日", time_told, "区文化宫", "区人社局", 20, 90)
    report = inspect(page, folder=tmp_path)
    assert [row.outcome.value for row in report.rows] == ["accepted", "accepted", "duplicate_of", "duplicate_of"]


@pytest.mark.parametrize("headings", [
    ("序号", "姓名", "身份证号", "街道", "居委", "监护人", "电话", "困境类型", "风险等级"),
    ("序号", "企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点", "学历要求", "有效期", "联系人"),
    ("序号", "姓名", "身份证号", "期望岗位", "培训意愿", "失业登记日期", "街道", "备注"),
    ("序号", "重点任务", "牵头单位", "配合单位", "完成时限", "备注"),
    ("姓名", "学校", "专业", "学号", "可辅导科目", "可用时段", "手机"),
])  # fmt: skip
def test_lists_of_persons_posts_and_tasks_are_no_plans_of_events(headings: tuple[str, ...], tmp_path: Path) -> None:
    page = Page("招聘会")
    page.add("2022年招聘会相关名单")
    page.add(*headings)
    page.add(*("1" for _ in headings))
    save_xlsx([page], tmp_path / "招聘会与小课式.xlsx")
    (sheet,) = inspect_files([tmp_path / "招聘会与小课式.xlsx"], on=ON, kinds=PLANS).files[0].sheets
    assert sheet.layout.kind is None
