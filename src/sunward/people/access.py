"""Who may see and settle possible duplicates: whoever covers both persons' units."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.core.refusals import Conflict, NotThere
from sunward.people.enums import DuplicateState
from sunward.people.models import PossibleDuplicate
from sunward.people.reach import known_to

# Who may say that two are one. A worker's own units do not count, whatever else she is elsewhere.
SETTLING_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR)


def visible_duplicates(actor: Actor) -> QuerySet[PossibleDuplicate]:
    """Pairs of which her programme knows both: the other half of a pair would tell of another programme's file.

    The pair's own path is of the day on which it was found: whoever has moved since is asked for anew.
    """
    settling = actor.only(*SETTLING_ROLES)
    paths = settling.paths(*SETTLING_ROLES)
    found = PossibleDuplicate.objects.filter(below(paths))
    for column in ("first__", "second__"):
        lives = below(paths, f"{column}unit_path") | Q(**{f"{column}unit_path": ""})
        found = found.filter(lives, known_to(settling, column, anywhere=True))
    return found


def get_duplicate_for_change(*, actor: Actor, duplicate_id: int) -> PossibleDuplicate:
    """The pair, locked; refused if somebody has settled it already."""
    pair = visible_duplicates(actor).select_for_update(of=("self",)).filter(pk=duplicate_id).first()
    if pair is None:
        raise NotThere("people.duplicate_not_there", _("There is no such pair, or it is not yours to decide."))
    if pair.state != DuplicateState.OPEN:
        raise Conflict("people.duplicate_settled", _("Somebody else has just decided on this pair."))
    return pair
