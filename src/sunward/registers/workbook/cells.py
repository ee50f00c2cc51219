"""What a cell can hold. An empty cell is the empty string."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias


class CellError(str):
    """An error value of a spreadsheet, such as ``#REF!``; never a text to be kept."""

    __slots__ = ()


Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def text_of(cell: Cell) -> str:
    """A cell as people see it; a whole number without its decimal point, however long."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def is_blank(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    return not cell or (not cell[0].isalnum() and not cell.strip(" \t\r\n\u00a0\u3000\u200b\ufeff"))
