"""Every record of a sheet with its outcome: read, checked, compared with what is known. A pure generator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import NamedTuple, TypeAlias

from sunward.registers.enums import Outcome
from sunward.registers.sheets.codes import Severity
from sunward.registers.sheets.declarations import Draft, Identity, SheetKind, Value
from sunward.registers.sheets.identities import Identities, Key, Known, Place
from sunward.registers.sheets.layouts import ColumnUse, LaterTable, Layout, RowUse
from sunward.registers.sheets.nearness import DECISION, SAME, SAME_CODE, Neighbourhood
from sunward.registers.sheets.shifting import is_shifted
from sunward.registers.workbook.cells import Cell, CellError, is_blank, text_of
from sunward.registers.workbook.reading import Sheet

# What a row passes through is a named tuple: an import makes several for each of its rows.
CHUNK = 500

RawValue: TypeAlias = str | int | float | bool


class StagedRow(NamedTuple):
    """One record. `values` holds JSON scalars, `cells` the cells by field as they came."""

    row: int
    outcome: Outcome
    codes: tuple[str, ...]
    duplicate_of: Place | None
    values: Mapping[str, Value]
    cells: Mapping[str, Cell]

    @property
    def raw(self) -> dict[str, RawValue]:
        """The cells as JSON scalars, for repair: hardly any row needs one."""
        return {key: cell if type(cell) is str else _raw(cell) for key, cell in self.cells.items()}


def stage(
    sheet: Sheet,
    kind: SheetKind,
    layout: Layout,
    *,
    on: date,
    identities: Identities,
    start: int = 0,
    chunk: int = CHUNK,
) -> Iterator[StagedRow]:
    """The records of the sheet in order, from row `start` on. `on`: the day on which ages and expiries are judged.

    Rows are taken in chunks, so that identities may look many keys up at once.
    """
    reader = RowReader(kind, layout, on=on, is_typed=sheet.is_typed, is_1904=sheet.is_1904)
    drafts = _drafts(sheet, layout, reader, start)
    while block := list(islice(drafts, chunk)):
        yield from settle(block, kind, identities, file=sheet.file_name, sheet=sheet.name)


def stage_raw(
    raw: Mapping[str, RawValue],
    kind: SheetKind,
    *,
    row: int,
    on: date,
    identities: Identities,
    file: str = "",
    sheet: str = "",
    subdistrict: str = "",
    is_typed: bool = True,
) -> StagedRow:
    """One row again, after a person repaired its cells on screen."""
    draft = read_draft(raw, kind, on=on, subdistrict=subdistrict, is_typed=is_typed)
    return next(settle([(row, draft)], kind, identities, file=file, sheet=sheet))


def read_draft(
    cells: Mapping[str, Cell],
    kind: SheetKind,
    *,
    on: date,
    subdistrict: str = "",
    is_typed: bool = True,
    is_1904: bool = False,
) -> Draft:
    """A row read and checked by itself, without comparing it with others."""
    draft = Draft(cells, on=on, subdistrict=subdistrict, is_typed=is_typed, is_1904=is_1904)
    values = draft.values
    for key, read, blank in kind.readers:
        cell = cells.get(key)
        if cell is None:
            continue
        if type(cell) is str and cell and cell[0].isalnum():  # most cells: neither blank nor an error
            values[key] = read(cell, draft)
        elif cell == "" or is_blank(cell):
            values[key] = [*blank] if isinstance(blank, list) else blank
        elif isinstance(cell, CellError):
            values[key] = [*blank] if isinstance(blank, list) else blank
            draft.flag("formula_error")
        else:
            values[key] = read(cell, draft)
    for rule in kind.rules:
        rule(draft)
    return draft


class RowReader:
    """Reads rows of one layout."""

    def __init__(
        self, kind: SheetKind, layout: Layout, *, on: date, is_typed: bool = True, is_1904: bool = False
    ) -> None:
        self.kind = kind
        self.layout = layout
        self.on = on
        self.is_typed = is_typed
        self.is_1904 = is_1904
        self._told = [(key, text) for key, text in layout.told if key not in layout.mapping]
        self._columns = [
            (entry.key, layout.mapping[entry.key] - 1) for entry in kind.fields if entry.key in layout.mapping
        ]

    def below(self, table: LaterTable) -> "RowReader":
        """The reader of the rows below another heading in the same sheet."""
        layout = replace(self.layout, columns=table.columns)
        return RowReader(self.kind, layout, on=self.on, is_typed=self.is_typed, is_1904=self.is_1904)

    def read(self, cells: Sequence[Cell], *, subdistrict: str) -> Draft:
        width = len(cells)
        by_field: dict[str, Cell] = {key: cells[place] if place < width else "" for key, place in self._columns}
        by_field.update(self._told)
        draft = read_draft(
            by_field, self.kind, on=self.on, subdistrict=subdistrict, is_typed=self.is_typed, is_1904=self.is_1904
        )
        if draft.codes and is_shifted(cells, self.kind, self.layout, draft):
            draft.codes = ["row_shifted"]
            draft.values = {}
        return draft


def _drafts(sheet: Sheet, layout: Layout, reader: RowReader, start: int) -> Iterator[tuple[int, Draft]]:
    filler = _Filler(sheet, layout)
    subdistrict = layout.subdistrict
    later = list(layout.later)
    for number, cells in sheet.numbered(start=layout.first_row):
        if later and number >= later[0].first:
            reader = reader.below(later.pop(0))
            filler.begin_anew()
        entry = layout.skipped_as(number)
        if entry is not None:
            if entry.use is RowUse.SECTION and entry.subdistrict:
                subdistrict = entry.subdistrict
            continue
        if number > layout.last_row:
            return
        filler.fill(number, cells)
        if number >= start:
            yield number, reader.read(cells, subdistrict=subdistrict)


class _Filler:
    """Gives the cells below a vertically merged one its value, and those of columns filled down by custom."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        tables = (layout.columns, *(table.columns for table in layout.later))
        wanted = {column.number for columns in tables for column in columns if column.use is ColumnUse.MAPPED}
        self._merges = [
            merge
            for merge in sheet.merges
            if merge.bottom > merge.top and merge.top >= layout.first_row and merge.left in wanted
        ]
        self._next = 0
        self._open: list[tuple[int, int, Cell]] = []  # last row, column index, value
        self._down: dict[int, Cell] = {column - 1: "" for column in layout.filled_columns}

    def begin_anew(self) -> None:
        """Below another heading nothing stands for what stood above it."""
        self._down = {}

    def fill(self, row: int, cells: list[Cell]) -> None:
        while self._next < len(self._merges) and self._merges[self._next].top <= row:
            merge = self._merges[self._next]
            self._next += 1
            if merge.top == row and merge.left <= len(cells):
                self._open.append((merge.bottom, merge.left - 1, cells[merge.left - 1]))
        if self._open:
            self._open = [entry for entry in self._open if entry[0] >= row]
            for _, column, value in self._open:
                if column < len(cells) and is_blank(cells[column]):
                    cells[column] = value
        for column, value in self._down.items():
            if column < len(cells):
                if is_blank(cells[column]):
                    cells[column] = value
                else:
                    self._down[column] = cells[column]


def settle(
    block: Sequence[tuple[int, Draft]], kind: SheetKind, identities: Identities, *, file: str, sheet: str
) -> Iterator[StagedRow]:
    """Outcomes of drafts in order, each compared with what is known and with the rows before it."""
    keyed = [(row, draft, _keys(draft, kind)) for row, draft in block]
    known = dict(identities.find([key for _, _, keys in keyed for key, _ in keys]))
    near = Neighbourhood(kind, [draft for _, draft, _ in keyed], identities)
    fresh: list[tuple[Key, Known]] = []
    settled = []
    for row, draft, keys in keyed:
        staged, entries = _settle_one(row, draft, keys, kind, known, near, Place(file, sheet, row))
        for key, entry in entries:
            known.setdefault(key, entry)
        fresh.extend(entries)
        settled.append(staged)
    identities.remember(fresh)
    near.remember()
    yield from settled


def _settle_one(
    row: int,
    draft: Draft,
    keys: list[tuple[Key, Identity]],
    kind: SheetKind,
    known: Mapping[Key, Known],
    near: Neighbourhood,
    place: Place,
) -> tuple[StagedRow, list[tuple[Key, Known]]]:
    has = frozenset(identity.name for _, identity in keys)
    name, subdistrict = str(draft.values.get("name") or ""), str(draft.values.get("subdistrict_code") or "")
    entries: list[tuple[Key, Known]] = []
    duplicate_of: Place | None = None
    if any(kind.severities.get(code) is not Severity.WARN for code in draft.codes):
        outcome = Outcome.REJECTED
    elif original := _original(keys, has, known) or near.closest(draft):
        outcome, duplicate_of = Outcome.DUPLICATE, original.place
        _flag_differences(draft, original, kind, name, subdistrict)
        if draft.cells.get(DECISION) == SAME and not original.is_elsewhere:
            draft.flag(SAME_CODE)
            outcome = Outcome.WARNED
    else:
        outcome = Outcome.WARNED if draft.codes else Outcome.ACCEPTED
        entry = Known(place, name, subdistrict, has, status=status_of(draft.values, kind))
        entries = [(key, entry) for key, _ in keys]
        near.add(draft, entry)
    return StagedRow(row, outcome, tuple(sorted(draft.codes)), duplicate_of, draft.values, draft.cells), entries


def status_of(values: Mapping[str, Value], kind: SheetKind) -> str:
    return str(values.get(kind.compared) or "") if kind.compared else ""


def _flag_differences(draft: Draft, original: Known, kind: SheetKind, name: str, subdistrict: str) -> None:
    if original.is_elsewhere:
        draft.flag("known_elsewhere")
        return
    if not kind.is_about_persons:
        if original.status and original.status != status_of(draft.values, kind):
            draft.flag("status_differs")
        return
    if original.name and name and original.name != name:
        draft.flag("name_differs")
    if original.subdistrict and subdistrict and original.subdistrict != subdistrict:
        draft.flag("subdistrict_differs")


def _keys(draft: Draft, kind: SheetKind) -> list[tuple[Key, Identity]]:
    found = []
    for identity in kind.identities:
        parts = [draft.values.get(key) for key in identity.keys]
        if all(parts):
            found.append(((kind.key, identity.name, *(str(part) for part in parts)), identity))
    return found


def _original(keys: list[tuple[Key, Identity]], has: frozenset[str], known: Mapping[Key, Known]) -> Known | None:
    for key, identity in keys:
        entry = known.get(key)
        if entry is not None and not (identity.unless and identity.unless in has and identity.unless in entry.has):
            return entry
    return None


def _raw(cell: Cell) -> RawValue:
    if isinstance(cell, bool | int | float) or type(cell) is str:
        return cell
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else text_of(cell)
