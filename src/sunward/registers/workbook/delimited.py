"""Comma-, tab- or semicolon-separated text in UTF-8, UTF-16 or GB18030."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sunward.registers.workbook.cells import Cell
from sunward.registers.workbook.refusals import EncodingUnknown, Unreadable

_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE_RECORDS = 60
_SWALLOWED = 3  # separators in a line inside a cell, at least
_CHUNK = 1024 * 1024
# ="310110…" is how people keep Excel from turning a number of a text file into arithmetic.
_KEPT_TEXT = re.compile(r'^="([\w \-]*)"$')
# A remark of 5,000 characters is usual; a field of megabytes is a quote that was never closed.
csv.field_size_limit(1024 * 1024)


def detect_encoding(path: Path) -> str:
    """The encoding of the whole file: by its mark, else UTF-8 if every byte fits, else GB18030 if every byte fits."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise EncodingUnknown


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def detect_separator(path: Path, encoding: str) -> str:
    """The separator that splits most records into the same number of cells, the more cells the better."""
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        widths = [
            len(record)
            for _, record in zip(range(_SAMPLE_RECORDS), _records(path, encoding, separator), strict=False)
            if record
        ]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        score = times / len(widths) * (width - 1)
        if score > best_score:
            best, best_score = separator, score
    return best


def read_records(path: Path, encoding: str, separator: str) -> Iterator[list[Cell]]:
    """Records in order; a line break inside quotes starts no new one."""
    for record in _records(path, encoding, separator):
        yield [_KEPT_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in record]


def _swallows_lines(record: list[str], separator: str, width: int) -> bool:
    """Whether a quote that was never closed has made one cell of several records of the width of the one before."""
    enough = max(_SWALLOWED, width - 1)
    return any(line.count(separator) >= enough for cell in record for line in cell.splitlines())


def _line_by_line(path: Path, encoding: str, separator: str, span: range) -> Iterator[list[str]]:
    """The lines of a record that is none, each by itself: no row is lost, and a stray quote stays a character."""
    with path.open(encoding=encoding, newline="") as lines:
        for line in islice(lines, span.start, span.stop):
            if line.count('"') % 2:
                yield from csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE)
            else:
                yield from csv.reader([line], delimiter=separator)


def _records(path: Path, encoding: str, separator: str) -> Iterator[list[str]]:
    try:
        with path.open(encoding=encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=separator)
            width = before = 0
            for record in reader:
                if (reader.line_num - before > 1 or len(record) < width) and _swallows_lines(record, separator, width):
                    yield from _line_by_line(path, encoding, separator, range(before, reader.line_num))
                else:
                    width = len(record)
                    yield record
                before = reader.line_num
    except csv.Error as error:
        raise Unreadable from error
    except UnicodeDecodeError as error:
        raise EncodingUnknown from error
