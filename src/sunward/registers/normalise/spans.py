"""When something takes place, as plans say it: a day, a few days, a month, or words that fix no day.

Plans leave the year to their title: 9月3日-4日 in 2022年下半年招聘会安排. `YearFrame` is what the title tells.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sunward.accounts.areas import read_numeral
from sunward.registers.normalise.dates import PartialDate, as_day, read_date_text, read_number
from sunward.registers.normalise.text import clean_text, is_placeholder
from sunward.registers.workbook.cells import Cell, text_of

LONGEST_RANGE = 366
_SECOND_YEAR_BEGINS = 7  # a plan for 2022-2023 that names no month begins in summer

_YEARS_AND_MONTHS = re.compile(
    r"(20\d\d)\s*[年./]\s*(\d{1,2})\s*月?(?:份|起)?\s*[-—–~～至到]+\s*(20\d\d)\s*[年./]\s*\d{1,2}"
)
_TWO_YEARS = re.compile(r"(20\d\d)\s*年?度?\s*[-—–~～至到/]+\s*(20\d\d)")
_ONE_YEAR = re.compile(r"(?<![\d第])(20\d\d)(?:[01]\d(?:[0-3]\d)?)?(?![\d弄号室])")
_SPOKEN_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")

_NUMERAL = re.compile(r"[零〇○一二三四五六七八九十]+(?=[年月日号份])")
_WEEKDAY = re.compile(r"[(\[]?(?:每)?(?:周|星期|礼拜)[一二三四五六日天末](?:[、,/至到\-][一二三四五六日天])*[)\]]?")
_BRACKETED = re.compile(r"[(\[](?:[^()\[\]\d]*|\d+天|第\d+场)[)\]]")  # (国庆节), (全天): with other digits a day
_TENTATIVE = re.compile(r"暂定|拟定?|预计|初定|计划|约定?|左右|前后|待确认|[(\[](?:暂|待)?定?[)\]]")
_IDLE = re.compile(
    r"全天|[上下]午|晚上?|举[办行]|召开|开[始幕]|进行|起|止|共?[一二两三四五六七八九十\d]+天|[\s,;。.、()\[\]]"
)
_EVERY = re.compile(r"每")

_FULL = re.compile(r"(\d{4})(?:年(\d{1,2})月|([-./])(\d{1,2})\3)(\d{1,2})[日号]?(?!\d)")
_SHORT = re.compile(r"'?(\d{2})(?:年(\d{1,2})月|([-./])(\d{1,2})\3)(\d{1,2})[日号]?(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})[月./](\d{1,2})[日号]?(?![\d月])")
_DAY = re.compile(r"(\d{1,2})[日号]?(?![\d月./])")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})")
_JOIN = re.compile(r"\s*([-—–~～至到]+|[、,;/和及与&]+)\s*")
_MONTH = re.compile(r"(?:(\d{4})[年.\-/])?(\d{1,2})月?份?")
_MONTH_WITHIN = re.compile(r"(?:(\d{4})年)?(\d{1,2})月")
# 9-11月, 2022.9-10: months, or days of one? Nobody can tell.
_SEVERAL_MONTHS = re.compile(r"\d\s*[-—–~～至到、,]\s*(?:\d{4}年)?\d{1,2}月|\d{4}[./]\d{1,2}-\d{1,2}$")
_LAST_DAYS = (("上旬", 10), ("月初", 10), ("中旬", 20), ("月中", 20))


@dataclass(frozen=True, slots=True)
class YearFrame:
    """The year of months that are written without one; those before `begins` belong to the year after."""

    year: int
    begins: int = 1

    def year_of(self, month: int) -> int:
        return self.year if month >= self.begins else self.year + 1

    def __str__(self) -> str:
        return f"{self.year}-{self.begins:02d}" if self.begins > 1 else str(self.year)

    @classmethod
    def from_text(cls, text: str) -> "YearFrame | None":
        """What `told_year` gave, or what stands in a column of years."""
        found = told_year(text)
        if found is None:
            return None
        year, _, begins = found.partition("-")
        return cls(int(year), int(begins or 1))


@lru_cache(maxsize=512)
def told_year(text: str) -> str | None:
    """The year a title, a line above the table or a file's name speaks of: ``2022``; ``2022-09`` if it runs over."""
    written = unicodedata.normalize("NFKC", text)
    written = _SPOKEN_YEAR.sub(lambda match: read_numeral(match.group().replace("○", "〇")), written)
    if re.fullmatch(r"20\d\d-[01]\d", written):
        return written
    if (match := _YEARS_AND_MONTHS.search(written)) and int(match[3]) == int(match[1]) + 1 and int(match[2]) <= 12:
        return str(YearFrame(int(match[1]), int(match[2])))
    if (match := _TWO_YEARS.search(written)) and int(match[2]) == int(match[1]) + 1:
        return str(YearFrame(int(match[1]), _SECOND_YEAR_BEGINS))
    match = _ONE_YEAR.search(written)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Span:
    """`days` are the single days it falls on, empty for a long range; `month` is told where no day is.

    `is_exact` is False where the words fix no day, or only tentatively; `until` is the last day it can be.
    """

    first: date | None = None
    last: date | None = None
    days: tuple[date, ...] = ()
    month: str = ""
    until: date | None = None
    is_exact: bool = True
    problem: str = ""


NOTHING = Span(is_exact=False)


def read_span_cell(cell: Cell, frame: YearFrame, *, is_typed: bool = True, is_1904: bool = False) -> Span:
    """A cell of a column of days or of months."""
    if isinstance(cell, date | datetime):
        return _single(as_day(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell), frame, is_1904=is_1904)
    text = clean_text(text_of(cell))
    return NOTHING if not text or is_placeholder(text) else read_span(text, frame, is_typed=is_typed)


def _from_number(number: float, frame: YearFrame, *, is_1904: bool) -> Span:
    if number.is_integer() and 1 <= number <= 12:
        return _whole_month(frame.year_of(int(number)), int(number))
    if 1 <= number < 13:
        if round(number * 10) % 10 in (1, 2, 3) and (number * 10).is_integer():
            return Span(is_exact=False, problem="date_ambiguous")  # 9.1 is the first, or the tenth without its zero
        return read_span(repr(round(number, 2)), frame)
    reading = read_number(number, is_1904=is_1904)
    return _from_partial(reading.value) if reading.value else Span(is_exact=False, problem=reading.problem or "")


@lru_cache(maxsize=4096)
def read_span(text: str, frame: YearFrame, *, is_typed: bool = True) -> Span:
    """What a text says; hours must have been taken out of it."""
    written = unicodedata.normalize("NFKC", text).strip()
    if _EVERY.search(written):
        return _vague(written, frame)
    written = _NUMERAL.sub(lambda match: read_numeral(match.group().replace("○", "〇")), written)
    is_tentative = bool(_TENTATIVE.search(written))
    written = _BRACKETED.sub("", _WEEKDAY.sub("", written))
    bare = "".join(_TENTATIVE.sub("", written).split()).strip(",;。.、()[]")
    found = _scan(bare, frame) or _dashed(bare, frame) or _by_month(bare, frame)
    if found is None and not _SEVERAL_MONTHS.search(bare):
        reading = read_date_text(bare, is_typed=is_typed, century_ends=frame.year % 100 + 5)
        found = _from_partial(reading.value) if reading.value else None
    if found is None:
        return _vague(written, frame)
    if is_tentative:
        return Span(found.first, found.last, found.days, found.month, found.until, is_exact=False)
    return found


def _scan(text: str, frame: YearFrame) -> Span | None:
    """Days joined by 至 or 、; None if anything else stands between them."""
    days: list[date] = []
    position, is_range = 0, False
    month: tuple[int, int] | None = None
    try:
        while position < len(text):
            point = _point(text, position, month, days[-1] if days else None, frame)
            if point is None:
                return None
            day, position = point
            if is_range:
                if not days or not 0 <= (day - days[-1]).days <= LONGEST_RANGE:
                    return None
                days.extend(_between(days[-1], day))
            days.append(day)
            month = (day.year, day.month)
            rest = _IDLE.match(text, position)
            while rest and rest.end() > position and not _JOIN.match(text, position):
                position, rest = rest.end(), _IDLE.match(text, rest.end())
            join = _JOIN.match(text, position)
            if join is None:
                break
            position, is_range = join.end(), join[1][0] in "-—–~～至到"
        return _of_days(days) if days and position >= len(text) else None
    except ValueError:
        return None  # 2月30日


def _point(
    text: str, position: int, month: tuple[int, int] | None, before: date | None, frame: YearFrame
) -> tuple[date, int] | None:
    """The day that begins at `position`, and where it ends; a bare number is a day of the month before it."""
    if match := _FULL.match(text, position):
        return date(int(match[1]), int(match[2] or match[4]), int(match[5])), match.end()
    if (match := _SHORT.match(text, position)) and abs(int(match[1]) - frame.year % 100) <= 1:
        return date(2000 + int(match[1]), int(match[2] or match[4]), int(match[5])), match.end()
    if match := _MONTH_DAY.match(text, position):
        number = int(match[1])
        year = frame.year_of(number) if before is None else before.year + (number < before.month)
        return date(year, number, int(match[2])), match.end()
    if month is not None and (match := _DAY.match(text, position)):
        return date(*month, int(match[1])), match.end()
    return None


def _between(first: date, last: date) -> Iterator[date]:
    """The days after the first and before the last."""
    return (first + timedelta(days=number) for number in range(1, (last - first).days))


def _dashed(text: str, frame: YearFrame) -> Span | None:
    """9-3 alone is a day."""
    match = _DASHED.fullmatch(text)
    if match is None:
        return None
    try:
        return _single(date(frame.year_of(int(match[1])), int(match[1]), int(match[2])))
    except ValueError:
        return None


def _by_month(text: str, frame: YearFrame) -> Span | None:
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    month = int(match[2])
    return _whole_month(int(match[1]) if match[1] else frame.year_of(month), month)


def _vague(text: str, frame: YearFrame) -> Span:
    """9月中旬 tells a month and the last day it can be; 待定 tells nothing."""
    match = _MONTH_WITHIN.search(text)
    if match is None or not 1 <= int(match[2]) <= 12 or _SEVERAL_MONTHS.search(text):
        return NOTHING
    month = int(match[2])
    whole = PartialDate(int(match[1]) if match[1] else frame.year_of(month), month)
    last = next((day for word, day in _LAST_DAYS if word in text), whole.last.day)
    return Span(month=whole.iso, until=date(whole.year, month, last), is_exact=False)


def _single(day: date) -> Span:
    return _of_days([day])


def _of_days(days: list[date]) -> Span:
    ordered = tuple(sorted(set(days)))
    return Span(ordered[0], ordered[-1], ordered, f"{ordered[0]:%Y-%m}", ordered[-1])


def _whole_month(year: int, month: int) -> Span:
    whole = PartialDate(year, month)
    return Span(month=whole.iso, until=whole.last)


def _from_partial(value: PartialDate) -> Span:
    if value.day is not None:
        return _single(value.first)
    return _whole_month(value.year, value.month) if value.month is not None else NOTHING
