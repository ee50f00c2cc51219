"""Opening a workbook of any accepted format: sheets of rows of cells, rows counted from 1 as people see them."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import python_calamine

from sunward.registers.workbook.biff import read_old_markup
from sunward.registers.workbook.cells import Cell, CellError, Merge
from sunward.registers.workbook.container import DEFAULT_LIMIT, Format, examine
from sunward.registers.workbook.delimited import detect_encoding, detect_separator, read_records
from sunward.registers.workbook.markup import (
    SheetMarkup,
    WorkbookMarkup,
    check_repeats,
    read_sheet_markup,
    read_workbook_markup,
)
from sunward.registers.workbook.refusals import Empty, Encrypted, Unreadable

_SMALL = 64 * 1024  # a workbook without a cell is not larger


@dataclass(slots=True)
class Sheet:
    """One sheet. `is_typed`: numbers and dates can be told from text, which delimited text does not allow.

    `rows()` may be called again and again; each call reads from the first row.
    """

    name: str
    position: int
    file_name: str = ""
    is_hidden: bool = False
    is_typed: bool = True
    is_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    _source: "_Source | None" = field(default=None, repr=False)

    def rows(self) -> Iterator[list[Cell]]:
        return self._source.rows() if self._source else iter(())

    def head(self, count: int) -> list[list[Cell]]:
        return list(islice(self.rows(), count))

    def numbered(self, *, start: int = 1) -> Iterator[tuple[int, list[Cell]]]:
        """(row, cells) from row `start` on."""
        return islice(enumerate(self.rows(), 1), start - 1, None)


class _Source:
    def rows(self) -> Iterator[list[Cell]]:
        raise NotImplementedError


@dataclass(slots=True)
class _TextSource(_Source):
    path: Path
    encoding: str
    separator: str

    def rows(self) -> Iterator[list[Cell]]:
        return read_records(self.path, self.encoding, self.separator)


@dataclass(slots=True)
class _GridSource(_Source):
    grid: "python_calamine.CalamineSheet"
    errors: dict[tuple[int, int], str]

    def rows(self) -> Iterator[list[Cell]]:
        start = self.grid.start
        padding: list[Cell] = [""] * (start[1] if start else 0)
        by_row: dict[int, list[tuple[int, str]]] = {}
        for (row, column), error in self.errors.items():
            by_row.setdefault(row, []).append((column, error))
        for number, cells in enumerate(self.grid.iter_rows(), 1):
            filled: list[Cell] = [*padding, *cells] if padding else cells
            for column, error in by_row.get(number, ()):
                if column <= len(filled):
                    filled[column - 1] = CellError(error)
            yield filled


@dataclass(slots=True)
class MemorySource(_Source):
    """Rows that are at hand already."""

    cells: list[list[Cell]]

    def rows(self) -> Iterator[list[Cell]]:
        return iter([[*row] for row in self.cells])


class Workbook:
    """An open workbook; use it in a `with` statement."""

    def __init__(self, path: Path, file_format: Format, name: str) -> None:
        self.path = path
        self.format = file_format
        self.name = name
        self.encoding = ""
        self.separator = ""
        self._book: python_calamine.CalamineWorkbook | None = None
        self._file: BinaryIO | None = None
        self._markup = WorkbookMarkup(False, {})
        self._old_markup: dict[str, SheetMarkup] = {}

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._book is not None:
            with suppress(python_calamine.WorkbookClosed):
                self._book.close()
        if self._file is not None:
            self._file.close()

    def sheets(self) -> Iterator[Sheet]:
        """The work sheets in order, each read when it is reached, hidden ones included and marked."""
        if self._book is None:
            yield Sheet("", 1, self.name, is_typed=False, _source=_TextSource(self.path, self.encoding, self.separator))
            return
        work = [entry for entry in self._book.sheets_metadata if entry.typ is python_calamine.SheetTypeEnum.WorkSheet]
        for position, entry in enumerate(work, 1):
            yield self._sheet(entry, position)

    def _sheet(self, entry: python_calamine.SheetMetadata, position: int) -> Sheet:
        assert self._book is not None
        part = self._markup.parts.get(entry.name)
        with _errors_refused():
            markup = read_sheet_markup(self.path, part) if part else self._old_markup.get(entry.name, SheetMarkup())
            grid = self._book.get_sheet_by_name(entry.name)
        merges = tuple(
            Merge(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in grid.merged_cell_ranges or ()
        )
        return Sheet(
            name=entry.name,
            position=position,
            file_name=self.name,
            is_hidden=entry.visible is not python_calamine.SheetVisibleEnum.Visible,
            is_1904=self._markup.is_1904,
            hidden_columns=markup.hidden_columns,
            merges=tuple(sorted(merges, key=lambda merge: (merge.top, merge.left))),
            _source=_GridSource(grid, markup.errors),
        )


_READING_ERRORS = (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError)


class _errors_refused:  # noqa: N801 - reads as a statement
    """What the libraries raise, as a refusal with a sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, python_calamine.PasswordError):
            raise Encrypted from error
        # The reader is native code: what it panics with is no `Exception`.
        if isinstance(error, _READING_ERRORS) or "Panic" in type(error).__name__:
            raise Unreadable from error


def open_workbook(path: Path | str, *, name: str | None = None, limit: int = DEFAULT_LIMIT) -> Workbook:
    """Open a file after examining it. `name` is what the user called it; `limit` is in bytes.

    Raises a `WorkbookRefused` with its reason: unreadable, encrypted, empty, too large, with macros, no workbook.
    """
    path = Path(path)
    book = Workbook(path, examine(path, limit=limit), name or path.name)
    if book.format is Format.TEXT:
        book.encoding = detect_encoding(path)
        book.separator = detect_separator(path, book.encoding)
        return book
    try:
        book._file = path.open("rb")
        with _errors_refused():
            if book.format is Format.XLSX:
                book._markup = read_workbook_markup(path)
            if book.format is Format.XLS:
                book._old_markup = read_old_markup(path)
            if book.format is Format.ODS:
                check_repeats(path)
            # By content: what people upload may be stored under any name.
            book._book = python_calamine.load_workbook(book._file)
        if not book._book.sheet_names:
            raise Unreadable
        if path.stat().st_size < _SMALL and not any(any(True for _row in sheet.rows()) for sheet in book.sheets()):
            raise Empty
    except BaseException:
        book.close()
        raise
    return book


def make_sheet(
    rows: list[list[Cell]],
    *,
    name: str = "",
    file_name: str = "",
    merges: tuple[Merge, ...] = (),
    hidden_columns: frozenset[int] = frozenset(),
    is_typed: bool = True,
) -> Sheet:
    """A sheet from rows at hand, for repairs and tests."""
    return Sheet(
        name, 1, file_name, is_typed=is_typed, hidden_columns=hidden_columns, merges=merges, _source=MemorySource(rows)
    )
