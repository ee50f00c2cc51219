"""What is known around a child's file and may not stand in a text that leaves it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from pypinyin import lazy_pinyin

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.people.models import Person
from sunward.people.screening import FindingKind, Known
from sunward.people.screening.words import FAMILY_NAMES_OF_TWO

# Written into Chinese text, in whatever language the page is read.
_CHILD, _FAMILY, _MENTOR, _HOME, _NUMBER, _COMMITTEE = "孩子", "家人", "志愿者", "家", "（号码）", "所在居委"
_SHORTEST_HOME = 4
_TITLES = ("老师", "阿姨", "女士", "先生", "妈妈", "爸爸", "奶奶", "爷爷", "外婆", "外公", "阿婆", "大姐", "同学", "家")


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


def list_known_of(person: Person, instead: str) -> Iterator[Known]:
    """One person's names, home and numbers; `instead` is the neutral word for a name."""
    for name in name_forms(person.name):
        yield Known(FindingKind.NAME, name, instead)
    if len(person.address.strip()) >= _SHORTEST_HOME:
        yield Known(FindingKind.ADDRESS, person.address.strip(), _HOME)
    for kind, number in ((FindingKind.PHONE, person.phone), (FindingKind.ID_NUMBER, person.id_number)):
        if number:
            yield Known(kind, number, _NUMBER)


def name_forms(name: str) -> Iterator[str]:
    """陈小雨: 陈小雨, 小雨, 雨雨, 阿雨, 老陈, 陈某, 陈阿姨, chenxiaoyu. One sign alone is an everyday word."""
    yield name
    if name.isascii() or len(name) < 2:
        return
    family = name[:2] if name[:2] in FAMILY_NAMES_OF_TWO else name[0]
    given, last = name[len(family) :], name[-1]
    if len(given) > 1:
        yield given
    if len(name) > 2 and given != name[-2:]:
        yield name[-2:]
    yield from (last + last, f"小{last}", f"阿{last}")
    if "·" not in name:
        yield from (f"小{family}", f"老{family}", f"{family}某", *(f"{family}{title}" for title in _TITLES))
        sounds = lazy_pinyin(name)
        yield from ("".join(sounds), "".join(sounds[len(family) :] + sounds[: len(family)]))


def _committee(unit: Unit) -> Iterator[Known]:
    if unit.kind == UnitKind.COMMITTEE:
        for said in {unit.name, unit.short_name}:
            if len(said) > 2:
                yield Known(FindingKind.ADDRESS, said, _COMMITTEE)
