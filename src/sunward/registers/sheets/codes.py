"""Outcome codes: what is said about a row, whether it keeps the row out, and the sentence for people."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    REJECT = "R"
    WARN = "W"


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    severity: Severity
    sentence: str | Promise


def rejects(code: str, sentence: str | Promise) -> Code:
    return Code(code, Severity.REJECT, sentence)


def warns(code: str, sentence: str | Promise) -> Code:
    return Code(code, Severity.WARN, sentence)


# Codes that any register of persons may give; a kind of sheet adds its own.
GENERAL_CODES = (
    rejects("name_missing", _("The name is missing. Fill it in.")),
    rejects("name_invalid", _("The name cell holds no name. Type the name.")),
    warns("name_char_lost", _("A rare character of the name was lost when the file was saved. Type the name again.")),
    warns(
        "known_elsewhere",
        _("This person has a file at another office already. Ask the district office who has the file."),
    ),
    warns("name_differs", _("The same number is there under another spelling of the name. Check which one is right.")),
    warns("id_missing", _("There is no document number. Add it when it is known.")),
    rejects("id_checksum", _("The check digit of the document number is wrong. Compare it with the document.")),
    rejects("id_length", _("The document number has neither 15 nor 18 characters. Compare it with the document.")),
    rejects("id_bad_date", _("The date inside the document number does not exist. Compare it with the document.")),
    rejects(
        "id_excel_truncated",
        _(
            "Excel has cut off the last digits of the document number. Format the column as text and type the number"
            " again."
        ),
    ),
    warns("id_15_digit", _("An old number of 15 digits; it was brought to 18.")),
    warns(
        "id_unverifiable", _("A passport or permit without a check digit; birth date and sex come from their columns.")
    ),
    warns("birth_date_conflict", _("The birth date differs from the document number; the number was taken.")),
    warns("sex_conflict", _("The sex differs from the document number; the number was taken.")),
    warns("phone_invalid", _("This is no usable phone number; it was left empty.")),
    rejects("subdistrict_outside", _("The sub-district does not belong to this district.")),
    warns("subdistrict_old_name", _("An abolished name; its successor was taken.")),
    warns("subdistrict_differs", _("The same person is listed under two sub-districts.")),
    warns("neighbourhood_unknown", _("There is no neighbourhood committee of that name; it was left empty.")),
    warns(
        "neighbourhood_mismatch", _("This neighbourhood committee belongs to another sub-district; it was left empty.")
    ),
    warns("date_unreadable", _("A date cell that holds no date; it was left empty.")),
    warns("date_ambiguous", _("This date can be read in two ways (2022.1: January or October?); it was left empty.")),
    warns("date_in_future", _("A date that lies in the future; it was left empty.")),
    rejects("row_shifted", _("The cells of this row have moved sideways. Move them back.")),
    warns("formula_error", _("A cell shows a spreadsheet error; it was left empty.")),
    warns("formula_text", _("A text that begins like a formula; it was kept as plain text.")),
)
