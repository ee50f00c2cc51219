"""Until when something shall be done: the last day of the period named, and no day where the words fix none."""

from datetime import UTC, date, datetime

import pytest

from sunward.blueprint.reading.deadlines import find_deadline, read_deadline


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023年一季度", "2023-03-31"),
        ("第三季度", "2023-09-30"),
        ("三季度末", "2023-09-30"),
        ("2023年第4季度", "2023-12-31"),
        ("上半年", "2023-06-30"),
        ("2024年上半年", "2024-06-30"),
        ("下半年", "2023-12-31"),
        ("年底前", "2023-12-31"),
        ("2023年底", "2023-12-31"),
        ("2023年年底前", "2023-12-31"),
        ("今年内", "2023-12-31"),
        ("明年6月底前", "2024-06-30"),
        ("6月底前", "2023-06-30"),
        ("六月底前", "2023-06-30"),
        ("2月底", "2023-02-28"),
        ("2024年2月底", "2024-02-29"),
        ("9月15日前", "2023-09-15"),
        ("十二月三十一日前", "2023-12-31"),
        ("２０２３年８月底", "2023-08-31"),
        ("2023年10月", "2023-10-31"),
        ("10月中旬", "2023-10-20"),
        ("11月上旬", "2023-11-10"),
        ("23年5月底", "2023-05-31"),
        ("2023.9", "2023-09-30"),
        ("2023/11/30", "2023-11-30"),
        ("2023-12-31", "2023-12-31"),
        ("于2023年6月底前完成", "2023-06-30"),
        ("20230630", "2023-06-30"),
        (45107, "2023-06-30"),
        (2023.9, "2023-09-30"),
        (datetime(2023, 4, 1, tzinfo=UTC), "2023-04-01"),
        (date(2023, 4, 2), "2023-04-02"),
    ],
)
def test_a_cell_tells_the_last_day_of_the_period_that_it_names(cell, day):
    found = read_deadline(cell, year=2023)
    assert (found.on, found.code) == (date.fromisoformat(day), "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "deadline_missing"),
        ("—", "deadline_missing"),
        ("尽快", "deadline_vague"),
        ("按时间节点推进", "deadline_vague"),
        ("春节前", "deadline_vague"),
        ("2月30日前", "deadline_vague"),
        ("13月底", "deadline_vague"),
        ("视情况而定", "deadline_vague"),
        ("长期坚持", "deadline_ongoing"),
        ("持续推进", "deadline_ongoing"),
        ("每季度一次", "deadline_ongoing"),
        ("每月25日前", "deadline_ongoing"),
        (2023.1, "date_ambiguous"),
        ("3月或4月", "deadline_vague"),
        (-3, "deadline_vague"),
    ],
)
def test_words_that_fix_no_day_leave_it_blank_and_say_why(cell, code):
    found = read_deadline(cell, year=2023)
    assert (found.on, found.code) == (None, code)


def test_without_a_year_anywhere_no_day_is_made_up():
    assert read_deadline("6月底前", year=None).code == "deadline_year"
    assert read_deadline("2023年6月底前", year=None).on == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("会议决定，在12个街道各建成1个服务站点，2023年6月底前完成。", "2023-06-30"),
        ("会议要求，年底前完成清单，并报区委。", "2022-12-31"),
        ("力争2023年第二季度完成首批项目。", "2023-06-30"),
        ("自2022年11月1日起实施，2023年1月31日前全面完成。", "2023-01-31"),
        ("由专班在2023年上半年建成平台", "2023-06-30"),
        ("二〇二三年三月底前印发", "2023-03-31"),
    ],
)
def test_a_sentence_tells_its_one_deadline(sentence, day):
    found = find_deadline(sentence, year=2022, not_before=date(2022, 10, 31))
    assert (found.on, found.code) == (date.fromisoformat(day), "")


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("会议同意扩大范围。", "deadline_missing"),
        ("自2022年11月1日起实施。", "deadline_missing"),
        ("会议听取了2021年的总结，要求尽快落实。", "deadline_vague"),
        ("每季度核对一次，长期坚持。", "deadline_ongoing"),
        ("11月底前完成排摸，12月底前完成建档。", "deadline_several"),
        ("3月底前完成。", "deadline_past"),
    ],
)
def test_a_sentence_that_fixes_no_day_or_two_leaves_it_blank(sentence, code):
    found = find_deadline(sentence, year=2022, not_before=date(2022, 10, 31))
    assert (found.on, found.code) == (None, code)


def test_a_sentence_that_names_one_day_twice_is_sure_of_it():
    assert find_deadline("6月底前完成，确保6月底前见效。", year=2023).on == date(2023, 6, 30)
