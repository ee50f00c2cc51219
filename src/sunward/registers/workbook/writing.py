"""Registers out again: text files whose cells no spreadsheet will run, and empty workbooks to be filled in.

Workbooks are written by `core.workbooks`, where text is typed as text and needs no escape.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from sunward.core.workbooks import Sheet as OutSheet
from sunward.registers.sheets.declarations import SheetKind

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for GBK

# What a spreadsheet skips before it looks whether a cell is a formula.
_SKIPPED = re.compile(r"^[\s\u00a0\u200b-\u200f\u2060\ufeff]*")
_LEADS = "=+-@|%"


def escape_cell(text: str) -> str:
    """A text that stays a text when a text file is opened in a spreadsheet (CSV injection).

    An apostrophe stands before what begins with = + - @, their full-width forms, a tab or a line break.
    """
    bare = _SKIPPED.sub("", text)
    if text[:1] in ("\t", "\r", "\n") or (bare and unicodedata.normalize("NFKC", bare[0])[:1] in _LEADS):
        return "'" + text
    return text


def write_delimited(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV that Excel and WPS open rightly, each cell escaped."""
    yield BYTE_ORDER_MARK
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(["" if cell is None else escape_cell(str(cell)) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def blank_workbook(kind: SheetKind) -> OutSheet:
    """An empty table of a kind, headed so that it is recognised without a doubt."""
    asked = (entry for entry in kind.fields if (entry.read is not None and not entry.is_combined) or entry.key == "seq")
    heads = [entry.headings[0] for entry in asked]
    return OutSheet(name=str(kind.label), title=str(kind.label), heads=heads, rows=())
