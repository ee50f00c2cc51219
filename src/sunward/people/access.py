"""Who may see and settle possible duplicates: whoever may know both persons by one and the same programme's work."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.core.refusals import Conflict, NotThere
from sunward.people.enums import DuplicateState
from sunward.people.models import PossibleDuplicate
from sunward.people.reach import known_to, wholly_kept

# Who may say that two are one: of those who work with families, whoever answers for both homes. A worker's own units do
# not count, whatever else she is elsewhere.
SUPERVISING = (Role.DISTRICT_OFFICER, Role.SUPERVISOR)
# Of those who keep jobseekers' files, whoever keeps one of both.
KEEPING = (Role.EMPLOYMENT_OFFICER,)
SETTLING_ROLES = (*SUPERVISING, *KEEPING)


def visible_duplicates(actor: Actor) -> QuerySet[PossibleDuplicate]:
    """Pairs of which she knows both by the same programme's work: the other half of a pair would tell of another
    programme's file. One post knows the one, another post the other: then she knows no pair."""
    seen = _homes_answered_for(actor.only(*SUPERVISING)) | _files_kept(actor.only(*KEEPING))
    return PossibleDuplicate.objects.filter(seen, first__programme=F("second__programme"))


def _homes_answered_for(actor: Actor) -> Q:
    """The pair's own path is of the day on which it was found: whoever has moved since is asked for anew."""
    paths = actor.paths(*SUPERVISING)
    found = below(paths)
    for column in ("first__", "second__"):
        lives = below(paths, f"{column}unit_path") | Q(**{f"{column}unit_path": ""})
        found &= lives & known_to(actor, column, anywhere=True)
    return found


def _files_kept(actor: Actor) -> Q:
    """An open file that another office keeps would be written on: the office above both decides then."""
    found = Q()
    for column in ("first__", "second__"):
        found &= known_to(actor, column) & wholly_kept(actor, column)
    return found


def get_duplicate_for_change(*, actor: Actor, duplicate_id: int) -> PossibleDuplicate:
    """The pair, locked; refused if somebody has settled it already."""
    pair = visible_duplicates(actor).select_for_update(of=("self",)).filter(pk=duplicate_id).first()
    if pair is None:
        raise NotThere("people.duplicate_not_there", _("There is no such pair, or it is not yours to decide."))
    if pair.state != DuplicateState.OPEN:
        raise Conflict("people.duplicate_settled", _("Somebody else has just decided on this pair."))
    return pair
