"""The menu's lines for imports."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.core.menu import Entry
from sunward.registers.access import IMPORTING_ROLES, MERGING_ROLES

TITLE = _("Registers")
# A plan officer imports for a whole district or not at all, and finds the way beside the list of enterprises.
_ROLES = tuple(role for role in IMPORTING_ROLES if role != Role.PLAN_OFFICER)
MENU = [
    Entry(_("Import workbooks"), "registers:batches", "database-import", roles=_ROLES),
    Entry(_("Possibly the same person"), "registers:duplicates", "users", roles=MERGING_ROLES),
]
