"""The lines of safeguarding in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core.menu import Entry
from sunward.safeguarding.roles import REPORTING, TRIAGING

TITLE = _("Safeguarding")
MENU = [
    Entry(_("Calls for help"), "safeguarding:emergencies", "bell", roles=(*CASEWORK_ROLES,)),
    Entry(_("I am worried"), "safeguarding:worry_new", "message-circle", roles=(*REPORTING,), is_on_phone=True),
    Entry(_("Worries"), "safeguarding:worries", "ear", roles=(*TRIAGING,)),
    Entry(_("Mandatory reports"), "safeguarding:reports", "report", roles=(*REPORTING,)),
]
