"""Readers of cells, from which programmes put their declarations together."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from sunward.people.phones import read_phone
from sunward.people.resident_id import DocumentNumberRefused, parse_resident_id
from sunward.registers.normalise import answers
from sunward.registers.normalise.dates import DateReading, PartialDate, as_day, read_date_text, read_day, read_number
from sunward.registers.normalise.names import read_name
from sunward.registers.normalise.schools import read_school
from sunward.registers.normalise.text import (
    ERROR_VALUES,
    UNKNOWN_WORDS,
    clean_text,
    is_formula_like,
    is_placeholder,
    split_list,
)
from sunward.registers.sheets.declarations import Draft, Reader, Value
from sunward.registers.workbook.cells import Cell, text_of

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[(\[/、,;:]")
_NUMBER_TAIL = re.compile(r"\.0+$")
_EXACT_DIGITS = 15
_MOST_COUNTED = 1_000_000


def _text(cell: Cell, draft: Draft) -> str:
    """The cleaned text; empty for what stands for nothing or shows an error."""
    text = clean_text(cell if type(cell) is str else text_of(cell))
    if text and text[0] == "#" and text.upper() in ERROR_VALUES:
        draft.flag("formula_error")
        return ""
    return "" if is_placeholder(text) else text


def plain_text(cell: Cell, draft: Draft) -> str | None:
    """Text kept whole; None for what stands for nothing."""
    text, code = _plain(cell if type(cell) is str else text_of(cell))
    if code:
        draft.flag(code)
    return text


@lru_cache(maxsize=8192)  # most columns hold few different things
def _plain(text: str) -> tuple[str | None, str]:
    """The text, and the code that it gives."""
    text = clean_text(text)
    if text and text[0] == "#" and text.upper() in ERROR_VALUES:
        return None, "formula_error"
    return None if is_placeholder(text) else text, "formula_text" if is_formula_like(text) else ""


def name(cell: Cell, draft: Draft) -> str | None:
    found, code = read_name(_text(cell, draft))
    if code and code != "name_missing":  # a missing name is flagged by the rule that asks for one
        draft.flag(code)
    return found


def other_name(cell: Cell, draft: Draft) -> str | None:
    """The name of somebody who is not the row's person: kept where it is one, never a reason against the row."""
    text = _text(cell, draft)
    if text and is_formula_like(text):
        draft.flag("formula_text")
    return read_name(text)[0]


def document_number(cell: Cell, draft: Draft) -> str | None:
    """Sets `draft.document`; flags why a number is not taken."""
    text = _text(cell, draft)
    if not text or text in UNKNOWN_WORDS or text.startswith(("无", "未办", "没有", "暂无", "办理中", "补办", "遗失")):
        return None
    is_numeric = isinstance(cell, int | float) and not isinstance(cell, bool)
    try:
        draft.document = parse_resident_id(text, on=draft.on, is_numeric=is_numeric)
    except DocumentNumberRefused as refusal:
        draft.flag(refusal.fault.value)
        return None
    for warning in draft.document.warnings:
        if warning != "id_region_unknown":
            draft.flag(str(warning))
    return draft.document.number


def phone(cell: Cell, draft: Draft) -> str | None:
    text = _text(cell, draft)
    if not text or text in UNKNOWN_WORDS:
        return None
    found = read_phone(text)
    if found is None:
        draft.flag("phone_invalid")
    return found


def sex(cell: Cell, draft: Draft) -> str | None:
    found = answers.read_sex(_text(cell, draft))
    return found.value if found else None


def yes_no(cell: Cell, draft: Draft) -> bool | None:
    if isinstance(cell, bool):
        return cell
    # "无" and "×" are answers here, not marks for nothing.
    return answers.read_yes_no(clean_text(text_of(cell)))


def count(cell: Cell, draft: Draft) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell < _MOST_COUNTED and cell == int(cell) else None
    return answers.read_count(_text(cell, draft))


def amount(missing: str = "") -> Reader:
    """How many people or things a report speaks of. `missing`: code where words stand for a number (待统计)."""

    def read(cell: Cell, draft: Draft) -> Value:
        text = _text(cell, draft)
        found = answers.read_amount(text) if text else None
        if missing and text and found is None:
            draft.flag(missing)
        return found

    return read


def items(cell: Cell, draft: Draft) -> list[str]:
    text = plain_text(cell, draft)
    return [*split_list(text)] if text else []


def school(cell: Cell, draft: Draft) -> str | None:
    text = plain_text(cell, draft)
    return read_school(text) if text else None


def read_date_cell(cell: Cell, draft: Draft) -> DateReading | None:
    """A cell of any type as a day; None for what stands for nothing."""
    if isinstance(cell, date | datetime):
        return read_day(as_day(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return read_number(float(cell), is_1904=draft.is_1904)
    text = _text(cell, draft)
    if not text:
        return None
    return read_date_text(text, is_typed=draft.is_typed, century_ends=draft.on.year % 100 + 5)


def past_date(cell: Cell, draft: Draft) -> str | None:
    """A day that cannot lie after the day of judgement, with the precision it has."""
    found = _flagged(read_date_cell(cell, draft), draft)
    if found is None:
        return None
    if found.first > draft.on:
        draft.flag("date_in_future")
        return None
    return found.iso


def birth_date(cell: Cell, draft: Draft) -> str | None:
    """Sets `draft.born`, to be compared with the document number."""
    draft.born = _flagged(read_date_cell(cell, draft), draft)
    return draft.born.iso if draft.born else None


def _flagged(reading: DateReading | None, draft: Draft) -> PartialDate | None:
    if reading is None:
        return None
    if reading.problem:
        draft.flag(reading.problem)
    return reading.value


def exact_digits(lost: str) -> Reader:
    """A number that is a name (a student number): text, never arithmetic. `lost`: code where digits are gone."""

    def read(cell: Cell, draft: Draft) -> Value:
        text = _NUMBER_TAIL.sub("", "".join(_text(cell, draft).split()).lstrip("'"))
        is_numeric = isinstance(cell, int | float) and not isinstance(cell, bool)
        if _SCIENTIFIC.fullmatch(text) or (is_numeric and len(text) > _EXACT_DIGITS):
            draft.flag(lost)
            return None
        if not text or text in UNKNOWN_WORDS:
            return None
        return plain_text(text, draft)

    return read


def one_of(words: Mapping[str, tuple[str, ...]]) -> Reader:
    """A word from a list under its other spellings; a word that is not listed is kept as written."""
    spoken = {other: word for word, others in words.items() for other in (word, *others)}

    def read(cell: Cell, draft: Draft) -> Value:
        text = plain_text(cell, draft)
        if not text:
            return None
        written = "".join(text.split())
        return spoken.get(written) or spoken.get(_FIRST_WORD.split(written)[0], text)

    return read
