"""Who may see a file. "Not yours" and "not there" are the same answer."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import above, below
from sunward.audit.chain import Subject
from sunward.casework.models import Case, CaseQuerySet, Resource, ResourceQuerySet
from sunward.casework.programmes import file_paths, file_roles
from sunward.core.refusals import NotThere

CASE_SUBJECT = "case"
# Who answers for a sub-district or the district: keeps the directory, decides which wishes are shown.
SUPERVISING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


def visible_files(actor: Actor, programme: str) -> CaseQuerySet:
    """Files of one programme, in the units in which the actor's posts keep them and in everything below these."""
    return Case.objects.within(file_paths(actor, programme)).filter(programme=programme)


def visible_cases(actor: Actor) -> CaseQuerySet:
    """The same of all programmes together: of each those that the actor's posts for it keep, and no other."""
    seen = Q(pk__in=[])
    for programme in file_roles():
        if paths := file_paths(actor, programme):
            seen |= Q(programme=programme) & below(paths)
    return Case.objects.filter(seen)


def case_subject(case: Case) -> Subject:
    return Subject(CASE_SUBJECT, case.pk)


def case_not_there() -> NotThere:
    return NotThere("casework.case_not_there", _("There is no such file, or it is not yours to see."))


def get_case_for_change(*, actor: Actor, case_id: UUID, programme: str = "") -> Case:
    """The file, locked, inside the act's transaction; with `programme` only one of that: whoever keeps files of two
    does not do to one what belongs to the other."""
    seen = visible_files(actor, programme) if programme else visible_cases(actor)
    case = seen.select_for_update(of=("self",)).select_related("person").filter(uid=case_id).first()
    if case is None:
        raise case_not_there()
    return case


def may_release_wishes(actor: Actor, case: Case) -> bool:
    """A supervisor or an officer of the file's own units; a post elsewhere gives no right here."""
    return any(case.unit_path.startswith(path) for path in actor.paths(*SUPERVISING_ROLES))


# The directory of resources.


def visible_resources(actor: Actor) -> ResourceQuerySet:
    """Offers that are for the actor's units: those of the units above them, of their own, and of all below.

    Mentors see the directory too, for it holds public facts only.
    """
    paths = actor.paths(*CASEWORK_ROLES, Role.MENTOR)
    return Resource.objects.filter(below(paths) | Q(unit_path__in=above(paths)))


def changeable_resources(actor: Actor) -> ResourceQuerySet:
    """Supervisors and officers keep those of their own units; what is the district's, only the district changes."""
    return Resource.objects.filter(below(actor.paths(*SUPERVISING_ROLES)))


def addable_units(actor: Actor) -> UnitQuerySet:
    """For whom the actor may add a resource: below the post, and for a worker also the sub-district she works in."""
    kinds = (UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)
    own = Unit.objects.filter(below(actor.casework_paths(), "path"))
    around = Unit.objects.filter(path__in=above(actor.paths(Role.WORKER)), kind=UnitKind.SUBDISTRICT)
    return (own | around).filter(kind__in=kinds)


def referable_resources(case: Case, *, on: date) -> ResourceQuerySet:
    """Where this person can be sent today: valid, for their unit, and for their age if that is known."""
    found = Resource.objects.valid(on=on).filter(unit_path__in=above((case.unit_path,)))
    age = case.person.age_on(on)
    if age is None:
        return found
    young, old = Q(age_from=None) | Q(age_from__lte=age), Q(age_until=None) | Q(age_until__gte=age)
    return found.filter(young & old)


def get_resource(*, actor: Actor, resource_id: UUID, is_changing: bool = False) -> Resource:
    """One offer. It holds public facts only, so no look is written."""
    found = changeable_resources(actor) if is_changing else visible_resources(actor)
    row = found.select_related("unit").filter(uid=resource_id).first()
    if row is None:
        raise NotThere("casework.resource_not_there", _("There is no such resource, or it is not yours to see."))
    return row
