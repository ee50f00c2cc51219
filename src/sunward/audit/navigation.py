"""The lines of the auditor in the menu. The pages stand on the web floor: audit knows no user."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry

TITLE = _("Audit")
MENU = [
    Entry(_("Acts and looks"), "audit:entries", "history", roles=("auditor",), is_on_phone=True),
    Entry(_("Access in the year"), "audit:year", "report-analytics", roles=("auditor",)),
    Entry(_("Chain"), "audit:chain", "link", roles=("auditor",), is_on_phone=True),
]
