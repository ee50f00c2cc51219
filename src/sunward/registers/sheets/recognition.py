"""Where a sheet's header stands, what its columns mean, which kind of sheet it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sunward.registers.sheets.blocks import Block, find_blocks, read_block, widened
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.headings import HeadingIndex
from sunward.registers.sheets.heads import Head, read_head, widest_text_row
from sunward.registers.sheets.laying_out import lay_out, lay_out_unknown
from sunward.registers.sheets.layouts import Corrections, Layout, change_rows, remap
from sunward.registers.workbook.reading import Sheet

Remembered = Mapping[str, Mapping[str, str | None]]  # kind to heading to field key, None: not to be imported


def recognise(sheet: Sheet, kinds: Iterable[SheetKind], *, remembered: Remembered | None = None) -> Layout:
    """The layout of a sheet; `kind` is None if no declaration fits. Reads the whole sheet, keeps no records."""
    head = read_head(sheet)
    best, blocks = _best_block(head, sheet, tuple(kinds), remembered)
    if best is not None:
        best = widened(best, head, _index(best.kind, remembered), sheet)
        return lay_out(sheet, head, best, _index(best.kind, remembered))
    likely = max(blocks, key=lambda block: (len(block.mapped), -block.top), default=None)
    if likely is not None and len(likely.mapped) >= 2:
        return lay_out_unknown(sheet, head, range(likely.top, likely.bottom + 1))
    return lay_out_unknown(sheet, head, widest_text_row(head))


def _best_block(
    head: Head, sheet: Sheet, kinds: Sequence[SheetKind], remembered: Remembered | None
) -> tuple[Block | None, list[Block]]:
    """The block that fits best, and all that were tried."""
    blocks = [block for kind in kinds for block in find_blocks(head, kind, _index(kind, remembered), sheet)]
    fitting = [block for block in blocks if block.fits]
    return max(fitting, key=lambda block: (block.score, -block.top), default=None), blocks


def find_kind(sheet: Sheet, kinds: Iterable[SheetKind], *, remembered: Remembered | None = None) -> str | None:
    """The key of the kind alone, from the first rows: whose list is it?"""
    head = read_head(sheet)
    best = _best_block(head, sheet, tuple(kinds), remembered)[0]
    return best.kind.key if best else None


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
        head = read_head(sheet)
        block = read_block(head, kind, _index(kind, remembered), header[0] - 1, header[-1] - 1, sheet)
        layout = lay_out(sheet, head, block, _index(kind, remembered))
    layout = remap(layout, corrections.fields)
    layout = change_rows(layout, leave_out=corrections.leave_out, take_in=corrections.take_in)
    return layout if corrections.subdistrict is None else replace(layout, subdistrict=corrections.subdistrict)


@lru_cache(maxsize=64)
def _plain_index(kind: SheetKind) -> HeadingIndex:
    return HeadingIndex(kind)


def _index(kind: SheetKind, remembered: Remembered | None) -> HeadingIndex:
    memory = (remembered or {}).get(kind.key)
    return HeadingIndex(kind, dict(memory)) if memory else _plain_index(kind)
