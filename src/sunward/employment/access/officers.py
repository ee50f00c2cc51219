"""Who may be put in charge of a jobseeker, and of whom somebody is in charge on a day.

In charge can only be who keeps the file anyway: an employment officer of its unit, or of one above it. Being in charge
opens nothing. Whoever has lost the post, or the account, is in charge of nobody from that day, whatever the row says.
"""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, AssignmentQuerySet
from sunward.accounts.scopes import above, below
from sunward.casework.models import Case
from sunward.employment.models import OfficerInCharge
from sunward.employment.rules import FILE_ROLES

OFFICER_ROLES: tuple[Role, ...] = FILE_ROLES


def officer_posts(*, on: date) -> AssignmentQuerySet:
    """The posts of everybody who can be in charge of somebody on the day."""
    return Assignment.objects.current(on=on).filter(role__in=OFFICER_ROLES, user__is_active=True)


def posts_over(unit_path: str, *, on: date) -> AssignmentQuerySet:
    """Those that keep the files of this unit."""
    return officer_posts(on=on).filter(unit__path__in=above((unit_path,)))


def posts_around(actor: Actor, *, on: date) -> AssignmentQuerySet:
    """Those that keep any of the files that the actor keeps: in her units, below them, and above them."""
    paths = actor.paths(*OFFICER_ROLES)
    return officer_posts(on=on).filter(below(paths, "unit__path") | Q(unit__path__in=above(paths)))


def may_be_in_charge(case: Case, officer_id: int, *, on: date) -> bool:
    return posts_over(case.unit_path, on=on).filter(user_id=officer_id).exists()


def in_charge_by_row(*, on: date) -> QuerySet[OfficerInCharge]:
    """The rows of the day, whoever may have lost the post meanwhile: for files that are asked for by their posts."""
    return OfficerInCharge.objects.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)


def in_charge(*, on: date) -> QuerySet[OfficerInCharge]:
    """Of whom somebody is in charge on the day, who holds a post for it."""
    path = ExpressionWrapper(OuterRef("case__unit_path"), output_field=CharField())
    posts = officer_posts(on=on).filter(user=OuterRef("officer"))
    holds = posts.annotate(of=path).filter(of__startswith=F("unit__path"))
    return in_charge_by_row(on=on).filter(Exists(holds))
