"""What is known around a jobseeker's file and may not stand in a story that leaves it."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, User
from sunward.accounts.scopes import above
from sunward.casework.models import Case
from sunward.employment.models import Employer, Placement
from sunward.employment.vacancies.likeness import employer_core
from sunward.people.models import Person
from sunward.people.screening import FindingKind, Known
from sunward.people.screening.known import list_known_of, name_forms

# Written into Chinese text, in whatever language the page is read.
_PERSON, _FAMILY, _OFFICER, _EMPLOYER, _UNIT = "本人", "家人", "工作人员", "某单位", "所在社区"
# A shorter name of a firm or a unit is an everyday word.
_SHORTEST = 3


def list_known(case: Case, *, called: str, on: date) -> tuple[Known, ...]:
    """Names, homes and numbers of the person and of who lives there; officers, employers and units by name.

    Also of the rows that turned out to be the same person: under those names somebody knew them. In the place of the
    person's name stands the other one by which the story calls them, `called`, unless that gives them away itself.
    """
    found: list[Known] = []
    own = list(Person.objects.filter(Q(pk=case.person_id) | Q(merged_into=case.person_id)))
    forms = {form for person in own for form in name_forms(person.name)}
    for person in own:
        found += list_known_of(person, _PERSON if called in forms else called)
    homes = case.person.memberships.filter(Q(until_on=None) | Q(until_on__gt=on)).values("household")
    family = Person.objects.filter(memberships__household__in=homes).exclude(pk=case.person_id).distinct()
    for person in family:
        found += list_known_of(person, _FAMILY)
    for name in _officers(case):
        found += [Known(FindingKind.NAME, form, _OFFICER) for form in name_forms(name)]
    found += _employers(case)
    found += _units(case)
    return tuple(found)


def _officers(case: Case) -> list[str]:
    """Whoever was in charge, wrote on the file, or holds or held a post that keeps it."""
    around = Assignment.objects.filter(role=Role.EMPLOYMENT_OFFICER, unit__path__in=above((case.unit_path,)))
    known = User.objects.filter(
        Q(pk__in=around.values("user"))
        | Q(pk__in=case.officers.values("officer"))
        | Q(pk__in=case.service_records.values("by"))
        | Q(pk__in=Placement.objects.filter(case=case).values("recorded_by"))
    )
    return [name for name in known.values_list("name", flat=True) if len(name) > 1]


def _employers(case: Case) -> Iterator[Known]:
    """Where the person works or worked, and where a vacancy was offered."""
    placed = Placement.objects.filter(case=case)
    offered = case.recommendations.values("vacancy__employer")
    names = [
        *placed.values_list("employer_name", flat=True),
        *Employer.objects.filter(Q(pk__in=placed.values("employer")) | Q(pk__in=offered)).values_list(
            "name", flat=True
        ),
    ]  # fmt: skip
    for name in dict.fromkeys(names):
        for form in dict.fromkeys((name.strip(), employer_core(name))):
            if len(form) >= _SHORTEST:
                yield Known(FindingKind.EMPLOYER, form, _EMPLOYER)


def _units(case: Case) -> Iterator[Known]:
    """The committee and the sub-district, not the district: its stories are read in all of it."""
    paths = above((case.unit_path,))[1:]
    said: Iterable[tuple[str, str]] = Unit.objects.filter(path__in=paths).values_list("name", "short_name")
    for name in dict.fromkeys(one for pair in said for one in pair):
        if len(name) >= _SHORTEST:
            yield Known(FindingKind.ADDRESS, name, _UNIT)
