"""Rows read as the header of a kind of sheet: what their columns mean, and how well that fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.headings import HeadingIndex, Meaning
from sunward.registers.sheets.heads import (
    Head,
    column_parts,
    cuts_merge,
    is_continuation,
    is_group_row,
    is_unmerged_group_row,
    lines_above,
    may_be_header,
)
from sunward.registers.workbook.reading import Sheet

HIGHEST_HEADER = 4
_NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Header rows `top` to `bottom` (0-based, both included) read as one kind."""

    kind: SheetKind
    top: int
    bottom: int
    meanings: tuple[Meaning | None, ...]
    mapped: frozenset[str]
    signatures: float  # a guess counts half
    has_title: bool
    is_near: bool  # the title stands above the table or is the sheet's name: one file may hold several kinds

    @property
    def score(self) -> float:
        sure = sum(1 for meaning in self.meanings if meaning and not meaning.is_guess)
        return (
            3 * self.signatures
            + 2 * len(self.mapped)
            + 0.5 * sure
            + 4 * self.has_title
            + self.is_near
            - 0.6 * (self.bottom - self.top)
        )

    @property
    def fits(self) -> bool:
        required = {entry.key for entry in self.kind.fields if entry.is_required}
        needed = self.kind.signatures_needed - self.has_title
        is_register = not self.kind.any_of or not self.mapped.isdisjoint(self.kind.any_of)
        return len(self.mapped) >= 3 and required <= self.mapped and self.signatures >= needed and is_register


def find_blocks(head: Head, kind: SheetKind, index: HeadingIndex, sheet: Sheet) -> list[Block]:
    found = []
    for top in range(len(head.grid)):
        for bottom in range(top, min(top + HIGHEST_HEADER, len(head.grid))):
            if not may_be_header(head, bottom):
                break
            if not cuts_merge(head, top, bottom):
                found.append(read_block(head, kind, index, top, bottom, sheet))
    return found


def read_block(head: Head, kind: SheetKind, index: HeadingIndex, top: int, bottom: int, sheet: Sheet) -> Block:
    parts = column_parts(head, top, bottom)
    meanings = _assign([index.meaning(part) for part in parts], sheet.hidden_columns)
    mapped = frozenset(meaning.field.key for meaning in meanings if meaning and meaning.field)
    signatures = sum(
        0.5 if meaning.is_guess else 1
        for meaning in meanings
        if meaning and meaning.field and meaning.field.is_signature
    )
    near = f"{sheet.name} {lines_above(head, top)}"
    is_near = any(word in near for word in kind.titles)
    has_title = is_near or any(word in sheet.file_name for word in kind.titles)
    return Block(kind, top, bottom, meanings, mapped, signatures, has_title, is_near)


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


def read_line(index: HeadingIndex, texts: Sequence[str]) -> tuple[Meaning | None, ...]:
    """A row inside the table read as a heading; empty where it is none, or not one of the kind.

    The heading of a table of its own has every required field, and most of its words are declared.
    """
    named = [text for text in texts if text]
    if len(named) < _NARROWEST or sum(1 for text in named if index.knows(text)) * 10 < len(named) * 6:
        return ()
    meanings = _assign([index.meaning([text]) if text else None for text in texts], frozenset())
    mapped = {meaning.field.key for meaning in meanings if meaning and meaning.field}
    return meanings if {entry.key for entry in index.kind.fields if entry.is_required} <= mapped else ()


def widened(block: Block, head: Head, index: HeadingIndex, sheet: Sheet) -> Block:
    """Take in a row of groups above, or of names below, that no merged cell ties to the block."""
    top, bottom = block.top, block.bottom
    while (
        top > 0
        and bottom - top + 1 < HIGHEST_HEADER
        and (is_group_row(head, top - 1) or is_unmerged_group_row(head, top - 1))
    ):
        top -= 1
    while bottom + 1 < len(head.grid) and bottom - top + 1 < HIGHEST_HEADER and is_continuation(head, bottom):
        bottom += 1
    if (top, bottom) == (block.top, block.bottom):
        return block
    wider = read_block(head, block.kind, index, top, bottom, sheet)
    return wider if wider.mapped >= block.mapped else block
