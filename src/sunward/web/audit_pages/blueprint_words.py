"""What the codes of Blueprint say in the record of acts and looks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BLUEPRINT_WORDS: dict[str, Promise] = {
    "blueprint.meeting_begun": _("Meeting written down"),
    "blueprint.meeting_changed": _("Name or day of a meeting put right"),
    "blueprint.meeting_discarded": _("Meeting in preparation discarded"),
    "blueprint.proposal_added": _("Proposal of a meeting added"),
    "blueprint.speaker_placed": _("Unit of a speaker set"),
    "blueprint.officer_named": _("Responsible officer named"),
    "blueprint.breakdown_taken": _("Breakdown of work taken over"),
    "blueprint.questions_set": _("Questions of a meeting set"),
    "blueprint.line_confirmed": _("Line of a paper confirmed"),
    "blueprint.line_left_out": _("Line of a paper left out"),
    "blueprint.line_reopened": _("Line of a paper taken up again"),
    "blueprint.proposal_answered": _("Proposal of a meeting answered"),
    "blueprint.meeting_approved": _("Meeting approved"),
    "blueprint.lead_changed": _("Another unit leads"),
    "blueprint.milestone_reached": _("Milestone reached"),
    "blueprint.parts_set": _("Parts of those who join set"),
    "blueprint.milestones_set": _("Milestones set"),
    "blueprint.needs_set": _("What a line waits for set"),
    "blueprint.trajectory_set": _("Trajectory set"),
    "blueprint.burden_budget_set": _("Budget of a plan's typing set"),
    "blueprint.plan_exported": _("Sheet of a plan exported"),
    "blueprint.result_written": _("Result written down"),
    "blueprint.result_changed": _("Result changed"),
    "blueprint.result_step": _("Step of a result written down"),
    "blueprint.result_step_corrected": _("Step of a result corrected"),
    "blueprint.result_step_taken_back": _("Step of a result taken back"),
    "blueprint.result_linked": _("Result tied to lines of work"),
    "blueprint.enterprise_added": _("Enterprise written down"),
    "blueprint.enterprise_changed": _("Enterprise changed"),
    "blueprint.grade_recorded": _("Grade of an enterprise written down"),
    "blueprint.grade_corrected": _("Grade of an enterprise corrected"),
    "blueprint.grade_taken_back": _("Grade of an enterprise taken back"),
}
