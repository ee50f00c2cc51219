"""Who may say whether two vacancies are one post: whoever answers for both of them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.core.refusals import NotThere
from sunward.employment.access.vacancies import VACANCY_ROLES
from sunward.employment.enums import LikenessState, VacancyState
from sunward.employment.models import VacancyLikeness


def decidable_likenesses(actor: Actor) -> QuerySet[VacancyLikeness]:
    """A pair of two sub-districts waits for the district: neither of them changes what the other answers for."""
    paths = actor.paths(*VACANCY_ROLES)
    return VacancyLikeness.objects.filter(below(paths, "first__unit_path") & below(paths, "second__unit_path"))


def waiting_likenesses(actor: Actor) -> QuerySet[VacancyLikeness]:
    """Of what is closed nobody is told twice: such a pair waits for nobody."""
    return (
        decidable_likenesses(actor)
        .filter(state=LikenessState.OPEN)
        .exclude(first__state=VacancyState.CLOSED)
        .exclude(second__state=VacancyState.CLOSED)
    )


def get_likeness(*, actor: Actor, likeness_id: int) -> VacancyLikeness:
    found = decidable_likenesses(actor).select_related(
        "first__employer", "first__unit", "second__employer", "second__unit"
    )
    row = found.filter(pk=likeness_id).first()
    if row is None:
        raise _not_there()
    return row


def get_likeness_for_change(*, actor: Actor, likeness_id: int) -> VacancyLikeness:
    """The pair, locked, inside the act's transaction."""
    row = decidable_likenesses(actor).select_for_update(of=("self",)).filter(pk=likeness_id).first()
    if row is None:
        raise _not_there()
    return row


def _not_there() -> NotThere:
    return NotThere("employment.likeness_not_there", _("There is no such pair, or it is not yours to decide."))
