"""Rows whose cells have moved sideways: the text of one column stands in the next."""

from collections.abc import Sequence

from sunward.registers.normalise.text import clean_text
from sunward.registers.sheets.declarations import Draft, SheetKind, listed
from sunward.registers.sheets.layouts import Layout
from sunward.registers.workbook.cells import Cell, text_of

# Codes that a moved row gives; without one of them no row is suspected.
_SUSPICIOUS = frozenset(
    listed(
        "name_missing、name_invalid、id_checksum、id_length、id_excel_truncated、phone_invalid、date_unreadable、"
        "subdistrict_outside、neighbourhood_unknown、title_missing、employer_missing、uscc_checksum"
    )
)
_GAIN = 2


def is_shifted(cells: Sequence[Cell], kind: SheetKind, layout: Layout, draft: Draft) -> bool:
    """Whether the row fits clearly better one column to the left or right."""
    if not any(code in _SUSPICIOUS for code in draft.codes):
        return False
    columns = [
        (entry.shape, layout.mapping[entry.key] - 1)
        for entry in kind.fields
        if entry.shape and entry.key in layout.mapping
    ]
    texts = [clean_text(text_of(cell)) for cell in cells]

    def fits(offset: int, place: int) -> int:
        """1 for a cell that looks like its field, -1 for one that does not, 0 for an empty one."""
        position = place + offset
        text = texts[position] if 0 <= position < len(texts) else ""
        shape = shapes[place]
        return (1 if shape(text) else -1) if text else 0

    shapes = {place: shape for shape, place in columns}
    for offset in (1, -1):
        moved = {place: (fits(offset, place), fits(0, place)) for place in shapes}
        # A cell put in between moves only what stands behind it; the empty cell it left tells where that begins.
        starts = [place for place in shapes if offset > 0 and place < len(texts) and not texts[place]]
        for start in (0, *starts):
            tail = [pair for place, pair in moved.items() if place >= start]
            gain = sum(1 for there, here in tail if there > 0 and here <= 0)
            loss = sum(1 for there, here in tail if here > 0 and there <= 0)
            if gain >= _GAIN and gain > loss:
                return True
    return False
