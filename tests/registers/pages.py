"""Rows written into workbooks and text files by a plan of their layout."""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.registers.rosters import PLACES, Row


@dataclass(frozen=True)
class Arrangement:
    """How a file is laid out. `groups`: header rows above the names, each a list of (group, fields)."""

    headings: dict[str, str]
    groups: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = ()
    titles: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: str = ""  # heading of a hidden column
    extra: tuple[str, ...] = ()  # headings of columns that must not be read
    by_place: str = ""  # "sheets", "sections" or "merged": how sub-districts are told
    drops: tuple[str, ...] = ()
    first_column: int = 1
    blank_rows: bool = False
    subtotals: bool = False
    repeats_header: bool = False
    is_numbered: bool = True
    merges: bool = True
    day_style: int = 0


def write_day(day: Any, style: int, rng: random.Random) -> Any:
    if not isinstance(day, date):
        return day
    written = [
        day,
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        (day - date(1899, 12, 30)).days,
        str((day - date(1899, 12, 30)).days),
    ]
    return written[style] if style >= 0 else rng.choice(written)


class Page:
    """A sheet being written: a list of rows, and the ranges that are merged."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[list[Any]] = []
        self.merged: list[tuple[int, int, int, int]] = []

    def add(self, *cells: Any) -> int:
        self.lines.append([*cells])
        return len(self.lines)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))


def lay_out(kind: str, rows: list[Row], plan: Arrangement, file: str, seed: int) -> list[Page]:
    """Write rows into pages by the plan; every row learns its place."""
    rng = random.Random(seed)
    columns = [key for key in plan.headings if key not in plan.drops]
    if plan.by_place == "sheets":
        pages = []
        for place, _code, _committees in PLACES:
            own = [row for row in rows if row.values.get("subdistrict") == place]
            own += [row for row in rows if row.values.get("subdistrict") not in _NAMES and place == PLACES[0][0]]
            pages.append(_page(place, own, columns, plan, file, rng))
        return pages
    ordered = rows
    if plan.by_place in ("sections", "merged"):
        ordered = sorted(rows, key=lambda row: str(row.values.get("subdistrict")))
    return [_page("" if file.endswith(("csv", "txt")) else "Sheet1", ordered, columns, plan, file, rng)]


_NAMES = [place for place, _code, _committees in PLACES]


def _page(name: str, rows: list[Row], columns: list[str], plan: Arrangement, file: str, rng: random.Random) -> Page:
    page = Page(name)
    pad = [""] * (plan.first_column - 1)
    heads = ["序号"] * plan.is_numbered + [plan.headings[key] for key in columns]
    heads += [*plan.extra, *[plan.hidden] * bool(plan.hidden)]
    for title in (*plan.titles, *plan.meta):
        page.merge(line := page.add(*pad, title), plan.first_column, line, plan.first_column + len(heads) - 1)
    _write_header(page, plan, columns, heads, pad)
    tail = [*("未婚" for _ in plan.extra), *["N1"] * bool(plan.hidden)]
    previous: Any = None
    for number, row in enumerate(rows, 1):
        place = row.values.get("subdistrict")
        if plan.by_place == "sections" and place != previous:
            page.add(*pad, f"{'一二三四五六七八九'[_NAMES.index(place) if place in _NAMES else 8]}、{place or '其他'}")
        previous = place
        cells = [write_day(row.cells.get(key, ""), plan.day_style, rng) for key in columns]
        line = page.add(*pad, *[number] * plan.is_numbered, *cells, *tail)
        row.place = (file, page.name, line)
        if plan.by_place != "merged":
            _interrupt(page, plan, number, pad, lambda: _write_header(page, plan, columns, heads, pad))
    if plan.by_place == "merged":
        _merge_down(page, plan, plan.first_column + plan.is_numbered + columns.index("sub"), len(rows))
    if plan.subtotals:
        page.add(*pad, "合计", f"{len(rows)}人")
    for note in plan.notes:
        page.add(*pad, note)
    return page


def _interrupt(page: Page, plan: Arrangement, number: int, pad: list[str], header: Callable[[], None]) -> None:
    """What stands between records."""
    if plan.blank_rows and number % 17 == 0:
        page.add("")
    if plan.subtotals and number % 20 == 0:
        page.add(*pad, f"小计 {number}人")
    if plan.repeats_header and number % 25 == 0:
        header()


def _merge_down(page: Page, plan: Arrangement, column: int, count: int) -> None:
    """Write a value that several rows share once, above them."""
    first = len(page.lines) - count
    top = first
    for line in range(first, len(page.lines)):
        if page.lines[line][column - 1] != page.lines[top][column - 1]:
            top = line
        elif line != top:
            page.lines[line][column - 1] = ""
        is_last = line + 1 == len(page.lines) or page.lines[line + 1][column - 1] != page.lines[top][column - 1]
        if is_last and plan.merges:
            page.merge(top + 1, column, line + 1, column)


def _write_header(page: Page, plan: Arrangement, columns: list[str], heads: list[str], pad: list[str]) -> None:
    start, depth = len(page.lines) + 1, len(plan.groups)
    first = plan.first_column + plan.is_numbered
    covered: dict[int, int] = {}  # column to the rows of groups above it
    for level, groups in enumerate(plan.groups):
        line = [*pad, *[""] * len(heads)]
        for group, keys in groups:
            places = [first + columns.index(key) for key in keys if key in columns]
            if places:
                line[places[0] - 1] = group
                page.merge(start + level, places[0], start + level, places[-1])
                covered.update(dict.fromkeys(places, level + 1))
        page.lines.append(line)
    last = [*pad, *[""] * len(heads)]
    for offset, head in enumerate(heads):
        column = plan.first_column + offset
        top = covered.get(column, 0)
        if top < depth or depth == 0:
            line = page.lines[start - 1 + top] if depth else last
            line[column - 1] = head
            page.merge(start + top, column, start + depth, column)
        else:
            last[column - 1] = head
    page.lines.append(last)


def save_xlsx(pages: list[Page], target: Path, hidden_last: bool = False) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for number, line in enumerate(page.lines, 1):
            for column, cell in enumerate(line, 1):
                if cell != "":
                    place = sheet.cell(number, column)
                    place.value = cell
                    if isinstance(cell, str):
                        place.data_type = "s"  # never a formula, whatever it begins with
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        if hidden_last:
            sheet.column_dimensions[get_column_letter(sheet.max_column)].hidden = True
    book.save(target)


def save_text(pages: list[Page], target: Path, encoding: str, separator: str) -> None:
    width = max(len(line) for line in pages[0].lines)
    with target.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        for line in pages[0].lines:
            writer.writerow([*line, *[""] * (width - len(line))])
