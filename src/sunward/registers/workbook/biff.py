"""What an .xls tells besides its cells ([MS-XLS]): hidden columns, error values, how far each sheet extends.

The reader of cells holds a sheet as one rectangle: one wrong byte in the place of a cell can make it ask for more
memory than there is, which ends the process. So the places are looked at first.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from sunward.registers.workbook.compound import read_stream
from sunward.registers.workbook.markup import MOST_CELLS, SheetMarkup
from sunward.registers.workbook.refusals import TooLarge

_BOF, _SHEET, _COLUMNS, _ERROR, _FILEPASS = 0x0809, 0x0085, 0x007D, 0x0205, 0x002F
# Records that begin with a row and a column: blank, number, label, rich string, error, RK, shared string, formula, run.
_CELLS = frozenset([0x0201, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, 0x0406, 0x00BD, 0x00BE])
_RUNS = frozenset([0x00BD, 0x00BE])
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_WIDEST = 256


def read_old_markup(path: Path) -> dict[str, SheetMarkup]:
    """By the name of the sheet."""
    stream = read_stream(path, ("Workbook", "Book"))
    names: dict[int, str] = {}
    found: dict[str, SheetMarkup] = {}
    hidden: set[int] = set()
    errors: dict[tuple[int, int], str] = {}
    lowest = widest = 0
    current = ""
    for place, kind, data in _records(stream):
        if kind in _CELLS and len(data) >= 6:
            row, column = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind in _RUNS else column
            lowest, widest = max(lowest, row + 1), max(widest, column + 1, last + 1)
            if lowest * widest > MOST_CELLS:
                raise TooLarge
            if kind == _ERROR and len(data) >= 8 and data[7]:
                errors[row + 1, column + 1] = _ERRORS.get(data[6], "#N/A")
        elif kind == _SHEET and len(data) > 8:
            names[struct.unpack_from("<I", data)[0]] = _name(data)
        elif kind == _COLUMNS and len(data) >= 10:
            first, last, _width, _format, options = struct.unpack_from("<HHHHH", data)
            if options & 1:
                hidden.update(range(first + 1, min(last, _WIDEST) + 2))
        elif kind == _BOF:
            found[current] = SheetMarkup(frozenset(hidden), errors)
            hidden, errors, lowest, widest = set(), {}, 0, 0
            current = names.get(place, "")
    found[current] = SheetMarkup(frozenset(hidden), errors)
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(place, kind, data) of every record."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if (kind == 0 and length == 0) or place + 4 + length > len(stream):
            return  # padding behind the last record, or what was cut off
        yield place, kind, stream[place + 4 : place + 4 + length]
        if kind == _FILEPASS:
            return  # what follows is encrypted; the reader of cells says so
        place += 4 + length


def _name(data: bytes) -> str:
    length, is_wide = data[6], data[7] & 1
    return data[8 : 8 + length * (2 if is_wide else 1)].decode("utf-16-le" if is_wide else "latin-1", "replace")
