"""Who may see and settle possible duplicates: whoever covers both persons' units."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.core.refusals import Conflict, NotThere
from sunward.people.enums import DuplicateState
from sunward.people.models import PossibleDuplicate

# Who may say that two are one. A worker's own units do not count, whatever else she is elsewhere.
SETTLING_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR)


def visible_duplicates(actor: Actor) -> QuerySet[PossibleDuplicate]:
    """The pair's own path is of the day on which it was found: whoever has moved since is asked for anew."""
    paths = actor.paths(*SETTLING_ROLES)
    found = PossibleDuplicate.objects.filter(below(paths))
    for column in ("first__unit_path", "second__unit_path"):
        found = found.filter(below(paths, column) | Q(**{column: ""}))
    return found


def get_duplicate_for_change(*, actor: Actor, duplicate_id: int) -> PossibleDuplicate:
    """The pair, locked; refused if somebody has settled it already."""
    pair = visible_duplicates(actor).select_for_update(of=("self",)).filter(pk=duplicate_id).first()
    if pair is None:
        raise NotThere("people.duplicate_not_there", _("There is no such pair, or it is not yours to decide."))
    if pair.state != DuplicateState.OPEN:
        raise Conflict("people.duplicate_settled", _("Somebody else has just decided on this pair."))
    return pair
