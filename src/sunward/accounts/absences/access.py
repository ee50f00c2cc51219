"""Whose absence somebody may write down: one's own, and that of whom one supervises."""

from django.db.models import Q, QuerySet

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, AbsenceQuerySet, Assignment, User
from sunward.accounts.scopes import below

# Whose absence each supervising role may write down, in her unit and below.
_SUPERVISED: dict[Role, tuple[Role, ...]] = {
    Role.SUPERVISOR: (Role.WORKER,),
    Role.DISTRICT_OFFICER: (Role.WORKER, Role.SUPERVISOR),
}


def supervised_users(actor: Actor) -> QuerySet[User]:
    """Who holds a post on the day below one that the actor holds; oneself is never among them."""
    posts = Q(pk__in=[])
    for role, supervised in _SUPERVISED.items():
        posts |= Q(role__in=supervised) & below(actor.paths(role), "unit__path")
    held = Assignment.objects.current(on=actor.on).filter(posts)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).exclude(pk=actor.user_id)


def supervises(actor: Actor) -> bool:
    return actor.has(*_SUPERVISED)


def changeable_users(actor: Actor) -> QuerySet[User]:
    """Oneself and whom one supervises."""
    return User.objects.filter(Q(pk=actor.user_id) | Q(pk__in=supervised_users(actor).values("pk")))


def changeable_absences(actor: Actor) -> AbsenceQuerySet:
    return Absence.objects.filter(user__in=changeable_users(actor).values("pk"))
