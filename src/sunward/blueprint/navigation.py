"""The menu's lines for meetings and plans."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.access import READER_ROLES
from sunward.core.menu import Entry

TITLE = pgettext_lazy("programme", "Blueprint")
MENU = [
    Entry(
        pgettext_lazy("blueprint", "What waits for you"),
        "blueprint:mine",
        "checklist",
        roles=(*READER_ROLES,),
        is_on_phone=True,
    ),
    Entry(_("Meetings"), "blueprint:meetings", "messages", roles=(*READER_ROLES,)),
    Entry(
        pgettext_lazy("blueprint", "Plans"),
        "blueprint:plans",
        "list-check",
        roles=(*READER_ROLES,),
        is_on_phone=True,
    ),
    Entry(_("From 0 to 10"), "blueprint:results", "seedling", roles=(*READER_ROLES,)),
]
