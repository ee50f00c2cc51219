"""What is said of something that a paper leaves open."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "lead_missing": _("No lead unit is named. Choose one."),
    "lead_multiple": _("Several units stand in the place of the lead; the first was taken. Confirm it."),
    "lead_unknown": _("The unit named first is not known here. Choose the lead."),
    "lead_collective": _("Several units are meant where the lead should stand. Choose the one that leads."),
    "lead_not_said": _("The paper does not say which of these units leads. Choose one."),
    "lead_conflict": _("The sentence and the bracket name different leads. Choose one."),
    "unit_generic": _("A word stands for several units. Confirm which ones are meant."),
    "unit_unknown": _("A unit of this name is not known here. Choose one, or leave it out."),
    "deadline_missing": _("There is no deadline. Set one."),
    "deadline_vague": _("These words fix no day. Set the deadline."),
    "deadline_ongoing": _("This has no end. Set the day on which it is looked at next."),
    "deadline_several": _("Several days are named. Choose the deadline; the others may become milestones."),
    "deadline_year": _("The year is not said. Set the deadline."),
    "deadline_past": _("This day lies before the meeting. Set the deadline."),
    "date_ambiguous": _("This date can be read in two ways (2023.1: January or October?). Set the deadline."),
    "indicator_several": _("Several numbers are named. Write down the one that counts."),
    "indicator_unit": _("What is counted cannot be told. Write down the number and what it counts."),
    "merged_over_goals": _("One merged cell reaches over two goals. Say what holds for each line."),
    "no_decisions": _("No heading for decisions was found, so no line of work was taken. Enter the decisions."),
    "no_speeches": _("No heading for speeches was found, so no proposal was taken. Enter the proposals."),
    "no_lead_rule": _("The minutes do not say that the unit named first leads."),
    "no_date": _("The day of the meeting was not found, so deadlines without a year were left blank."),
    "no_questions": _("The questions of the meeting were not found. Enter them."),
    "tables_unread": _("Tables in the document were not read. Enter what they decide."),
    "boxes_unread": _("Text in boxes was not read. Enter what it decides."),
    "speaker_unknown": _("The unit of a speaker is not known here. Choose it."),
    "numbers_left_out": _("Telephone and document numbers in the paper were not taken over."),
    "sheet_unread": _("A sheet without the headings of a breakdown was not read."),
    "year_unknown": _("Neither title nor file name tells the year, so deadlines without a year were left blank."),
}
