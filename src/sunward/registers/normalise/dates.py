"""Days as offices write them, with the precision they have."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sunward.accounts.areas import read_numeral

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_EPOCH_1904 = date(1904, 1, 1)

_SERIALS = range(3654, 73051)  # 1910-01-01 to 2099-12-31
_YEARS = range(1900, 2100)
_KNOWN_YEARS = range(1900, 2400)  # 2202 for 2022 is a day in the future; what lies beyond is no day
_GAP = r"\s*[-./\\_,~、。年·‐-―]\s*"
_REST = rf"(?:{_GAP}|\s*月\s*|\s+)(\d{{1,2}})\s*(?:日|号)?"
_SINGLE = r"(\d{1,2})\s*(?:月\s*(?:份|底|末|初|中旬|上旬|下旬|中)?)?"
_FULL = re.compile(rf"(\d{{4}})(?:{_GAP}|\s+)(\d{{1,2}}){_REST}")
_MONTH = re.compile(rf"(\d{{4}})(?:{_GAP}|\s+){_SINGLE}")
_SHORT = re.compile(rf"'?(\d{{2}})(?:{_GAP}|\s+)(\d{{1,2}}){_REST}")
_SHORT_MONTH = re.compile(rf"'?(\d{{2}})\s*年\s*{_SINGLE}")
# What a spreadsheet in English writes into a CSV file for 2022-03 and 2022-03-05.
_ENGLISH = re.compile(r"(?:(\d{1,2})[-\s/])?([A-Za-z]{3})[a-z]*\.?[-\s/,]+'?(\d{4}|\d{2})")
_ENGLISH_MONTHS = {name.casefold(): month for month, name in enumerate(calendar.month_abbr) if name}
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_YEAR = re.compile(r"(\d{4})年?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SHORT_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_LOST_ZERO = re.compile(r"(\d{4})\.1")
_CLOCK = re.compile(
    r"(?:[T\s]+|(?<=日)\s*)(?:上午|下午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\+\d{2}:?\d{2}|\s*[AP]M)?$"
    r"|\s*(?:上午|下午|晚上?|\d{1,2}[时点](?:\d{1,2}分?)?)+$"
    r"|[(]?(?:周|星期)[一二三四五六日天][)]?$"
)
# A word in brackets, or before or behind the day, adds to it; with digits in it it may be another day.
_BRACKETED = re.compile(r"(?<=[\d月日号])\s*[(\[][^()\[\]\d]*[)\]]$")
_TAIL = re.compile(
    r"(?:出生|生|起|止|前|左右|开始|入职|加入|完成|日期|已?(?:培训|查询|参训|注册)|已查)+$|[。.;,、/\-]+$"
    r"|^(?:约|于|自|从|出生于|公历|公元|阳历|已?(?:培训|查询|参训|注册|加入)于?[:\s]*)+"
)
_NUMERAL = re.compile(r"[零〇○一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month, or a year: what is not known is None."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def covers(self, day: date) -> bool:
        if self.day is not None:
            return (self.year, self.month, self.day) == (day.year, day.month, day.day)
        return self.first <= day <= self.last

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        return cls(*(int(part) for part in text.split("-")))


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says; `problem` is an outcome code where it says no day."""

    value: PartialDate | None
    problem: str | None = None


UNREADABLE = DateReading(None, "date_unreadable")
AMBIGUOUS = DateReading(None, "date_ambiguous")


def read_day(day: date) -> DateReading:
    return DateReading(PartialDate(day.year, day.month, day.day)) if day.year in _KNOWN_YEARS else UNREADABLE


@lru_cache(maxsize=4096)
def read_number(number: float, *, is_1904: bool = False) -> DateReading:
    """A number in a date column: a serial of Excel, 20221031, 2022.1 (whose zero may be lost), or a year."""
    if not 0 < number < 1e9:
        return UNREADABLE
    if number in _YEARS:
        return DateReading(PartialDate(int(number)))
    if _YEARS.start <= number < _YEARS.stop:
        return read_date_text(repr(round(number, 4)), is_typed=False)
    if number > 1e5:
        return read_date_text(str(int(number)))
    return _from_serial(int(number), is_1904=is_1904)


@lru_cache(maxsize=32768)
def read_date_text(text: str, *, is_typed: bool = True, century_ends: int = 35) -> DateReading:
    """A written day. `is_typed` is False where text and numbers look alike (CSV): 2022.1 is then ambiguous.

    Two-digit years up to `century_ends` belong to this century.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    written = _TAIL.sub("", _CLOCK.sub("", _BRACKETED.sub("", written)).strip()).strip()
    if "年" in written or "月" in written:
        written = _NUMERAL.sub(_digits, written)
    if not is_typed and _LOST_ZERO.fullmatch(written):
        return AMBIGUOUS
    return _match_year_first(written) or _match_short(written, century_ends) or _match_rest(written, century_ends)


def _digits(match: re.Match[str]) -> str:
    return read_numeral(match.group())


def _match_year_first(written: str) -> DateReading | None:
    match = _FULL.fullmatch(written) or _MONTH.fullmatch(written)
    if match is None and written.isdigit() and len(written) in (6, 8):
        match = _COMPACT.fullmatch(written)
        if match and len(written) == 6 and int(match.group(1)) not in _YEARS:
            return None  # 140305 begins with no year of ours
    return _reading(*match.groups()) if match else None


def _match_short(written: str, century_ends: int) -> DateReading | None:
    match = _SHORT.fullmatch(written) or _SHORT_MONTH.fullmatch(written) or _SHORT_COMPACT.fullmatch(written)
    if match is None:
        return None
    year, *rest = match.groups()
    return _reading(_full_year(year, century_ends), *rest)


def _full_year(year: str, century_ends: int) -> str:
    return year if len(year) == 4 else ("20" if int(year) <= century_ends else "19") + year


def _match_rest(written: str, century_ends: int) -> DateReading:
    if match := _ENGLISH.fullmatch(written):
        day, name, year = match.groups()
        month = _ENGLISH_MONTHS.get(name.casefold())
        return _reading(_full_year(year, century_ends), str(month), day) if month else UNREADABLE
    if match := _DAY_FIRST.fullmatch(written):
        return _day_first(*(int(part) for part in match.groups()))
    if (match := _YEAR.fullmatch(written)) and int(match.group(1)) in _YEARS:
        return DateReading(PartialDate(int(match.group(1))))
    if re.fullmatch(r"\d{4,5}(?:\.\d*)?", written):
        return _from_serial(int(float(written)), is_1904=False)
    return UNREADABLE


def _day_first(one: int, other: int, year: int) -> DateReading:
    """31/10/2022 and 10/31/2022 can be told apart, 3/4/2022 cannot."""
    if one <= 12 and other <= 12 and one != other:
        return AMBIGUOUS
    month, day = (one, other) if one <= 12 else (other, one)
    return _reading(str(year), str(month), str(day))


def _reading(year: str, month: str | None = None, day: str | None = None) -> DateReading:
    try:
        found = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
        known = found.first
    except ValueError:
        return UNREADABLE
    return DateReading(found) if known.year in _KNOWN_YEARS else UNREADABLE


def _from_serial(serial: int, *, is_1904: bool) -> DateReading:
    if serial not in _SERIALS:
        return UNREADABLE
    return read_day((EXCEL_EPOCH_1904 if is_1904 else EXCEL_EPOCH) + timedelta(days=serial))


def as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
