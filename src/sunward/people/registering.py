"""Making persons: normalised values in, a row with its blind indexes and pseudonym out. Nothing is saved here."""

import base64
import secrets
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sunward.core.sealing import blind_index, blind_indexes
from sunward.people.enums import Precision
from sunward.people.models import Person
from sunward.people.names import name_key

# Crockford's signs: no I, L, O, U. 55 bits are room enough for a million persons.
_PSEUDONYM_SIGNS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_PSEUDONYM_LENGTH = 11


class PersonDetails(NamedTuple):
    """A person as read and normalised; a tuple, for an import makes two of each row.

    `phone` is E.164, `id_number` 18 characters or a passport number.
    """

    name: str
    sex: str = ""
    birth_date: date | None = None
    birth_precision: str = Precision.DAY
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    lon: float | None = None
    lat: float | None = None


def id_index(number: str) -> str | None:
    """The blind index of a document number; None if there is none, so that the unique column allows many."""
    return blind_index(number.upper(), purpose="people.id_number") if number else None


def phone_index(phone: str) -> str:
    return blind_index(phone, purpose="people.phone") if phone else ""


def id_indexes(numbers: Iterable[str]) -> list[str | None]:
    """`id_index` of many."""
    return [index or None for index in blind_indexes((n.upper() for n in numbers), purpose="people.id_number")]


def phone_indexes(phones: Iterable[str]) -> list[str]:
    """`phone_index` of many."""
    return blind_indexes(phones, purpose="people.phone")


def build_person(details: PersonDetails, *, programme: str) -> Person:
    return Person(
        programme=programme,
        name=details.name,
        name_key=name_key(details.name),
        sex=details.sex,
        birth_date=details.birth_date,
        birth_precision=details.birth_precision,
        id_kind=details.id_kind,
        id_number=details.id_number,
        id_index=id_index(details.id_number),
        phone=details.phone,
        phone_index=phone_index(details.phone),
        address=details.address,
        unit_id=details.unit_id,
        unit_path=details.unit_path,
        lon=details.lon,
        lat=details.lat,
        pseudonym=new_pseudonyms(1)[0],
    )


def new_pseudonyms(count: int) -> list[str]:
    """Stand-ins for names that say nothing about the person: 葵 (sunflower) and random letters and digits."""
    needed = count * _PSEUDONYM_LENGTH
    # Five bytes make eight signs.
    signs = base64.b32encode(secrets.token_bytes(-(-needed // 8) * 5)).translate(_PSEUDONYM_SIGNS).decode("ascii")
    return [f"葵{signs[start : start + _PSEUDONYM_LENGTH]}" for start in range(0, needed, _PSEUDONYM_LENGTH)]
