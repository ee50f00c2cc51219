"""How a sheet was understood: shown on a page, corrected there, kept as JSON, and applied again."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any


class ColumnUse(StrEnum):
    MAPPED = "mapped"
    KNOWN = "known"  # understood, and not imported
    NOT_COLLECTED = "not_collected"  # never read
    UNMAPPED = "unmapped"


class RowUse(StrEnum):
    """Why a row is no record; the values are those of the rosters."""

    TITLE = "title_row"
    META = "meta_line"
    HEADER = "header"
    REPEATED_HEADER = "repeated_header"
    SUBTOTAL = "subtotal_row"
    SECTION = "section_row"
    FOOTNOTE = "footnote_row"
    BLANK = "blank_row"
    LEFT_OUT = "left_out"  # by the user


@dataclass(frozen=True, slots=True)
class Column:
    """`number` from 1; `heading` is ``group/name`` where the header has a group row."""

    number: int
    heading: str
    field: str | None = None
    use: ColumnUse = ColumnUse.UNMAPPED
    is_hidden: bool = False
    is_guess: bool = False  # matched by likeness, to be looked at


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """Rows `first` to `last` that are no records; `subdistrict` is what a section row tells about those below."""

    first: int
    last: int
    use: RowUse
    text: str = ""
    subdistrict: str = ""


@dataclass(frozen=True, slots=True)
class LaterTable:
    """Below another heading in the same sheet the columns stand differently, from row `first` on."""

    first: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Layout:
    """`kind` is None where no declaration fits. `subdistrict` is the code the sheet's name or title tells."""

    sheet: str
    kind: str | None
    header_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    skipped: tuple[SkippedRows, ...] = ()
    first_row: int = 0
    last_row: int = 0
    record_count: int = 0
    subdistrict: str = ""
    is_hidden: bool = False
    told: tuple[tuple[str, str], ...] = ()  # field and text that the sheet's name or title tells
    filled_columns: tuple[int, ...] = ()  # empty cells take the value above
    later: tuple[LaterTable, ...] = ()

    @cached_property
    def mapping(self) -> dict[str, int]:
        """Field to column number."""
        return {
            column.field: column.number for column in self.columns if column.field and column.use is ColumnUse.MAPPED
        }

    @cached_property
    def hidden_columns(self) -> tuple[int, ...]:
        return tuple(column.number for column in self.columns if column.is_hidden)

    @cached_property
    def _starts(self) -> list[int]:
        return [entry.first for entry in self.skipped]

    def skipped_as(self, row: int) -> SkippedRows | None:
        """The entry that leaves a row out; None for a record."""
        place = bisect_right(self._starts, row) - 1
        if place >= 0 and row <= self.skipped[place].last:
            return self.skipped[place]
        return None

    def subdistrict_at(self, row: int) -> str:
        """The code that the last section row above tells, else the sheet's."""
        told = (entry.subdistrict for entry in reversed(self.skipped) if entry.subdistrict and entry.last < row)
        return next(told, self.subdistrict)

    @property
    def fingerprint(self) -> str:
        """The same for sheets with the same headings, to remember what a person corrected."""
        headings = "\n".join(column.heading for column in self.columns)
        return sha256(f"{self.kind}\n{headings}".encode()).hexdigest()[:32]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Layout":
        values = dict(stored)
        values["columns"] = tuple(_column(entry) for entry in stored["columns"])
        values["skipped"] = tuple(SkippedRows(**{**entry, "use": RowUse(entry["use"])}) for entry in stored["skipped"])
        values["header_rows"] = tuple(stored["header_rows"])
        values["filled_columns"] = tuple(stored["filled_columns"])
        values["told"] = tuple((key, text) for key, text in stored.get("told", ()))
        values["later"] = tuple(
            LaterTable(table["first"], tuple(_column(entry) for entry in table["columns"]))
            for table in stored.get("later", ())
        )
        return cls(**values)


def _column(stored: Mapping[str, Any]) -> Column:
    return Column(**{**stored, "use": ColumnUse(stored["use"])})


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person changed. `fields`: column number to field key, or None for "not to be imported"."""

    kind: str | None = None
    header_rows: tuple[int, ...] | None = None
    fields: Mapping[int, str | None] = field(default_factory=dict)
    leave_out: frozenset[int] = frozenset()  # rows
    take_in: frozenset[int] = frozenset()  # rows
    subdistrict: str | None = None


def remap(layout: Layout, fields: Mapping[int, str | None]) -> Layout:
    """The layout with some columns meaning something else; a field stands in one column, the corrected one."""
    taken = {key for key in fields.values() if key}
    columns = []
    for column in layout.columns:
        if column.number in fields:
            key = fields[column.number]
            use = ColumnUse.MAPPED if key else ColumnUse.UNMAPPED
            columns.append(replace(column, field=key, use=use, is_guess=False))
        elif column.field in taken:
            columns.append(replace(column, field=None, use=ColumnUse.UNMAPPED, is_guess=False))
        else:
            columns.append(column)
    return replace(layout, columns=tuple(columns))


def change_rows(layout: Layout, *, leave_out: frozenset[int], take_in: frozenset[int]) -> Layout:
    """The layout with single rows left out or taken in."""
    kept: dict[int, SkippedRows] = {}
    for entry in layout.skipped:
        for row in range(entry.first, entry.last + 1):
            kept[row] = replace(entry, first=row, last=row)
    changed = len(kept)
    for row in take_in:
        kept.pop(row, None)
    for row in leave_out:
        kept.setdefault(row, SkippedRows(row, row, RowUse.LEFT_OUT))
    skipped = tuple(kept[row] for row in sorted(kept))
    return replace(layout, skipped=skipped, record_count=layout.record_count + changed - len(kept))
