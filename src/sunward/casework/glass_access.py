"""Who may read through broken glass, who sees that it was broken, and who says afterwards whether it was right."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.scopes import below
from sunward.casework.enums import CaseState
from sunward.casework.models import BrokenGlass
from sunward.core.refusals import NotThere

REVIEWING = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


def find_open_glass(actor: Actor, *, case_id: UUID, now: datetime) -> BrokenGlass | None:
    """The actor's own glass over this file, while it lasts, and while she still holds a casework post."""
    if not actor.has(*CASEWORK_ROLES):
        return None
    own = BrokenGlass.objects.open(now=now).filter(user=actor.user_id, case__uid=case_id, case__state=CaseState.OPEN)
    return own.select_related("case__person", "case__unit", "case__child").order_by("-pk").first()


def visible_glass(actor: Actor) -> "QuerySet[BrokenGlass]":
    """One's own, that over files one supervises, and all of the district for its auditor."""
    paths = (*actor.paths(*REVIEWING), *actor.paths(Role.AUDITOR))
    return BrokenGlass.objects.filter(below(paths, "case__unit_path") | Q(user=actor.user_id))


def reviewable_glass(actor: Actor) -> "QuerySet[BrokenGlass]":
    """Over files that the actor supervises; what she broke herself, somebody else judges."""
    found = BrokenGlass.objects.filter(below(actor.paths(*REVIEWING), "case__unit_path"), reviewed_at=None)
    return found.exclude(user=actor.user_id)


def glass_not_there() -> NotThere:
    return NotThere("casework.glass_not_there", _("There is no such entry, or it is settled already."))
