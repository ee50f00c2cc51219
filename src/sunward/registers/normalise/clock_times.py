"""Times of the day as offices write them: 13:30-16:00, 上午9时, 下午1:30—4:00."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sunward.accounts.areas import read_numeral
from sunward.registers.workbook.cells import Cell, text_of

_MORNING, _AFTERNOON = ("凌晨", "清晨", "早上", "早", "上午", "AM"), ("中午", "下午", "傍晚", "晚上", "晚", "PM")
_PART = "|".join((*_MORNING, *_AFTERNOON))
_MINUTES = (
    r"(?::(?P<minute{0}>\d{{2}})(?::\d{{2}})?|[时点](?:(?P<spoken{0}>\d{{1,2}})分?|(?P<half{0}>半|一刻|三刻)|整)?)"
)
_CLOCK = r"(?P<part{0}>" + _PART + r")?(?P<hour{0}>\d{{1,2}})" + _MINUTES
_STRETCH = re.compile(_CLOCK.format(1) + r"(?:\s*(?:[-—–~～至到]+)\s*" + _CLOCK.format(2) + r")?")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.日月])")
_SPOKEN_HOUR = re.compile(r"[零〇一二两三四五六七八九十]+(?=[时点])")
_HOURS_TOGETHER = re.compile(r"(?<![\d月:.])(\d{1,2})(?=\s*[-—–~～至到]\s*\d{1,2}([时点]))")  # 9-11时
_MINUTE_WORDS = {"半": 30, "一刻": 15, "三刻": 45}
_ANY_DAY = date(1900, 1, 1)  # what a spreadsheet puts before a time that has no day


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when; `end` is None where it is not said."""

    start: time
    end: time | None = None

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{f'{self.end:%H:%M}' if self.end else ''}"

    @classmethod
    def from_text(cls, text: str) -> "Stretch":
        """What `str` wrote."""
        start, _, end = text.partition("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end) if end else None)


def read_clock_cell(cell: Cell) -> tuple[Stretch, ...]:
    """A cell of a column of times."""
    if isinstance(cell, bool):
        return ()
    if isinstance(cell, datetime):
        return (Stretch(cell.time()),) if cell.time() != time() else ()
    if isinstance(cell, time):
        return (Stretch(cell.replace(second=0, microsecond=0)),)
    if isinstance(cell, timedelta) or (isinstance(cell, float) and 0 < cell < 1):
        past = cell if isinstance(cell, timedelta) else timedelta(minutes=round(cell * 24 * 60))
        return (Stretch((datetime.combine(_ANY_DAY, time()) + past).time()),)
    return split_clock(_DOTTED.sub(r"\1:\2", unicodedata.normalize("NFKC", text_of(cell))))[0]


@lru_cache(maxsize=2048)
def split_clock(text: str) -> tuple[tuple[Stretch, ...], str]:
    """The stretches that a text speaks of, and the text without them. An impossible time is none."""
    written = _SPOKEN_HOUR.sub(lambda match: read_numeral(match.group()), unicodedata.normalize("NFKC", text))
    written = _HOURS_TOGETHER.sub(r"\1\2", written)
    found: list[Stretch] = []
    rest, last = [], 0
    for match in _STRETCH.finditer(written):
        stretch = _stretch(match)
        if stretch is not None:
            found.append(stretch)
            rest.append(written[last : match.start()])
            last = match.end()
    return tuple(found), "".join([*rest, written[last:]])


def _stretch(match: re.Match[str]) -> Stretch | None:
    start = _time(match, "1", match["part1"])
    if start is None:
        return None
    if match["hour2"] is None:
        return Stretch(start)
    end = _time(match, "2", match["part2"] or match["part1"])
    if end is not None and end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)  # 9:00-4:00, and 上午9:00-1:30
    return Stretch(start, end if end is not None and end > start else None)


def _time(match: re.Match[str], which: str, part: str | None) -> time | None:
    hour = int(match[f"hour{which}"])
    half = match[f"half{which}"]
    minute = _MINUTE_WORDS[half] if half else int(match[f"minute{which}"] or match[f"spoken{which}"] or 0)
    if part in _AFTERNOON and hour < 12 and not (part == "中午" and hour > 9):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
