"""Why a paper is not read at all: one code and one sentence each, saying what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal


class PaperRefused(Refusal):
    """The paper cannot be read as it is; nothing of it has been taken."""

    reason = "unreadable"
    text: Promise = _("The file cannot be read. Open it in WPS or Word, save it as .docx and upload that file.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(f"blueprint.{self.reason}", sentence or self.text)


class Unreadable(PaperRefused):
    """Damaged."""


class NotADocument(PaperRefused):
    reason = "not_a_document"
    text = _("This is no Word document. Minutes are read from .docx.")


class OldDocument(PaperRefused):
    reason = "old_document"
    text = _("This is the old Word format. Open it in WPS or Word, save it as .docx and upload that file.")


class IsAWorkbook(PaperRefused):
    reason = "is_a_workbook"
    text = _("This is a workbook. Minutes are read from .docx; a breakdown of work is uploaded to its plan.")


class Encrypted(PaperRefused):
    reason = "encrypted"
    text = _("The file is protected by a password. Take the password away in WPS or Word, save, and upload it again.")


class HasMacros(PaperRefused):
    reason = "has_macros"
    text = _("The file contains macros, which are not accepted. Save it as .docx in WPS or Word and upload that file.")


class TooLarge(PaperRefused):
    reason = "too_large"
    text = _("The file is larger than minutes ever are. Take pictures and appendices out and upload it again.")


class Bomb(PaperRefused):
    reason = "expands_too_far"
    text = _(
        "The file would grow far too large when unpacked. Copy its text into a new document, save it as .docx and"
        " upload that."
    )


class Empty(PaperRefused):
    reason = "empty"
    text = _("There is no text in this file. Check that you have chosen the right one.")


class TrackedChanges(PaperRefused):
    reason = "tracked_changes"
    text = _(
        "The document still holds tracked changes, so nobody can tell which words were decided. Accept or reject them"
        " in WPS or Word, save, and upload it again."
    )


class NoMinutes(PaperRefused):
    reason = "no_minutes"
    text = _(
        "Neither speeches nor decisions were found. Minutes have a heading above each; check that you have"
        " chosen the right file."
    )


class NoBreakdown(PaperRefused):
    reason = "no_breakdown"
    text = _(
        "No sheet has the headings of a breakdown of work. It needs one for what is done, one for the lead unit"
        " and one for the deadline."
    )


class NoWork(PaperRefused):
    reason = "no_work"
    text = _("No line of work stands below the headings. Fill in the table, or check that you have chosen the file.")
