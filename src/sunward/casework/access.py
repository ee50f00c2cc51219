"""Who may see a file. "Not yours" and "not there" are the same answer."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.audit.chain import Subject
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere

CASE_SUBJECT = "case"


def visible_cases(actor: Actor) -> CaseQuerySet:
    """Files of the units in which the actor holds a casework post, and of everything below them."""
    return Case.objects.within(actor.casework_paths())


def case_subject(case: Case) -> Subject:
    return Subject(CASE_SUBJECT, case.pk)


def case_not_there() -> NotThere:
    return NotThere("casework.case_not_there", _("There is no such file, or it is not yours to see."))


def get_case_for_change(*, actor: Actor, case_id: UUID) -> Case:
    """The file, locked, inside the act's transaction."""
    case = visible_cases(actor).select_for_update(of=("self",)).select_related("person").filter(uid=case_id).first()
    if case is None:
        raise case_not_there()
    return case
