"""Where a sheet's header stands, what its columns mean, which kind of sheet it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sunward.accounts.areas import find_subdistrict_in
from sunward.registers.normalise.text import squeeze
from sunward.registers.sheets import rows as row_uses
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.headings import HeadingIndex, Meaning
from sunward.registers.sheets.layouts import (
    Column,
    ColumnUse,
    Corrections,
    Layout,
    RowUse,
    SkippedRows,
    change_rows,
    remap,
)
from sunward.registers.workbook.cells import Cell, Merge, text_of
from sunward.registers.workbook.reading import Sheet

HEAD_ROWS = 60
HIGHEST_HEADER = 4
_LINE_CELLS = 4  # a line above the table may name unit, day and person in cells of their own

_DATA_LIKE = re.compile(r"^\+?[\d\s\-./:()（）E]{5,}[\dXx]?$|^\d{4}年|^1[3-9]\d{9}")

Remembered = Mapping[str, Mapping[str, str | None]]  # kind to heading to field key, None: not to be imported


@dataclass(frozen=True, slots=True)
class _Block:
    """Header rows `top` to `bottom` (0-based, both included) read as one kind."""

    kind: SheetKind
    top: int
    bottom: int
    meanings: tuple[Meaning | None, ...]
    mapped: frozenset[str]
    signatures: float  # a guess counts half
    has_title: bool

    @property
    def score(self) -> float:
        sure = sum(1 for meaning in self.meanings if meaning and not meaning.is_guess)
        return (
            3 * self.signatures
            + 2 * len(self.mapped)
            + 0.5 * sure
            + 4 * self.has_title
            - 0.6 * (self.bottom - self.top)
        )

    @property
    def fits(self) -> bool:
        required = {entry.key for entry in self.kind.fields if entry.is_required}
        needed = self.kind.signatures_needed - self.has_title
        is_register = not self.kind.any_of or not self.mapped.isdisjoint(self.kind.any_of)
        return len(self.mapped) >= 3 and required <= self.mapped and self.signatures >= needed and is_register


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows of a sheet: `grid` as text with merged cells filled, `cells` as they are."""

    cells: list[list[Cell]]
    grid: list[list[str]]
    merges: tuple[Merge, ...]
    width: int


@lru_cache(maxsize=64)
def _plain_index(kind: SheetKind) -> HeadingIndex:
    return HeadingIndex(kind)


def _index(kind: SheetKind, remembered: Remembered | None) -> HeadingIndex:
    memory = (remembered or {}).get(kind.key)
    return HeadingIndex(kind, dict(memory)) if memory else _plain_index(kind)


def recognise(sheet: Sheet, kinds: Iterable[SheetKind], *, remembered: Remembered | None = None) -> Layout:
    """The layout of a sheet; `kind` is None if no declaration fits. Reads the whole sheet, keeps no records."""
    head = _read_head(sheet)
    kinds = tuple(kinds)
    blocks = [block for kind in kinds for block in _blocks(head, kind, _index(kind, remembered), sheet)]
    fitting = [block for block in blocks if block.fits]
    if fitting:
        best = max(fitting, key=lambda block: (block.score, -block.top))
        best = _widened(best, head, _index(best.kind, remembered), sheet)
        return _lay_out(sheet, head, best)
    likely = max(blocks, key=lambda block: (len(block.mapped), -block.top), default=None)
    if likely is not None and len(likely.mapped) >= 2:
        return _unknown(sheet, head, range(likely.top, likely.bottom + 1))
    return _unknown(sheet, head, _widest_text_row(head))


def correct(
    layout: Layout,
    sheet: Sheet,
    kinds: Iterable[SheetKind],
    corrections: Corrections,
    *,
    remembered: Remembered | None = None,
) -> Layout:
    """The layout as a person corrected it: another kind or header is read anew, then columns and rows are changed."""
    key = corrections.kind if corrections.kind is not None else layout.kind
    header = corrections.header_rows if corrections.header_rows is not None else layout.header_rows
    kind = next((entry for entry in kinds if entry.key == key), None)
    if kind is None:
        return replace(layout, kind=None)
    if (key, header) != (layout.kind, layout.header_rows) and header:
        head = _read_head(sheet)
        block = _block(head, kind, _index(kind, remembered), header[0] - 1, header[-1] - 1, sheet)
        layout = _lay_out(sheet, head, block)
    layout = remap(layout, corrections.fields)
    layout = change_rows(layout, leave_out=corrections.leave_out, take_in=corrections.take_in)
    return layout if corrections.subdistrict is None else replace(layout, subdistrict=corrections.subdistrict)


def _read_head(sheet: Sheet) -> _Head:
    cells = sheet.head(HEAD_ROWS)
    width = min(512, max((len(row) for row in cells), default=0))
    grid = [[squeeze(text_of(cell)) for cell in row[:width]] + [""] * (width - len(row)) for row in cells]
    merges = tuple(merge for merge in sheet.merges if merge.top <= len(grid) and merge.left <= width)
    for merge in merges:
        text = grid[merge.top - 1][merge.left - 1]
        for row in range(merge.top - 1, min(merge.bottom, len(grid))):
            for column in range(merge.left - 1, min(merge.right, width)):
                grid[row][column] = text
    return _Head(cells, grid, merges, width)


def _blocks(head: _Head, kind: SheetKind, index: HeadingIndex, sheet: Sheet) -> list[_Block]:
    found = []
    for top in range(len(head.grid)):
        for bottom in range(top, min(top + HIGHEST_HEADER, len(head.grid))):
            if not _may_be_header(head, bottom):
                break
            if not _cuts_merge(head, top, bottom):
                found.append(_block(head, kind, index, top, bottom, sheet))
    return found


def _may_be_header(head: _Head, row: int) -> bool:
    texts = [text for text in head.grid[row] if text]
    if len(set(texts)) < 2:
        return False
    strange = sum(1 for cell in head.cells[row] if not isinstance(cell, str) or _DATA_LIKE.match(cell.strip()))
    return strange * 5 <= len(texts)


def _cuts_merge(head: _Head, top: int, bottom: int) -> bool:
    """Whether a merged cell reaches out of the rows, above or below."""
    return any(
        merge.bottom > merge.top
        and (merge.top - 1 < top <= merge.bottom - 1 or merge.top - 1 <= bottom < merge.bottom - 1)
        for merge in head.merges
    )


def _block(head: _Head, kind: SheetKind, index: HeadingIndex, top: int, bottom: int, sheet: Sheet) -> _Block:
    parts = _column_parts(head, top, bottom)
    meanings = _assign([index.meaning(part) for part in parts], sheet.hidden_columns)
    mapped = frozenset(meaning.field.key for meaning in meanings if meaning and meaning.field)
    signatures = sum(
        0.5 if meaning.is_guess else 1
        for meaning in meanings
        if meaning and meaning.field and meaning.field.is_signature
    )
    spoken = f"{sheet.name} {sheet.file_name} {_lines_above(head, top)}"
    return _Block(kind, top, bottom, meanings, mapped, signatures, any(word in spoken for word in kind.titles))


def _lines_above(head: _Head, top: int) -> str:
    """Titles and the like above a header; rows of many cells are none."""
    lines = ([text for text in dict.fromkeys(row) if text] for row in head.grid[:top])
    return " ".join(" ".join(line) for line in lines if len(line) <= _LINE_CELLS)


def _column_parts(head: _Head, top: int, bottom: int) -> list[tuple[str, ...]]:
    """The heading of every column from the top down, a group standing over all its columns."""
    rows = [head.grid[row] for row in range(top, bottom + 1)]
    filled = [_spread_groups(row, rows[place + 1 :]) for place, row in enumerate(rows)]
    return [tuple(dict.fromkeys(row[column] for row in filled if row[column])) for column in range(head.width)]


def _spread_groups(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """Where merged cells are not told (CSV), a group also stands over the empty cells to its right with names below."""
    spread, group = [*row], ""
    for column, text in enumerate(row):
        has_below = any(lower[column] and lower[column] != text for lower in below)
        if text:
            group = text if has_below else ""
        elif group and has_below:
            spread[column] = group
        else:
            group = ""
    return spread


def _assign(meanings: list[Meaning | None], hidden: frozenset[int]) -> tuple[Meaning | None, ...]:
    """Every field in one column: visible before hidden, then the surest, as declared, left before right."""
    best: dict[str, tuple[bool, int, int, int]] = {}
    for column, meaning in enumerate(meanings):
        if meaning and meaning.field:
            claim = (column + 1 in hidden, meaning.rank, meaning.order, column)
            best[meaning.field.key] = min(best.get(meaning.field.key, claim), claim)
    kept = {claim[-1] for claim in best.values()}
    return tuple(
        meaning if meaning and (meaning.field is None or column in kept) else None
        for column, meaning in enumerate(meanings)
    )


def _widened(block: _Block, head: _Head, index: HeadingIndex, sheet: Sheet) -> _Block:
    """Take in a row of groups above, or of names below, that no merged cell ties to the block."""
    top, bottom = block.top, block.bottom
    while top > 0 and bottom - top + 1 < HIGHEST_HEADER and _is_group_row(head, top - 1):
        top -= 1
    while bottom + 1 < len(head.grid) and bottom - top + 1 < HIGHEST_HEADER and _is_continuation(head, bottom):
        bottom += 1
    if (top, bottom) == (block.top, block.bottom):
        return block
    wider = _block(head, block.kind, index, top, bottom, sheet)
    return wider if wider.mapped >= block.mapped else block


def _is_group_row(head: _Head, row: int) -> bool:
    texts = [text for text in head.grid[row] if text]
    spans = [merge for merge in head.merges if merge.top - 1 == row and merge.right > merge.left]
    return (
        len(set(texts)) >= 2
        and len(texts) * 2 >= head.width
        and bool(spans)
        and _may_be_header(head, row)
        and not any(row_uses.is_meta_line(text) or len(text) > 16 for text in texts)
    )


def _is_continuation(head: _Head, row: int) -> bool:
    """Whether the row below holds names under groups only: text, and nothing under the first columns."""
    above, below = head.grid[row], head.grid[row + 1]
    named = [column for column, text in enumerate(below) if text]
    if not named or len(named) * 2 > head.width or not _may_be_header(head, row + 1):
        return False
    is_under_groups = all(not above[column] or (column + 1 < head.width and not above[column + 1]) for column in named)
    return is_under_groups and not any(below[column] for column in range(min(2, head.width))) and not head.merges


def _lay_out(sheet: Sheet, head: _Head, block: _Block) -> Layout:
    columns = _columns(head, block, sheet.hidden_columns)
    header = range(block.top, block.bottom + 1)
    layout = Layout(
        sheet=sheet.name,
        kind=block.kind.key,
        header_rows=tuple(row + 1 for row in header),
        columns=columns,
        first_row=block.bottom + 2,
        subdistrict=_told_subdistrict(sheet, head, block.top),
        is_hidden=sheet.is_hidden,
        told=_told(sheet, head, block),
    )
    return _scan(sheet, head, block.kind, layout)


def _columns(head: _Head, block: _Block, hidden: frozenset[int]) -> tuple[Column, ...]:
    columns = []
    for place, parts in enumerate(_column_parts(head, block.top, block.bottom)):
        meaning, heading = block.meanings[place], "/".join(parts)
        if not parts and meaning is None:
            continue
        use, key = ColumnUse.UNMAPPED, None
        if meaning is not None:
            use = ColumnUse.NOT_COLLECTED
            if meaning.field is not None:
                use, key = (ColumnUse.MAPPED if meaning.field.read else ColumnUse.KNOWN), meaning.field.key
        columns.append(Column(place + 1, heading, key, use, place + 1 in hidden, bool(meaning and meaning.is_guess)))
    return tuple(columns)


def _told_subdistrict(sheet: Sheet, head: _Head, top: int) -> str:
    above = _lines_above(head, top)
    stem = re.sub(r"\.\w+$", "", sheet.file_name)
    for text in (sheet.name, above, stem):
        area = find_subdistrict_in(text) if text else None
        if area is not None:
            return area.code
    return ""


def _told(sheet: Sheet, head: _Head, block: _Block) -> tuple[tuple[str, str], ...]:
    """Fields without a column that the sheet's name or a line above the table gives."""
    lines = [sheet.name, *_lines_above(head, block.top).split()]
    found = []
    for entry in block.kind.fields:
        if entry.tells and entry.key not in block.mapped:
            text = next((told for line in lines if line and (told := entry.tells(line))), None)
            if text:
                found.append((entry.key, text))
    return tuple(found)


def _title_rows(head: _Head, top: int) -> list[SkippedRows]:
    found = []
    for row in range(top):
        texts = list(dict.fromkeys(text for text in head.grid[row] if text))
        if not texts:
            found.append(SkippedRows(row + 1, row + 1, RowUse.BLANK))
            continue
        is_meta = len(texts) > 1 or row_uses.is_meta_line(texts[0])
        found.append(SkippedRows(row + 1, row + 1, RowUse.META if is_meta else RowUse.TITLE, " ".join(texts)[:120]))
    return found


def _scan(sheet: Sheet, head: _Head, kind: SheetKind, layout: Layout) -> Layout:
    """Read all rows once for those that are no records; long runs of one use become one entry."""
    top = layout.header_rows[0] - 1
    above = _title_rows(head, top)
    shape = _table_shape(head, kind, layout, above)
    found: list[SkippedRows] = []
    records = last = 0
    fills = {
        layout.mapping[entry.key] - 1: 0 for entry in kind.fields if entry.fills_down and entry.key in layout.mapping
    }
    for number, cells in sheet.numbered(start=layout.first_row):
        use = row_uses.classify(cells, shape)
        if use is None:
            records, last = records + 1, number
            for column in fills:
                fills[column] += column < len(cells) and cells[column] != ""
        else:
            _append(found, row_uses.skipped(number, cells, use))
    while found and found[-1].use is RowUse.BLANK and found[-1].first > last:
        found.pop()
    header = SkippedRows(layout.header_rows[0], layout.header_rows[-1], RowUse.HEADER)
    return replace(
        layout,
        skipped=(*above, header, *_notes_below(found, last)),
        last_row=last,
        record_count=records,
        filled_columns=tuple(column + 1 for column, times in fills.items() if 0 < times * 3 < records),
    )


def _append(found: list[SkippedRows], entry: SkippedRows) -> None:
    if entry.use is RowUse.BLANK and found and found[-1].use is RowUse.BLANK and found[-1].last == entry.first - 1:
        found[-1] = replace(found[-1], last=entry.last)
    else:
        found.append(entry)


def _notes_below(found: list[SkippedRows], last: int) -> list[SkippedRows]:
    """Lines of text below the last record are notes, whatever they look like."""
    texts = (RowUse.SECTION, RowUse.META, RowUse.TITLE)
    return [
        replace(entry, use=RowUse.FOOTNOTE) if entry.first > last and entry.use in texts else entry for entry in found
    ]


def _table_shape(head: _Head, kind: SheetKind, layout: Layout, above: list[SkippedRows]) -> row_uses.TableShape:
    header = [head.grid[row - 1] for row in layout.header_rows]
    sequence = next(
        (column.number - 1 for column in layout.columns if column.use is ColumnUse.KNOWN and column.field == "seq"),
        None,
    )
    required = next((entry.key for entry in kind.fields if entry.is_required), "")
    names = layout.mapping.get(required)
    return row_uses.TableShape(
        header_texts=row_uses.header_texts(header, head.width),
        title_texts=frozenset(entry.text for entry in above if entry.use is RowUse.TITLE),
        width=len(layout.columns),
        sequence=sequence,
        names=names - 1 if names else None,
    )


def _unknown(sheet: Sheet, head: _Head, header: Sequence[int]) -> Layout:
    """A sheet that no declaration fits, with its headings, for a person to choose."""
    columns: tuple[Column, ...] = ()
    if header:
        parts = _column_parts(head, header[0], header[-1])
        columns = tuple(
            Column(place + 1, "/".join(part), is_hidden=place + 1 in sheet.hidden_columns)
            for place, part in enumerate(parts)
            if part
        )
    return Layout(
        sheet=sheet.name,
        kind=None,
        header_rows=tuple(row + 1 for row in header),
        columns=columns,
        first_row=header[-1] + 2 if header else 0,
        is_hidden=sheet.is_hidden,
    )


def _widest_text_row(head: _Head) -> Sequence[int]:
    likely = [row for row in range(min(20, len(head.grid))) if _may_be_header(head, row)]
    if not likely:
        return ()
    best = max(likely, key=lambda row: (len({text for text in head.grid[row] if text}), -row))
    return (best,)
