"""The menu's line for figures."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry
from sunward.figures.access import FIGURE_ROLES

TITLE = _("Figures")
MENU = [
    Entry(_("Figures"), "figures:figures", "chart-bar", roles=(*FIGURE_ROLES,)),
    Entry(_("Bulletins"), "figures:bulletins", "file-text", roles=(*FIGURE_ROLES,)),
]
