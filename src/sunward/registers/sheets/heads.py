"""The first rows of a sheet as text, and which of them may be a header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sunward.registers.normalise.text import squeeze
from sunward.registers.sheets import rows as row_uses
from sunward.registers.workbook.cells import Cell, Merge, text_of
from sunward.registers.workbook.reading import Sheet

HEAD_ROWS = 60
_LONGEST_GROUP = 8
_LINE_CELLS = 4  # a line above the table may name unit, day and person in cells of their own
_DATA_LIKE = re.compile(r"^\+?[\d\s\-./:()（）E]{5,}[\dXx]?$|^\d{4}年|^1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a sheet: `grid` as text with merged cells filled, `cells` as they are."""

    cells: list[list[Cell]]
    grid: list[list[str]]
    merges: tuple[Merge, ...]
    width: int


def read_head(sheet: Sheet) -> Head:
    cells = sheet.head(HEAD_ROWS)
    width = min(512, max((len(row) for row in cells), default=0))
    grid = [[squeeze(text_of(cell)) for cell in row[:width]] + [""] * (width - len(row)) for row in cells]
    merges = tuple(merge for merge in sheet.merges if merge.top <= len(grid) and merge.left <= width)
    for merge in merges:
        text = grid[merge.top - 1][merge.left - 1]
        for row in range(merge.top - 1, min(merge.bottom, len(grid))):
            for column in range(merge.left - 1, min(merge.right, width)):
                grid[row][column] = text
    return Head(cells, grid, merges, width)


def may_be_header(head: Head, row: int) -> bool:
    texts = [text for text in head.grid[row] if text]
    if len(set(texts)) < 2:
        return False
    strange = sum(1 for cell in head.cells[row] if not isinstance(cell, str) or _DATA_LIKE.match(cell.strip()))
    return strange * 5 <= len(texts)


def cuts_merge(head: Head, top: int, bottom: int) -> bool:
    """Whether a merged cell reaches out of the rows, above or below."""
    return any(
        merge.bottom > merge.top
        and (merge.top - 1 < top <= merge.bottom - 1 or merge.top - 1 <= bottom < merge.bottom - 1)
        for merge in head.merges
    )


def column_parts(head: Head, top: int, bottom: int) -> list[tuple[str, ...]]:
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


def lines_above(head: Head, top: int) -> str:
    """Titles and the like above a header; rows of many cells are none."""
    lines = ([text for text in dict.fromkeys(row) if text] for row in head.grid[:top])
    return " ".join(" ".join(line) for line in lines if len(line) <= _LINE_CELLS)


def is_group_row(head: Head, row: int) -> bool:
    texts = [text for text in head.grid[row] if text]
    spans = [merge for merge in head.merges if merge.top - 1 == row and merge.right > merge.left]
    return (
        len(set(texts)) >= 2
        and len(texts) * 2 >= head.width
        and bool(spans)
        and may_be_header(head, row)
        and not any(row_uses.is_meta_line(text) or len(text) > 16 for text in texts)
    )


def is_unmerged_group_row(head: Head, row: int) -> bool:
    """Groups above names where nothing is merged (text files): short words, some with empty cells behind them."""
    above, below = head.grid[row], head.grid[row + 1]
    texts = [text for text in above if text]
    if head.merges or len(set(texts)) < 2 or not may_be_header(head, row):
        return False
    if any(row_uses.is_meta_line(text) or len(text) > _LONGEST_GROUP for text in texts):
        return False
    spread = sum(1 for column in range(1, head.width) if above[column - 1] and not above[column] and below[column])
    return spread * 2 >= len(texts)


def is_continuation(head: Head, row: int) -> bool:
    """Whether the row below holds names under groups only: text, and nothing under the first columns."""
    above, below = head.grid[row], head.grid[row + 1]
    named = [column for column, text in enumerate(below) if text]
    if not named or len(named) * 2 > head.width or not may_be_header(head, row + 1):
        return False
    is_under_groups = all(not above[column] or (column + 1 < head.width and not above[column + 1]) for column in named)
    return is_under_groups and not any(below[column] for column in range(min(2, head.width))) and not head.merges


def widest_text_row(head: Head) -> Sequence[int]:
    likely = [row for row in range(min(20, len(head.grid))) if may_be_header(head, row)]
    if not likely:
        return ()
    best = max(likely, key=lambda row: (len({text for text in head.grid[row] if text}), -row))
    return (best,)
