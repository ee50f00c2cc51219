"""The layout that follows from a header: columns, the rows that are no records, what the sheet itself tells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sunward.accounts.areas import find_subdistrict_in
from sunward.registers.normalise.text import squeeze
from sunward.registers.sheets import rows as row_uses
from sunward.registers.sheets.blocks import Block, read_line
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.headings import HeadingIndex, Meaning
from sunward.registers.sheets.heads import Head, column_parts, lines_above
from sunward.registers.sheets.layouts import Column, ColumnUse, LaterTable, Layout, RowUse, SkippedRows
from sunward.registers.workbook.cells import Cell, text_of
from sunward.registers.workbook.reading import Sheet


def lay_out(sheet: Sheet, head: Head, block: Block, index: HeadingIndex) -> Layout:
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
    return _scan(sheet, head, index, layout)


def lay_out_unknown(sheet: Sheet, head: Head, header: Sequence[int]) -> Layout:
    """A sheet that no declaration fits, with its headings, for a person to choose."""
    columns: tuple[Column, ...] = ()
    if header:
        parts = column_parts(head, header[0], header[-1])
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


def _columns(head: Head, block: Block, hidden: frozenset[int]) -> tuple[Column, ...]:
    columns = []
    for place, parts in enumerate(column_parts(head, block.top, block.bottom)):
        meaning, heading = block.meanings[place], "/".join(parts)
        if parts or meaning is not None:
            columns.append(_column(place + 1, heading, meaning, hidden))
    return tuple(columns)


def _column(number: int, heading: str, meaning: Meaning | None, hidden: frozenset[int]) -> Column:
    use, key = ColumnUse.UNMAPPED, None
    if meaning is not None:
        use = ColumnUse.NOT_COLLECTED
        if meaning.field is not None:
            use, key = (ColumnUse.MAPPED if meaning.field.read else ColumnUse.KNOWN), meaning.field.key
    return Column(number, heading, key, use, number in hidden, bool(meaning and meaning.is_guess))


def _told_subdistrict(sheet: Sheet, head: Head, top: int) -> str:
    above = lines_above(head, top)
    stem = re.sub(r"\.\w+$", "", sheet.file_name)
    for text in (sheet.name, above, stem):
        area = find_subdistrict_in(text) if text else None
        if area is not None:
            return area.code
    return ""


def _told(sheet: Sheet, head: Head, block: Block) -> tuple[tuple[str, str], ...]:
    """Fields without a column that the sheet's name, a line above the table or the file's name gives."""
    lines = [sheet.name, *lines_above(head, block.top).split(), re.sub(r"\.\w+$", "", sheet.file_name)]
    found = []
    for entry in block.kind.fields:
        if entry.tells and entry.key not in block.mapped:
            text = next((told for line in lines if line and (told := entry.tells(line))), None)
            if text:
                found.append((entry.key, text))
    return tuple(found)


def _title_rows(head: Head, top: int) -> list[SkippedRows]:
    found = []
    for row in range(top):
        texts = list(dict.fromkeys(text for text in head.grid[row] if text))
        if not texts:
            found.append(SkippedRows(row + 1, row + 1, RowUse.BLANK))
            continue
        is_meta = len(texts) > 1 or row_uses.is_meta_line(texts[0])
        found.append(SkippedRows(row + 1, row + 1, RowUse.META if is_meta else RowUse.TITLE, " ".join(texts)[:120]))
    return found


def _scan(sheet: Sheet, head: Head, index: HeadingIndex, layout: Layout) -> Layout:
    """Read all rows once for those that are no records; long runs of one use become one entry."""
    kind, later = index.kind, list[LaterTable]()
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
        if use is None and (columns := _other_heading(cells, index, sheet.hidden_columns)):
            use = RowUse.REPEATED_HEADER
            shape = _reshaped(shape, kind, replace(layout, columns=columns))
            later.append(LaterTable(number + 1, columns))
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
        later=tuple(later),
        filled_columns=tuple(column + 1 for column, times in fills.items() if 0 < times * 3 < records),
    )


def _other_heading(cells: Sequence[Cell], index: HeadingIndex, hidden: frozenset[int]) -> tuple[Column, ...]:
    """The columns of a table below the first one, if a row is its heading."""
    first = next((cell for cell in cells if cell != ""), "")
    if not isinstance(first, str) or not index.knows(first):
        return ()
    texts = [squeeze(text_of(cell)) for cell in cells]
    meanings = read_line(index, texts)
    return tuple(
        _column(place + 1, texts[place], meaning, hidden) for place, meaning in enumerate(meanings) if texts[place]
    )


def _reshaped(shape: row_uses.TableShape, kind: SheetKind, layout: Layout) -> row_uses.TableShape:
    line = [""] * max(column.number for column in layout.columns)
    for column in layout.columns:
        line[column.number - 1] = column.heading
    return replace(_shape_of([line], len(line), kind, layout), title_texts=shape.title_texts)


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


def _table_shape(head: Head, kind: SheetKind, layout: Layout, above: list[SkippedRows]) -> row_uses.TableShape:
    header = [head.grid[row - 1] for row in layout.header_rows]
    titles = frozenset(entry.text for entry in above if entry.use is RowUse.TITLE)
    return replace(_shape_of(header, head.width, kind, layout), title_texts=titles)


def _shape_of(header: Sequence[Sequence[str]], width: int, kind: SheetKind, layout: Layout) -> row_uses.TableShape:
    sequence = next(
        (column.number - 1 for column in layout.columns if column.use is ColumnUse.KNOWN and column.field == "seq"),
        None,
    )
    required = next((entry.key for entry in kind.fields if entry.is_required), "")
    names = layout.mapping.get(required)
    return row_uses.TableShape(
        header_texts=row_uses.header_texts(header, width),
        title_texts=frozenset(),
        width=len(layout.columns),
        sequence=sequence,
        names=names - 1 if names else None,
        filled_down=frozenset(
            layout.mapping[entry.key] - 1 for entry in kind.fields if entry.fills_down and entry.key in layout.mapping
        ),
    )
