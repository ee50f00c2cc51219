"""What a row about a person means for every programme: who it is, where she lives, who is known already."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sunward.people.enums import Precision
from sunward.people.queries import find_by_id_index, find_by_name_and_phone
from sunward.people.registering import PersonDetails, id_indexes, phone_indexes
from sunward.registers.intake import Known, Place, Taken, Values
from sunward.registers.normalise.text import split_list

NUMBER_MISFITS = "number_misfits"


def refuse_misfit(kind: str) -> Taken:
    """For a row whose document number is that of somebody with another name: a slip, or a guess."""
    return Taken(kind, 0, is_new=False, refused=NUMBER_MISFITS)


def text(values: Values, key: str, most: int) -> str:
    return str(values.get(key) or "")[:most]


def words(values: Values, key: str) -> list[str]:
    """A list as it stands; a text is taken apart at its commas."""
    found = values.get(key)
    if not found:
        return []
    return list(split_list(found)) if isinstance(found, str) else [str(word) for word in found]


def day(written: object) -> date | None:
    """A day; the first of the month where only the month is known."""
    if not isinstance(written, str) or not written:
        return None
    return date.fromisoformat(
        written if len(written) == 10 else f"{written}-01"[:10] if len(written) == 7 else f"{written}-01-01"
    )


def precision(written: object) -> str:
    length = len(written) if isinstance(written, str) else 10
    return {4: Precision.YEAR, 7: Precision.MONTH}.get(length, Precision.DAY)


def place_of(values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
    """The committee where it is known, else the sub-district, else the unit that brought the row."""
    for key in ("neighbourhood_code", "subdistrict_code"):
        if found := places.get(str(values.get(key) or "")):
            return found
    return home


def person_of(values: Values, place: Place) -> PersonDetails:
    born = values.get("birth_date")
    return PersonDetails(
        name=text(values, "name", 80),
        sex=text(values, "sex", 1),
        birth_date=day(born),
        birth_precision=precision(born),
        id_kind=text(values, "id_type", 24),
        id_number=text(values, "id_number", 40),
        phone=text(values, "phone", 40),
        address=text(values, "address", 200),
        unit_id=place.unit_id,
        unit_path=place.path,
    )


def find_people(
    keys: Sequence[tuple[str, ...]], *, through: "QuerySet[Any]", programme: str
) -> dict[tuple[str, ...], Known]:
    """Records of `through` whose person, one of the programme's, has one of the keys: ``(number,)``, ``(name, phone)``.

    By blind indexes alone; two queries.
    """
    single = [key for key in keys if len(key) == 1]
    double = [key for key in keys if len(key) == 2]
    by_number = dict(zip(id_indexes(key[0] for key in single), single, strict=True))
    phones = phone_indexes(key[1] for key in double)
    by_phone = {(key[0], phone): key for key, phone in zip(double, phones, strict=True)}
    found: dict[tuple[str, ...], int] = {}
    if by_number:
        of_number = find_by_id_index(filter(None, by_number), programme=programme)
        found |= {by_number[index]: person for index, person in of_number.items()}
    if by_phone:
        of_phone = find_by_name_and_phone(by_phone, programme=programme)
        found |= {by_phone[pair]: person for pair, person in of_phone.items()}
    rows = through.filter(person__in=set(found.values())).values_list(
        "pk", "person_id", "person__name", "unit_path", "person__id_index", "person__phone_index"
    )
    kind = through.model._meta.model_name or ""
    records = {
        person: Known(kind, record, name, path, what_it_has(name=True, id_number=number, phone=phone))
        for record, person, name, path, number, phone in rows
    }
    return {key: records[person] for key, person in found.items() if person in records}


def what_it_has(**held: object) -> frozenset[str]:
    return frozenset(name for name, value in held.items() if value)
