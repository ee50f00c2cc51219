"""Whose files may be spoken of here: those of programmes that say how they help in an emergency, the children's."""

from sunward.accounts.access import Actor
from sunward.casework.access import visible_cases
from sunward.casework.models import Case, CaseQuerySet
from sunward.safeguarding.declaration import declared


def guarded_files() -> CaseQuerySet:
    """Everybody's. A file of another programme is no side of a hint: two offices would learn that there is one."""
    return Case.objects.filter(programme__in=declared())


def guarded_cases(actor: Actor) -> CaseQuerySet:
    return visible_cases(actor).filter(programme__in=declared())
