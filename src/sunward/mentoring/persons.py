"""Whom Neighbour Mom knows besides the children: who cares for them, who lives with them, who volunteers."""

from django.db.models import Exists, OuterRef, Q

from sunward.accounts.scopes import below
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.models import Mentor
from sunward.people.models import Guardianship, HouseholdMember
from sunward.safeguarding.models import TemporaryCare


def kin(column: str, paths: tuple[str, ...] | None) -> Q:
    """Rows whose person is one of them; of a unit are those who live there, wherever the child's file lies.

    Whoever cared for a child once stays known: what was written to her is there.
    """
    person = OuterRef(f"{column}pk")
    child = {"child__cases__programme": PROGRAMME}
    known = Q(Exists(Guardianship.objects.filter(guardian=person, **child)))
    known |= Q(Exists(HouseholdMember.objects.filter(_home_of_a_child(), person=person)))
    known |= Q(Exists(Mentor.objects.filter(person=person)))
    known |= Q(Exists(TemporaryCare.objects.filter(carer=person)))
    return known if paths is None else known & below(paths, f"{column}unit_path")


def _home_of_a_child() -> Q:
    return Q(household__members__person__cases__programme=PROGRAMME)
