"""What is known around a child's file and may not stand in a text that leaves it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.mentoring.enums import LIVE_STATES
from sunward.people.models import Person
from sunward.people.screening import FindingKind, Known

# Written into Chinese text, in whatever language the page is read.
_CHILD, _FAMILY, _MENTOR, _HOME, _NUMBER, _COMMITTEE = "孩子", "家人", "志愿者", "家", "（号码）", "所在居委"
_SHORTEST_HOME = 4


def list_known(case: Case, *, on: date) -> tuple[Known, ...]:
    """Names, pet names, homes and numbers of the child, of whoever cares for it or lives with it, of its mentors."""
    child, family, mentors = _people(case, on=on)
    found = [*_of(child, _CHILD)]
    for person in family:
        found += _of(person, _FAMILY)
    for person in mentors:
        found += _of(person, _MENTOR)
    found += _committee(case.unit)
    return tuple(found)


def _people(case: Case, *, on: date) -> tuple[Person, list[Person], list[Person]]:
    cares = Q(wardships__child=case.person) & (Q(wardships__until_on=None) | Q(wardships__until_on__gt=on))
    homes = case.person.memberships.filter(Q(until_on=None) | Q(until_on__gt=on)).values("household")
    family = Person.objects.filter(cares | Q(memberships__household__in=homes)).exclude(pk=case.person_id).distinct()
    mentors = Person.objects.filter(mentor__matches__case=case, mentor__matches__state__in=LIVE_STATES).distinct()
    return case.person, list(family), list(mentors)


def _of(person: Person, instead: str) -> Iterator[Known]:
    for name in name_forms(person.name):
        yield Known(FindingKind.NAME, name, instead)
    if len(person.address.strip()) >= _SHORTEST_HOME:
        yield Known(FindingKind.ADDRESS, person.address.strip(), _HOME)
    for kind, number in ((FindingKind.PHONE, person.phone), (FindingKind.ID_NUMBER, person.id_number)):
        if number:
            yield Known(kind, number, _NUMBER)


def name_forms(name: str) -> Iterator[str]:
    """陈小雨: 陈小雨, 小雨, 雨雨, 阿雨. One sign alone is an everyday word."""
    yield name
    if name.isascii() or len(name) < 2:
        return
    if len(name) > 2:
        yield name[-2:]
    last = name[-1]
    yield from (last + last, f"小{last}", f"阿{last}")


def _committee(unit: Unit) -> Iterator[Known]:
    if unit.kind == UnitKind.COMMITTEE:
        for said in {unit.name, unit.short_name}:
            if len(said) > 2:
                yield Known(FindingKind.ADDRESS, said, _COMMITTEE)
