"""The lines of outreach in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry
from sunward.outreach.access import MESSAGE_ROLES, OUTREACH_ROLES

TITLE = _("Messages")
MENU = [
    Entry(_("Inbox"), "outreach:inbox", "mail"),
    Entry(_("Group digests"), "outreach:digests", "message-circle", roles=(*OUTREACH_ROLES,)),
    Entry(_("Message record"), "outreach:messages", "list-check", roles=(*MESSAGE_ROLES,)),
    Entry(_("Groups and channels"), "outreach:groups", "users", roles=(*OUTREACH_ROLES,)),
]
