"""What is known around a child's file and may not stand in a text that leaves it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.people.models import Person
from sunward.people.screening import FindingKind, Known
from sunward.people.screening.known import list_known_of

# Written into Chinese text, in whatever language the page is read.
_CHILD, _FAMILY, _MENTOR, _COMMITTEE = "孩子", "家人", "志愿者", "所在居委"


def list_known(case: Case, *, on: date) -> tuple[Known, ...]:
    """Names, pet names, homes and numbers of the child, of whoever lives with it, cares or cared for it, of mentors."""
    child, family, mentors = _people(case, on=on)
    found = [*list_known_of(child, _CHILD)]
    for person in family:
        found += list_known_of(person, _FAMILY)
    for person in mentors:
        found += list_known_of(person, _MENTOR)
    found += _committee(case.unit)
    return tuple(found)


def _people(case: Case, *, on: date) -> tuple[Person, list[Person], list[Person]]:
    homes = case.person.memberships.filter(Q(until_on=None) | Q(until_on__gt=on)).values("household")
    cares = Q(wardships__child=case.person)
    family = Person.objects.filter(cares | Q(memberships__household__in=homes)).exclude(pk=case.person_id).distinct()
    visits, tutors = Q(mentor__matches__case=case), Q(mentor__tutorings__case=case)
    mentors = Person.objects.filter(visits | tutors).distinct()
    return case.person, list(family), list(mentors)


def _committee(unit: Unit) -> Iterator[Known]:
    if unit.kind == UnitKind.COMMITTEE:
        for said in {unit.name, unit.short_name}:
            if len(said) > 2:
                yield Known(FindingKind.ADDRESS, said, _COMMITTEE)
