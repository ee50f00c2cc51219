"""The menu's lines for imports."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry
from sunward.registers.access import IMPORTING_ROLES, MERGING_ROLES

TITLE = _("Registers")
MENU = [
    Entry(_("Import workbooks"), "registers:batches", "database-import", roles=IMPORTING_ROLES),
    Entry(_("Possibly the same person"), "registers:duplicates", "users", roles=MERGING_ROLES),
]
