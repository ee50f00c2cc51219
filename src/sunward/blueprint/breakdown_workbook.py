"""A plan as the workbook that offices know (重点工作分解表): a title over the whole width, goals in merged cells.

It is read again by `reading.breakdown`: what goes out comes in as it was. Text stays text, whatever it begins with.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sunward.blueprint.queries.plan_lines import PlanLine
from sunward.blueprint.queries.plan_sheet import LABELS, SheetGoal
from sunward.core.wording import join_parts, join_words

_WIDTHS = (6, 12, 24, 46, 20, 18, 12, 26, 14, 26, 16)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TOP = 3  # the title, who made it, the heads


def write_breakdown(goals: Sequence[SheetGoal], *, title: str, note: str) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        page = book.add_worksheet(pgettext("page of a plan", "Sheet")[:31])
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        plain, centred = book.add_format(cell), book.add_format({**cell, "align": "center"})
        head = book.add_format({**cell, "align": "center", "bold": True, "bg_color": "#F3EAD3"})
        _write_head(book, page, head, title=title, note=note)
        row = _TOP
        for section in _sections(goals):
            first = row
            for goal in section:
                _merge(page, row, row + len(goal.lines) - 1, 2, goal.text, plain)
                for line in goal.lines:
                    _write_line(page, row, line, plain, centred)
                    row += 1
            _merge(page, first, row - 1, 1, section[0].section, centred)
        _lay_out(page)
    return target.getvalue()


def _sections(goals: Sequence[SheetGoal]) -> list[list[SheetGoal]]:
    """Goals that follow each other in one field of work share its cell."""
    found: list[list[SheetGoal]] = []
    for goal in goals:
        if found and found[-1][0].section == goal.section:
            found[-1].append(goal)
        else:
            found.append([goal])
    return found


def _write_head(
    book: "xlsxwriter.Workbook", page: "xlsxwriter.worksheet.Worksheet", head: object, *, title: str, note: str
) -> None:
    last = len(_WIDTHS) - 1
    page.merge_range(0, 0, 0, last, title, book.add_format({"bold": True, "font_size": 18, "align": "center"}))
    page.merge_range(1, 0, 1, last, note, book.add_format({"font_color": "#555555", "align": "right"}))
    page.set_row(0, 32)
    words = [str(label) for label in LABELS.values()]
    for column, word in enumerate([words[0], _("Field of work"), *words[1:]]):
        page.write_string(2, column, word, head)


def _write_line(
    page: "xlsxwriter.worksheet.Worksheet", row: int, line: PlanLine, plain: object, centred: object
) -> None:
    page.write_number(row, 0, line.number, centred)
    ahead = line.next_milestone
    cells = (
        line.text, line.target_text, line.lead.name, line.officer,
        join_words(dict.fromkeys(part.unit.name for part in line.parts)), say_deadline(line.ends_on, line.has_end),
        f"{ahead.due_on.isoformat()} {ahead.text}" if ahead else "", join_parts([line.light.word, line.standing.label]),
    )  # fmt: skip
    for column, text in enumerate(cells, start=3):
        page.write_string(row, column, text, centred if column in {6, 8, 10} else plain)


def say_deadline(day: date, has_end: bool) -> str:
    if has_end:
        return day.isoformat()
    return _("without an end; reviewed on %(day)s") % {"day": day.isoformat()}


def _merge(page: "xlsxwriter.worksheet.Worksheet", first: int, last: int, column: int, text: str, form: object) -> None:
    """A merged cell needs two rows at least."""
    if first == last:
        page.write_string(first, column, text, form)
    else:
        page.merge_range(first, column, last, column, text, form)


def _lay_out(page: "xlsxwriter.worksheet.Worksheet") -> None:
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(_TOP, 0)
    page.repeat_rows(2)
    page.set_landscape()
    page.set_paper(8)  # A3, as these sheets are
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
