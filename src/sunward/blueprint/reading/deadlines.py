"""Until when something shall be done, as papers say it: the last day of the period named, or why there is no day."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from sunward.accounts.areas import read_numeral
from sunward.registers.normalise.dates import as_day, read_date_text, read_number
from sunward.registers.normalise.text import clean_text, is_placeholder
from sunward.registers.workbook.cells import Cell, text_of

MISSING = "deadline_missing"
VAGUE = "deadline_vague"  # 尽快
ONGOING = "deadline_ongoing"  # 长期坚持: a day of review has to be set
AMBIGUOUS = "date_ambiguous"  # 2023.1 typed as a number
YEAR_UNKNOWN = "deadline_year"
SEVERAL = "deadline_several"
PAST = "deadline_past"  # before the meeting that set it: the year is another

_ONGOING = re.compile(r"长期|持续|常态|坚持|贯穿|每(?:年|半年|季|月|周|旬|日|天)|不断|全年推进|日常")
_VAGUE = re.compile(
    r"尽快|尽早|及时|适时|按时|如期|近期|早日|限期|立即|即日|抓紧|加快(?:办|落实|完成)|按(?:照)?(?:时间)?(?:节点|计划|进度|要求)"
    r"|(?:春节|元旦|国庆|五一|中秋|端午|清明|节)(?:期间|假期|长假)?(?:之?前|以前|后)|会后|待定"
)
_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日号])")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:(?P<year>20\d\d|\d\d|今|本|当|明|次|下|后)年度?)?"
_PERIODS = (
    ("quarter", re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度?(?:末|底|内)?")),
    ("half", re.compile(_YEAR + r"(?P<half>上半年|下半年)(?:末|底|内)?")),
    ("day", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")),
    ("part", re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份)?(?P<part>上旬|初|中旬|中|下旬|底|末|内)?")),
    ("whole", re.compile(r"(?P<year>20\d\d|\d\d|今|本|当|明|次|下|后)?年(?:度)?(?:年?(?:底|末|内|终))?")),
    ("whole", re.compile(r"(?P<year>20\d\d)(?=$)")),
)
_LAST_DAYS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_LATER_YEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "下": 1, "后": 2}
_BEFORE = re.compile(r"^(?:于|在|至|到|截至|截止到?|力争|争取|确保|原则上|计划|预计|须|应|要|并|最迟|不迟于|不晚于)+")
_ACTS = "完成|落实|建成|办结|到位|见效|实现|印发|出台|启用|启动|投用|开工|竣工|报送|上报|建立|形成"
_DONE = rf"(?:(?:全部|全面|基本|初步|一律|正式)?(?:{_ACTS}))"
_AFTER = re.compile(rf"(?:之前|以前|前|为止|止|之内|以内)?(?:{_DONE}.*)?$")
# Inside a sentence a day is a deadline only with a word that makes it one: 10月底前, 第二季度完成, never 自11月1日起.
_IN_SENTENCE = re.compile(
    r"(?<![自从\d])(?:(?:20\d\d|[今本当明次]|\d\d)年度?)?"
    r"(?:第?[一二三四1-4]季度?|[上下]半年|\d{1,2}月(?:份)?(?:\d{1,2}[日号]|上旬|初|中旬|中|下旬|底|末|内)?|年?(?:底|末|内)|(?<=\d\d年))(?:末|底)?"
    rf"(?:(?P<word>之前|以前|前|为止)|(?=[，,]?(?:{_DONE}))|(?<=[底末内]))(?!起|开始)"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`on` is None where the paper fixes no day; `code` then says why, and no day is made up."""

    on: date | None
    code: str = ""
    written: str = ""


def read_deadline(cell: Cell, *, year: int | None, is_typed: bool = True, is_1904: bool = False) -> Deadline:
    """A cell of a column of deadlines; `year` is that of the plan, for days that are written without one."""
    if isinstance(cell, date | datetime):
        return Deadline(as_day(cell), written=text_of(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        reading = read_number(float(cell), is_1904=is_1904)
        if reading.value is None:
            return Deadline(None, AMBIGUOUS if reading.problem == AMBIGUOUS else VAGUE, text_of(cell))
        return Deadline(reading.value.last, written=text_of(cell))
    text = clean_text(text_of(cell))
    if not text or is_placeholder(text):
        return Deadline(None, MISSING, text)
    if _ONGOING.search(text):
        return Deadline(None, ONGOING, text)
    return _read_words(text, year) or _read_written_day(text, is_typed) or Deadline(None, VAGUE, text)


def find_deadline(sentence: str, *, year: int | None, not_before: date | None = None) -> Deadline:
    """The one deadline of a decision. Two different days are none: a person says which is meant."""
    written = _NUMERAL.sub(_digits, "".join(unicodedata.normalize("NFKC", sentence).split()))
    found = [read for match in _IN_SENTENCE.finditer(written) if (read := _read_words(match.group(), year))]
    if len({(read.on, read.code) for read in found}) > 1:
        return Deadline(None, SEVERAL, "、".join(read.written for read in found))
    if found:
        return _checked(found[0], not_before)
    for code, words in ((ONGOING, _ONGOING), (VAGUE, _VAGUE)):
        if match := words.search(written):
            return Deadline(None, code, match.group())
    return Deadline(None, MISSING)


def _checked(read: Deadline, not_before: date | None) -> Deadline:
    if read.on is not None and not_before is not None and read.on < not_before:
        return Deadline(None, PAST, read.written)
    return read


def _digits(match: re.Match[str]) -> str:
    return read_numeral(match.group().replace("○", "〇"))


def _read_words(text: str, year: int | None) -> Deadline | None:
    """None: these words are no period that we know."""
    written = _NUMERAL.sub(_digits, "".join(unicodedata.normalize("NFKC", text).split())).strip("。.;,，；")
    bare = _AFTER.sub("", _BEFORE.sub("", written))
    for kind, pattern in _PERIODS:
        if match := pattern.fullmatch(bare):
            told = _year_of(match["year"], year)
            if told is None:
                return Deadline(None, YEAR_UNKNOWN, text)
            day = _last_day(kind, match, told)
            return Deadline(day, written=text) if day else Deadline(None, VAGUE, text)
    return None


def _year_of(written: str | None, year: int | None) -> int | None:
    if written is None:
        return year
    if written.isdigit():
        return int(written) if len(written) == 4 else 2000 + int(written)
    return None if year is None else year + _LATER_YEARS[written]


def _last_day(kind: str, match: re.Match[str], year: int) -> date | None:
    try:
        if kind == "quarter":
            return _end_of(year, 3 * _QUARTERS[match["quarter"]])
        if kind == "half":
            return _end_of(year, 6 if match["half"] == "上半年" else 12)
        if kind == "whole":
            return date(year, 12, 31)
        month = int(match["month"])
        if kind == "day":
            return date(year, month, int(match["day"]))
        return date(year, month, _LAST_DAYS[match["part"]]) if match["part"] in _LAST_DAYS else _end_of(year, month)
    except ValueError:
        return None  # 2月30日, 13月


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_written_day(text: str, is_typed: bool) -> Deadline | None:
    bare = _AFTER.sub("", _BEFORE.sub("", "".join(text.split())))
    reading = read_date_text(bare, is_typed=is_typed)
    if reading.value is None:
        return Deadline(None, AMBIGUOUS, text) if reading.problem == AMBIGUOUS else None
    return Deadline(reading.value.last, written=text)
