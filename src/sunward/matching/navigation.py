"""The menu's lines for matching."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry
from sunward.matching.access import MATCHING_ROLES

TITLE = _("Matching")
MENU = [
    Entry(_("Proposals"), "matching:runs", "heart-handshake", roles=MATCHING_ROLES, is_on_phone=True),
    Entry(_("How matching is done"), "matching:policies", "adjustments-horizontal", roles=MATCHING_ROLES),
]
