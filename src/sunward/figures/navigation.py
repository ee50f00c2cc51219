"""The menu's line for figures."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.core.menu import Entry
from sunward.figures.access import COUNTING_ROLES, FIGURE_ROLES

TITLE = _("Figures")
MENU = [
    Entry(_("Dashboards"), "figures:dashboards", "report-analytics", roles=(*FIGURE_ROLES,)),
    Entry(_("Leadership view"), "figures:leadership", "map-2", roles=(Role.LEADER,)),
    Entry(_("Figures"), "figures:figures", "chart-bar", roles=(*COUNTING_ROLES,)),
    Entry(_("Bulletins"), "figures:bulletins", "file-text", roles=(*FIGURE_ROLES,)),
]
