"""The lines of gatherings in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.core.menu import Entry
from sunward.gatherings.roles import PLANNERS, TAKING_PART

TITLE = _("Gatherings")
MENU = [
    Entry(_("Calendar"), "gatherings:calendar", "calendar-month", roles=(*TAKING_PART,), is_on_phone=True),
    Entry(_("All gatherings"), "gatherings:gatherings", "calendar-event", roles=(*PLANNERS,), is_on_phone=True),
    Entry(_("Roadshows"), "gatherings:roadshows", "route", roles=(Role.EMPLOYMENT_OFFICER,)),
]
