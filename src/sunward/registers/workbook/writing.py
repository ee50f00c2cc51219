"""Empty workbooks to be filled in."""

from sunward.core.workbooks import Sheet as OutSheet
from sunward.registers.sheets.declarations import SheetKind


def blank_workbook(kind: SheetKind) -> OutSheet:
    """An empty table of a kind, headed so that it is recognised without a doubt."""
    asked = (entry for entry in kind.fields if (entry.read is not None and not entry.is_combined) or entry.key == "seq")
    heads = [entry.headings[0] for entry in asked]
    return OutSheet(name=str(kind.label), title=str(kind.label), heads=heads, rows=(), is_form=True)
