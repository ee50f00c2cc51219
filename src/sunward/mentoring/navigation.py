"""The lines of Neighbour Mom in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core.menu import Entry

TITLE = _("Neighbour Mom")
MENU = [
    Entry(_("Children"), "mentoring:children", "mood-kid", roles=(*CASEWORK_ROLES,), is_on_phone=True),
    Entry(_("Neighbour moms"), "mentoring:mentors", "user-heart", roles=(*CASEWORK_ROLES,), is_on_phone=True),
    Entry(_("Matches"), "mentoring:matches", "heart-handshake", roles=(*CASEWORK_ROLES,), is_on_phone=True),
    Entry(_("Tutoring online"), "mentoring:tutorings", "school", roles=(*CASEWORK_ROLES,)),
    Entry(_("Expert team"), "mentoring:expert_team", "message", roles=(Role.DISTRICT_OFFICER,)),
    Entry(_("This week"), "week", "calendar-event", roles=(Role.SUPERVISOR, Role.DISTRICT_OFFICER)),
    Entry(_("What is over"), "mentoring:retention", "archive", roles=(Role.SUPERVISOR, Role.DISTRICT_OFFICER)),
    Entry(_("About me"), "mentoring:own_standing", "user-heart", roles=(Role.MENTOR,), is_on_phone=True),
    Entry(_("Resources"), "casework:resources", "folder-open", roles=(*CASEWORK_ROLES, Role.MENTOR)),
    Entry(_("Small wishes"), "mentoring:wishes", "confetti", roles=(*CASEWORK_ROLES,)),
    Entry(_("Experience shared"), "mentoring:notes", "bulb", roles=(*CASEWORK_ROLES, Role.MENTOR)),
    Entry(_("Come along"), "mentoring:own_gatherings", "confetti", roles=(Role.MENTOR,), is_on_phone=True),
    # Last, so that on the phone of the staff the bar is full before it.
    Entry(
        _("Small library"), "mentoring:library", "book", roles=(*CASEWORK_ROLES, Role.MENTOR, Role.EXPERT),
        is_on_phone=True,
    ),
]  # fmt: skip
