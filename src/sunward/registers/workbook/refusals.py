"""Why a file is not read: one code and one sentence each, saying what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal


class WorkbookRefused(Refusal):
    """The file cannot be read as it is; nothing of it has been taken."""

    reason = "unreadable"
    text: Promise = _("The file cannot be read. Open it in WPS or Excel, save it as .xlsx and upload that file.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(f"registers.{self.reason}", sentence or self.text)


class Unreadable(WorkbookRefused):
    """Damaged, or no workbook at all."""


class NotAWorkbook(WorkbookRefused):
    reason = "not_a_workbook"
    text = _("This is no workbook. Upload .xlsx, .xls, .ods or .csv.")


class WebPage(WorkbookRefused):
    reason = "web_page"
    text = _("This is a web page saved under the name of a workbook. Open it in WPS or Excel and save it as .xlsx.")


class Encrypted(WorkbookRefused):
    reason = "encrypted"
    text = _("The file is protected by a password. Take the password away in WPS or Excel, save, and upload it again.")


class Empty(WorkbookRefused):
    reason = "empty"
    text = _("The file is empty. Check that you have chosen the right one.")


class TooLarge(WorkbookRefused):
    reason = "too_large"
    text = _("The file is larger than allowed. Split it, for example by sub-district, and upload the parts.")


class HasMacros(WorkbookRefused):
    reason = "has_macros"
    text = _("The file contains macros, which are not accepted. Save it as .xlsx in WPS or Excel and upload that file.")


class Bomb(WorkbookRefused):
    reason = "expands_too_far"
    text = _(
        "The file would grow far too large when unpacked. Copy the table into a new workbook, save it as .xlsx and"
        " upload that."
    )


class EncodingUnknown(WorkbookRefused):
    reason = "encoding_unknown"
    text = _("The characters of this text file cannot be told. Save it in Excel as “CSV UTF-8” or as .xlsx.")


class NoKnownSheet(WorkbookRefused):
    reason = "no_known_sheet"
    text = _(
        "No sheet of this workbook is one that Sunward knows. Check the headings, or choose the kind of sheet and the"
        " columns yourself."
    )


class NotYours(WorkbookRefused):
    """Raised where whoever imports has no post for these lists; of a file that holds nothing else, nothing is kept."""

    reason = "kind_not_yours"
    text = _("This list belongs to the work of another post, which imports it. It was not kept.")


class NoRecords(WorkbookRefused):
    reason = "no_records"
    text = _("No record stands below the headings. Fill in the table, or check that you have chosen the right file.")
