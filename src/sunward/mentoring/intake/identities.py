"""Who of the rows' persons has a file of the same kind already, found by blind indexes alone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sunward.people.queries import find_by_id_index, find_by_name_and_phone
from sunward.people.registering import id_indexes, phone_indexes
from sunward.registers.intake import Known


def find_people(keys: Sequence[tuple[str, ...]], *, through: "QuerySet[Any]") -> dict[tuple[str, ...], Known]:
    """Records of `through` whose person has one of the keys: ``(number,)``, or ``(name, phone)``. Two queries."""
    single = [key for key in keys if len(key) == 1]
    double = [key for key in keys if len(key) == 2]
    by_number = dict(zip(id_indexes(key[0] for key in single), single, strict=True))
    phones = phone_indexes(key[1] for key in double)
    by_phone = {(key[0], phone): key for key, phone in zip(double, phones, strict=True)}
    found: dict[tuple[str, ...], int] = {}
    if by_number:
        found |= {by_number[index]: person for index, person in find_by_id_index(filter(None, by_number)).items()}
    if by_phone:
        found |= {by_phone[pair]: person for pair, person in find_by_name_and_phone(by_phone).items()}
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
