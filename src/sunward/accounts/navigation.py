"""The lines of administration in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.core.menu import Entry

TITLE = _("Administration")
MENU = [
    Entry(_("Users"), "accounts:users", "users", roles=(Role.ADMINISTRATOR,), is_on_phone=True),
    Entry(_("Units"), "accounts:units", "building-community", roles=(Role.ADMINISTRATOR,), is_on_phone=True),
]
