"""Which rows of a sheet are no records: blank, totals, repeated headings, sections, notes below the table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sunward.accounts.areas import find_committees, read_subdistrict
from sunward.registers.normalise.text import clean_text
from sunward.registers.sheets.layouts import RowUse, SkippedRows
from sunward.registers.workbook.cells import Cell, is_blank, text_of

_TOTAL = re.compile(
    r"(?:本页|本表|累计|全区|全街道|街道|居委)?(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|总人数|总数|汇\s*总|总共)(?:\W|\d|人|$)"
    r"|其中\s*[:：]"
)
_NOTE = re.compile(
    r"[*※★]?(?:注|备注|附注|说明|填表说明|填报说明|特此说明|填表|填报|制表|审核|审批|复核|经办|单位负责人|负责人|分管领导|主要领导|"
    r"联系人|联系电话|报送|报表|统计人|盖章|日期|时间|附[:：]|本表|此表|表中|以上|总人数|第\s*\d+\s*页|共\s*\d+\s*页)"
)
# A line of signatures with every name in a cell of its own.
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|经办|统计|报送|单位负责|负责|分管领导|主要领导)(?:人|单位|部门|日期|时间)?(?:\(?(?:签字|签名|签章|盖章)\)?)?[:：]?"
    r"|(?:日期|联系人|联系电话)[:：]?"
)
_SEAL = re.compile(r"盖章|公章|签字|签章|签名")
_META = re.compile(
    r"(?:填报|填表|制表|报送|统计|单位|日期|时间|截止|截至|联系人|编号|密级|街道|联系电话)[^:：]{0,12}[:：]|^\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?$|[(（](?:截止|截至|公章|盖章)"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十\d]+[类批组部片])"
)
_EXAMPLE = re.compile(r"[(（]?(?:填写)?(?:示例|样例|例如|例|范例|样表|举例)[行)）:：]?\d*")
_COUNT_TAIL = re.compile(r"[(（:：]?\s*(?:共|计)?\s*\d*\s*[人户名]?\s*[)）]?$")
_SHORT_ROW = 2
_NARROW = 4
_LONGEST_NAME = 8
_LONGEST_LABEL = 16
_LONGEST_SECTION = 60
_TEXT_SHOWN = 120


@dataclass(frozen=True, slots=True)
class TableShape:
    """What classification needs to know of a table: header texts by column index, and where the seq and name stand."""

    header_texts: tuple[frozenset[str], ...]
    title_texts: frozenset[str]
    width: int
    sequence: int | None = None
    names: int | None = None
    filled_down: frozenset[int] = frozenset()  # columns that may be written in advance for rows not yet filled in


def filled_cells(cells: Sequence[Cell]) -> list[int]:
    """Indexes of the cells that hold something."""
    return [
        index
        for index, cell in enumerate(cells)
        if cell != "" and (type(cell) is not str or cell[0].isalnum() or not is_blank(cell))
    ]


def classify(cells: Sequence[Cell], shape: TableShape) -> RowUse | None:
    """Why a row is no record; None for a record."""
    filled = filled_cells(cells)
    if not filled:
        return RowUse.BLANK
    first = cells[filled[0]]
    if use := _classify_any(cells, filled, shape):
        return use
    if len(filled) > _SHORT_ROW:
        return None
    if filled == [shape.sequence] and (not isinstance(first, str) or first.strip().isdigit()):
        return RowUse.BLANK  # numbered in advance, never filled in
    if len(filled) == _SHORT_ROW and shape.filled_down.union((shape.sequence,)).issuperset(filled):
        return RowUse.BLANK  # numbered, with the place written in advance
    return _classify_short(clean_text(text_of(first)), filled, shape)


def _classify_any(cells: Sequence[Cell], filled: list[int], shape: TableShape) -> RowUse | None:
    """What a row of any length can be."""
    first = cells[filled[0]]
    if _is_total(cells, filled):
        return RowUse.SUBTOTAL
    if _repeats_header(cells, filled, shape) or _numbers_columns(cells, filled):
        return RowUse.REPEATED_HEADER
    if _is_signed(cells, filled):
        return RowUse.FOOTNOTE
    return RowUse.LEFT_OUT if isinstance(first, str) and _EXAMPLE.fullmatch(first.strip()) else None


def _is_total(cells: Sequence[Cell], filled: list[int]) -> bool:
    for index in filled[:3]:
        cell = cells[index]
        if isinstance(cell, str) and len(cell) < 40 and _TOTAL.match(cell.strip()):
            return True
    return False


def _is_signed(cells: Sequence[Cell], filled: list[int]) -> bool:
    """填表人, 李四, 审核人, 王五 …: labels in every other cell, beginning with the first."""
    if not _is_label(cells[filled[0]]):
        return False
    labels = sum(1 for index in filled if _is_label(cells[index]))
    return labels > 1 and labels * 2 >= len(filled)


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < _LONGEST_LABEL and bool(_SIGNATURE.fullmatch(cell.strip()))


def _repeats_header(cells: Sequence[Cell], filled: list[int], shape: TableShape) -> bool:
    known = len(shape.header_texts)
    matches = 0
    for tried, index in enumerate(filled, 1):
        cell = cells[index]
        if index < known and isinstance(cell, str) and _header_text(cell) in shape.header_texts[index]:
            matches += 1
        if tried == 4 and not matches:
            return False
    return matches * 10 >= len(filled) * 6


def _numbers_columns(cells: Sequence[Cell], filled: list[int]) -> bool:
    """A row that counts the columns: 1, 2, 3 …"""
    if len(filled) <= _SHORT_ROW + 1:
        return False
    return all(text_of(cells[index]).strip() == str(place) for place, index in enumerate(filled, 1))


def _header_text(cell: str) -> str:
    return "".join(cell.split())


def header_texts(rows: Sequence[Sequence[str]], width: int) -> tuple[frozenset[str], ...]:
    """The texts of the header rows by column, without white space."""
    return tuple(
        frozenset(_header_text(row[index]) for row in rows if index < len(row) and row[index].strip())
        for index in range(width)
    )


def _classify_short(text: str, filled: list[int], shape: TableShape) -> RowUse | None:
    if text in shape.title_texts:
        return RowUse.TITLE
    if shape.width < _NARROW:
        return None
    if _NOTE.match(text) or (len(filled) == 1 and _SEAL.search(text)):
        return RowUse.FOOTNOTE
    if _SECTION.match(text) or read_section_subdistrict(text):
        return RowUse.SECTION
    is_meta = bool(_META.search(text))
    if len(filled) > 1 or filled[0] == shape.names:
        return RowUse.META if is_meta and len(text) > _LONGEST_NAME else None
    # A day stands alone below the last column, too.
    return RowUse.META if is_meta else (RowUse.SECTION if filled[0] <= 1 else None)


def read_section_subdistrict(text: str) -> str:
    """The code of the sub-district a section row (二、定海路街道（12人）) announces, or an empty text."""
    if len(text) > _LONGEST_SECTION:
        return ""
    bare = _COUNT_TAIL.sub("", _SECTION.sub("", text)).strip()
    reading = read_subdistrict(bare) if 2 <= len(bare) <= 12 else None
    if reading is not None and reading.area is not None:
        return reading.area.code
    found = find_committees(bare) if bare.endswith(("居委会", "居委", "居民区")) else ()
    return found[0].parent if len(found) == 1 else ""


def is_meta_line(text: str) -> bool:
    return bool(_META.search(text))


def skipped(row: int, cells: Sequence[Cell], use: RowUse) -> SkippedRows:
    if use is RowUse.BLANK:
        return SkippedRows(row, row, use)
    text = " ".join(clean_text(text_of(cells[index])) for index in filled_cells(cells))[:_TEXT_SHOWN]
    return SkippedRows(row, row, use, text, read_section_subdistrict(text) if use is RowUse.SECTION else "")
