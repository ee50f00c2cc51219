"""When an event takes place: its day, its time and its month are read together, for plans mix them as they like."""

import re
from datetime import date, datetime, time, timedelta

from sunward.employment.sheets.columns import COUNT_NOT_STATED
from sunward.registers.normalise.clock_times import Stretch, read_clock_cell, split_clock
from sunward.registers.normalise.persons import written_in
from sunward.registers.normalise.spans import NOTHING, Span, YearFrame, read_span_cell
from sunward.registers.normalise.text import clean_text, squeeze
from sunward.registers.sheets.declarations import Draft
from sunward.registers.workbook.cells import Cell, is_blank, text_of

MOST_DAYS = 14  # an event that runs for longer is no session a day
_LONGEST_NOTE = 60
_WITH_YEAR = re.compile(r"\d{4}|(?<!\d)\d{2}(?:年|([./-])\d{1,2}\1)")
_COUNTED = ("participants", "posts")


def settle_when(draft: Draft) -> None:
    """Sets the days, the month, the times, and the words where they fix no day."""
    frame = _told_frame(draft)
    assumed = frame or _nearest_frame(draft.on)
    span, times, source = _read(draft, assumed)
    if span.problem:
        draft.flag(span.problem)
    if frame is None and span.month and _needs_a_year(source):
        draft.flag("event_year_assumed")
    days = span.days if 1 < len(span.days) <= MOST_DAYS else ()
    draft.values |= {
        "date_start": span.first.isoformat() if span.first else None,
        "date_end": span.last.isoformat() if span.last else None,
        "days": [day.isoformat() for day in days],
        "month": span.month or None,
        "until": span.until.isoformat() if span.until else None,
        "times": [str(stretch) for stretch in times],
        "when_note": None if span.is_exact else squeeze(text_of(source))[:_LONGEST_NOTE] or None,
    }
    draft.values.pop("year", None)
    draft.values.pop("date", None)
    draft.values.pop("time", None)


def require_day(draft: Draft) -> None:
    """For what takes place on a day: a month alone is not exact."""
    if draft.values["date_start"] is None or draft.values["when_note"]:
        if "date_ambiguous" not in draft.codes:
            draft.flag("event_date_vague")
        if draft.values["date_start"] is None and draft.values["when_note"] is None:
            draft.values["when_note"] = _said(draft)


def require_month(draft: Draft) -> None:
    """For what a plan promises for a month."""
    if draft.values["month"] is None and "date_ambiguous" not in draft.codes:
        draft.flag("event_date_vague")


def settle_counts(draft: Draft) -> None:
    """An empty cell is a number not given, unless the event is still to come: nobody has counted yet."""
    until = draft.values.get("until")
    is_to_come = isinstance(until, str) and date.fromisoformat(until) >= draft.on
    for key in _COUNTED:
        if key in draft.cells and not written_in(draft, key) and not is_to_come:
            draft.flag(COUNT_NOT_STATED)


def _told_frame(draft: Draft) -> YearFrame | None:
    cell = draft.cells.get("year", "")
    return None if is_blank(cell) else YearFrame.from_text(text_of(cell))


def _nearest_frame(on: date) -> YearFrame:
    """Where nobody names a year: from eight months before the day of judgement to three months after it."""
    return YearFrame(on.year if on.month >= 9 else on.year - 1, (on.month - 9) % 12 + 1)


def _read(draft: Draft, frame: YearFrame) -> tuple[Span, tuple[Stretch, ...], Cell]:
    """The span, the times, and the cell that told the span: the column of days goes first, that of months last."""
    times, source = _split(draft.cells.get("date", ""))
    span = _read_span(source, frame, draft)
    clock = draft.cells.get("time", "")
    if _says_when(span):
        return span, times or read_clock_cell(clock), source
    told, rest = _split(clock)
    for other in (rest, draft.cells.get("month", "")):
        found = _read_span(other, frame, draft)
        if _says_when(found):
            return found, times or told, other
    return span, times or told or read_clock_cell(clock), source or rest


def _read_span(cell: Cell, frame: YearFrame, draft: Draft) -> Span:
    return NOTHING if is_blank(cell) else read_span_cell(cell, frame, is_typed=draft.is_typed, is_1904=draft.is_1904)


def _says_when(span: Span) -> bool:
    return bool(span.month or span.problem)


def _split(cell: Cell) -> tuple[tuple[Stretch, ...], Cell]:
    """The times a cell tells, and what is left of it for the day."""
    if isinstance(cell, datetime):
        return read_clock_cell(cell), cell.date()
    if isinstance(cell, time | timedelta) or (isinstance(cell, float) and 0 < cell < 1):
        return read_clock_cell(cell), ""
    if not isinstance(cell, str):
        return (), cell
    times, rest = split_clock(clean_text(cell))
    return times, rest.strip(" ,;")


def _needs_a_year(source: Cell) -> bool:
    if isinstance(source, date):
        return False
    if isinstance(source, int | float):
        return 1 <= source < 13
    return not _WITH_YEAR.search(text_of(source)) and not re.fullmatch(r"\d{5}(?:\.0)?", text_of(source).strip())


def _said(draft: Draft) -> str | None:
    texts = (squeeze(text_of(draft.cells.get(key, ""))) for key in ("date", "month"))
    return next((text[:_LONGEST_NOTE] for text in texts if text), None)
