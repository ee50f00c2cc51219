"""What the codes of Blueprint say in the record of acts and looks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BLUEPRINT_WORDS: dict[str, Promise] = {
    "blueprint.meeting_begun": _("Meeting written down"),
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
}
