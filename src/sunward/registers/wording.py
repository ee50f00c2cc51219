"""Codes of the workbench in words: why a file was not read, why a row is as it is, why a record stays."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.registers.persons import NUMBER_MISFITS
from sunward.registers.sheets.codes import GENERAL_CODES, Severity
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.workbook import refusals

Words = str | Promise

_REFUSALS = (
    refusals.WorkbookRefused,
    refusals.NotAWorkbook,
    refusals.WebPage,
    refusals.Encrypted,
    refusals.Empty,
    refusals.TooLarge,
    refusals.HasMacros,
    refusals.Bomb,
    refusals.EncodingUnknown,
    refusals.NoKnownSheet,
    refusals.NoRecords,
    refusals.NotYours,
)
FILE_SENTENCES: dict[str, Words] = {
    **{f"registers.{kind.reason}": kind.text for kind in _REFUSALS},
    "registers.same_file": _("This very file was imported before; it was not read again."),
    "registers.twice_in_one_drop": _("This file stands twice among those you dropped; it is read once."),
    "registers.file_gone": _("The uploaded file is no longer on the server. Upload it again."),
}
# What the platform itself says about a row, beside the codes that a kind of sheet declares.
ROW_SENTENCES: dict[str, Words] = {
    "outside_your_unit": _(
        "The sub-district is not yours, so you cannot open a file there."
        " Give the row to the colleague there, or correct the sub-district."
    ),
    NUMBER_MISFITS: _("This document number does not fit the name. Check both; if right, ask the district office."),
}
KEPT_SENTENCES: dict[str, Words] = {
    "registers.kept_changed": _("Somebody has worked on it since."),
    "registers.kept_signed_up": _(
        "Somebody has signed up for it since. Cancel it instead, so that everybody who comes hears of it."
    ),
    "registers.kept_in_use": _("It is in use: there is a match, a visit or something else that belongs to it."),
}


def file_sentence(code: str) -> Words:
    return FILE_SENTENCES.get(code, FILE_SENTENCES["registers.unreadable"]) if code else ""


def row_sentence(kind: str, code: str) -> Words:
    found = sheet_kinds().get(kind)
    if code in ROW_SENTENCES and not (found and code in found.severities):
        return ROW_SENTENCES[code]
    return found.sentence(code) if found else next((c.sentence for c in GENERAL_CODES if c.code == code), code)


def keeps_out(kind: str, code: str) -> bool:
    """Whether the code is why the row cannot be taken over."""
    if code in ROW_SENTENCES:
        return True
    found = sheet_kinds().get(kind)
    return found is not None and found.severities.get(code) is Severity.REJECT


def kind_label(kind: str) -> Words:
    found = sheet_kinds().get(kind)
    return found.label if found else _("Unknown list")
