"""Finding persons by their blind indexes, and showing the pairs that may be one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q
from django.utils.functional import Promise

from sunward.accounts.access import Actor
from sunward.people.access import visible_duplicates
from sunward.people.enums import DuplicateState
from sunward.people.lookalikes import SIGNS
from sunward.people.merging import can_be_taken_back
from sunward.people.models import Person, PossibleDuplicate


def find_by_id_index(indexes: Iterable[str], *, programme: str) -> dict[str, int]:
    """Whom of its persons a programme knows by these document numbers: index to person, a merged row answered by the
    one that stayed. One query."""
    found = Person.objects.filter(id_index__in=set(indexes), programme=programme)
    return {str(index): merged or own for index, merged, own in found.values_list("id_index", "merged_into_id", "id")}


def names_of(ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Every name under which a person is known: the own one, and those of the rows that were merged into it."""
    names: dict[int, frozenset[str]] = {}
    wanted = set(ids)
    rows = Person.objects.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted))
    for own, merged, name in rows.values_list("id", "merged_into_id", "name"):
        names[merged or own] = names.get(merged or own, frozenset()) | {name}
    return names


def find_by_name_and_phone(
    keys: Collection[tuple[str, str]], *, programme: str, living_in: str = ""
) -> dict[tuple[str, str], int]:
    """The same by names with phones, ``(name, index of the phone)``; the one known first. One query.

    `living_in`: only those of this path. A name and a phone are no secret among neighbours, and prove nobody.
    """
    # The phone alone is asked for: both together make SQLite try every name with every phone.
    found = Person.objects.filter(phone_index__in={phone for _name, phone in keys}, programme=programme)
    if living_in:
        found = found.filter(unit_path__startswith=living_in)
    rows = found.order_by("-id").values_list("name", "phone_index", "merged_into_id", "id")
    return {(name, phone): merged or own for name, phone, merged, own in rows if (name, phone) in keys}


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two, as shown side by side."""

    person_id: int
    unit_path: str
    name: str
    sex: str
    birth_date: date | None
    unit_name: str
    has_number: bool
    has_phone: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for or against, in words, with what it is worth."""

    code: str
    word: str | Promise
    points: int

    @property
    def tone(self) -> Literal["good", "warn"]:
        return "warn" if self.points > 0 else "good"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons who may be one, and the signs that say so."""

    id: int
    first: Half
    second: Half
    points: int
    signs: tuple[Sign, ...]
    can_be_taken_back: bool = False


def list_duplicates(actor: Actor, *, most: int = 50) -> tuple[Pair, ...]:
    """The open pairs, the surest first."""
    found = (
        visible_duplicates(actor)
        .filter(state=DuplicateState.OPEN)
        .select_related("first__unit", "second__unit")
        .order_by("-points", "id")[:most]
    )
    return tuple(_show(pair) for pair in found)


def _show(pair: PossibleDuplicate) -> Pair:
    return Pair(
        pair.pk, _half(pair.first), _half(pair.second), pair.points,
        tuple(Sign(code, SIGNS.get(code, code), points) for code, points in pair.reasons),
        can_be_taken_back(pair.first.programme),
    )  # fmt: skip


def _half(person: Person) -> Half:
    return Half(
        person_id=person.pk,
        unit_path=person.unit_path,
        name=person.name,
        sex=person.get_sex_display() if person.sex else "",
        birth_date=person.birth_date,
        unit_name=person.unit.name if person.unit else "",
        has_number=bool(person.id_index),
        has_phone=bool(person.phone_index),
    )
