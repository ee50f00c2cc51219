"""Lists out as Excel: text stays text, whatever it begins with."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from sunward.core.workbooks import Sheet, workbook_response, write_workbook


def _read(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def _write(*rows, heads=("姓名", "值")):
    return write_workbook([Sheet("名单", "儿童名单", heads, rows, note="控江路街道")])


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x.example")', "{=1}", "0123", "1E9"]
)
def test_no_text_becomes_a_formula_a_number_or_a_link(text):
    data = _write((text, text))

    assert _read(data)[3] == [text, text]
    assert b"<f>" not in _sheet_xml(data)
    assert b"<hyperlink" not in _sheet_xml(data)


def test_days_and_moments_stay_dates_in_the_districts_own_time():
    data = _write((date(2026, 11, 25), datetime(2026, 11, 25, 16, 30, tzinfo=UTC)))

    assert _read(data)[3] == [date(2026, 11, 25), datetime(2026, 11, 26, 0, 30)]  # noqa: DTZ001


def test_an_empty_list_still_has_its_title_and_heads():
    assert [row[0] for row in _read(_write())] == ["儿童名单", "控江路街道", "姓名"]


def test_the_answer_saves_under_a_chinese_name_and_is_not_kept_by_the_browser():
    answer = workbook_response([Sheet("a", "b", ("c",), [])], file_name="儿童.xlsx")

    assert "filename*=UTF-8''%E5%84%BF%E7%AB%A5.xlsx" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def _sheet_xml(data):
    from zipfile import ZipFile

    return ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
