"""Lists out as Excel workbooks, in the way offices like them: a title, a frozen head, A4 across, page numbers.

Text stays text: whatever a cell begins with, it never becomes a formula or a link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.timezone import localtime

Cell = str | Promise | int | float | date | datetime | None
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST, _NARROWEST = 40, 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `note` stands below the title: who made the list, when, with which filters."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    note: str = ""
    is_form: bool = False  # to be filled in: whatever is typed stays as typed, an 18-digit number too


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The workbook's bytes; rows are taken one at a time."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"font_color": "#555555"}),
            "head": book.add_format({"bold": True, "bg_color": "#F3EAD3", "border": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, formats)
    return target.getvalue()


def workbook_response(sheets: Iterable[Sheet], *, file_name: str) -> HttpResponse:
    """An answer that saves itself; the name may be Chinese."""
    answer = HttpResponse(write_workbook(sheets), content_type=MIME)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def _write_sheet(page: "xlsxwriter.worksheet.Worksheet", sheet: Sheet, formats: dict[str, object]) -> None:
    page.write_string(0, 0, sheet.title, formats["title"])
    top = 1
    if sheet.note:
        page.write_string(1, 0, sheet.note, formats["note"])
        top = 2
    widths = [_width(head) for head in sheet.heads]
    for column, head in enumerate(sheet.heads):
        page.write_string(top, column, head, formats["head"])
    last = top
    for last, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            widths[column] = max(widths[column], _write_cell(page, last, column, value, formats))
    for column, width in enumerate(widths):
        width = min(max(width, _NARROWEST), _WIDEST)
        page.set_column(column, column, width, formats["text"] if sheet.is_form else None)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, last, max(0, len(sheet.heads) - 1))
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")


def _write_cell(
    page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Cell, formats: dict[str, object]
) -> int:
    """Write one cell and say how wide it is."""
    if value is None or value == "":
        return 0
    if isinstance(value, datetime):
        page.write_datetime(row, column, localtime(value).replace(tzinfo=None), formats["moment"])
        return 16
    if isinstance(value, date):
        page.write_datetime(row, column, value, formats["day"])
        return 11
    if isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, column, value)
        return len(str(value)) + 1
    text = str(value)
    page.write_string(row, column, text[:32_000], formats["text"])
    return _width(text)


def _width(text: str) -> int:
    """In characters of the default font: a Chinese one is two wide."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) + 1
