"""A sheet as it was read, row by row: what is title, header, record, and what each column was taken for."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sunward.registers.models import ImportFile, ImportSheet
from sunward.registers.sheets.layouts import Column, ColumnUse, Layout, RowUse
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.storing import path_of
from sunward.registers.wording import Words
from sunward.registers.workbook.cells import text_of
from sunward.registers.workbook.reading import open_workbook
from sunward.registers.workbook.refusals import WorkbookRefused

SHOWN_ROWS = 14
SHOWN_CELL = 24
USES: dict[RowUse | str, Words] = {
    RowUse.TITLE: _("Title"),
    RowUse.META: _("Line above the table"),
    RowUse.HEADER: _("Header"),
    RowUse.REPEATED_HEADER: _("Header repeated"),
    RowUse.SUBTOTAL: _("Total"),
    RowUse.SECTION: _("Section"),
    RowUse.FOOTNOTE: _("Note"),
    RowUse.BLANK: _("Empty"),
    RowUse.LEFT_OUT: _("Left out by hand"),
    "": _("Record"),
}
COLUMN_USES: dict[ColumnUse, Words] = {
    ColumnUse.MAPPED: _("is read"),
    ColumnUse.KNOWN: _("known, not imported"),
    ColumnUse.NOT_COLLECTED: _("never collected"),
    ColumnUse.UNMAPPED: _("not read"),
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    number: int
    use: str
    word: Words
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column with what it is taken for. `sample` are the first things that stand in it."""

    number: int
    heading: str
    field: str
    word: Words
    is_hidden: bool
    is_guess: bool
    is_never_collected: bool
    sample: str


@dataclass(frozen=True, slots=True)
class LayoutView:
    preview: tuple[PreviewRow, ...]
    columns: tuple[ColumnView, ...]
    fields: tuple[tuple[str, Words], ...]
    skipped: tuple[tuple[str, Words, str], ...]
    header_first: int
    header_last: int
    more_rows: int


def read_layout(file: ImportFile, sheet: ImportSheet) -> LayoutView:
    """Reads the head of the file again; the file is the one that was uploaded."""
    layout = Layout.from_dict(sheet.layout)
    head = _read_head(file, sheet)
    kind = sheet_kinds().get(sheet.kind)
    return LayoutView(
        preview=tuple(_preview_row(layout, number, cells) for number, cells in head),
        columns=tuple(_column(column, layout, head) for column in layout.columns),
        fields=tuple((entry.key, entry.label) for entry in kind.fields if entry.read is not None) if kind else (),
        skipped=tuple(
            (
                f"{entry.first}" if entry.first == entry.last else f"{entry.first}–{entry.last}",
                USES[entry.use],
                entry.text,
            )
            for entry in layout.skipped
            if entry.use is not RowUse.HEADER
        ),
        header_first=layout.header_rows[0] if layout.header_rows else 1,
        header_last=layout.header_rows[-1] if layout.header_rows else 1,
        more_rows=max(0, layout.last_row - SHOWN_ROWS),
    )


def _read_head(file: ImportFile, sheet: ImportSheet) -> list[tuple[int, list[str]]]:
    """The first rows as text; nothing if the file is no longer there."""
    try:
        with open_workbook(path_of(file.stored_as), name=file.name, limit=max(file.size, 1)) as book:
            for found in book.sheets():
                if found.position == sheet.position:
                    return [
                        (number, [text_of(cell).strip()[:SHOWN_CELL] for cell in cells])
                        for number, cells in enumerate(found.head(SHOWN_ROWS), 1)
                    ]
    except (WorkbookRefused, OSError):
        return []
    return []


def _preview_row(layout: Layout, number: int, cells: list[str]) -> PreviewRow:
    entry = layout.skipped_as(number)
    use = "" if entry is None else str(entry.use)
    shown = [
        cells[column.number - 1] if column.number <= len(cells) and column.use is not ColumnUse.NOT_COLLECTED else ""
        for column in layout.columns
    ]
    return PreviewRow(number, use, USES[entry.use if entry else ""], tuple(shown))


def _column(column: Column, layout: Layout, head: list[tuple[int, list[str]]]) -> ColumnView:
    sample = [
        cells[column.number - 1]
        for number, cells in head
        if number >= layout.first_row and layout.skipped_as(number) is None and column.number <= len(cells)
    ]
    is_never = column.use is ColumnUse.NOT_COLLECTED
    return ColumnView(
        number=column.number,
        heading=column.heading,
        field=(column.field or "") if column.use is ColumnUse.MAPPED else "",
        word=COLUMN_USES[column.use],
        is_hidden=column.is_hidden,
        is_guess=column.is_guess,
        is_never_collected=is_never,
        # What must not be collected is not shown either.
        sample="" if is_never else "、".join(filter(None, dict.fromkeys(sample)))[:60],
    )
