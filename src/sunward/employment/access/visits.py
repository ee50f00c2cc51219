"""Who reads what was learned at an employer, and who writes it down.

All employment officers of a district read its visits, as they read its vacancies: nobody asks an employer twice. Only
the office that was there, or one above it, changes what it wrote.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.employment.access.vacancies import VACANCY_ROLES, districts_of
from sunward.employment.models import EmployerVisit

if TYPE_CHECKING:
    from django.db.models import QuerySet

VISIT_SUBJECT = "employer_visit"


def visible_visits(actor: Actor) -> "QuerySet[EmployerVisit]":
    return EmployerVisit.objects.filter(below(districts_of(actor)))


def changeable_visits(actor: Actor) -> "QuerySet[EmployerVisit]":
    return EmployerVisit.objects.filter(below(actor.paths(*VACANCY_ROLES)))


def visit_subject(visit: EmployerVisit) -> Subject:
    return Subject(VISIT_SUBJECT, visit.pk)


def get_visit(*, actor: Actor, visit_id: UUID) -> EmployerVisit:
    return _first(visible_visits(actor).select_related("employer", "unit", "by").filter(uid=visit_id))


def get_own_visit(*, actor: Actor, visit_id: UUID) -> EmployerVisit:
    """One of the actor's office: for the pages on which it is changed, or posts are added to it."""
    return _first(changeable_visits(actor).select_related("employer", "unit").filter(uid=visit_id))


def get_visit_for_change(*, actor: Actor, visit_id: UUID) -> EmployerVisit:
    """The visit, locked, inside the act's transaction."""
    return _first(changeable_visits(actor).select_for_update(of=("self",)).filter(uid=visit_id))


def visit_not_there() -> NotThere:
    return NotThere("employment.visit_not_there", _("There is no such visit, or it is not yours."))


def _first(found: "QuerySet[EmployerVisit]") -> EmployerVisit:
    row = found.first()
    if row is None:
        raise visit_not_there()
    return row
