"""Changing what a person's row says, its blind indexes with it. Nothing is saved here."""

from sunward.people.models import Person
from sunward.people.names import name_key
from sunward.people.registering import PersonDetails, id_index, phone_index


def read_details(person: Person) -> PersonDetails:
    """What a person's row says, sealed values opened: the beginning of a revision."""
    return PersonDetails(
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        id_kind=person.id_kind,
        id_number=person.id_number,
        phone=person.phone,
        address=person.address,
        unit_id=person.unit_id,
        unit_path=person.unit_path,
        lon=person.lon,
        lat=person.lat,
    )


def revise_person(person: Person, details: PersonDetails) -> None:
    """Bring a row to the details, its blind indexes with it. Nothing is saved here."""
    person.name, person.name_key = details.name, name_key(details.name)
    person.sex = details.sex
    person.birth_date, person.birth_precision = details.birth_date, details.birth_precision
    person.id_kind, person.id_number = details.id_kind, details.id_number
    person.id_index = id_index(details.id_number)
    person.phone, person.phone_index = details.phone, phone_index(details.phone)
    person.address = details.address
    person.unit_id, person.unit_path = details.unit_id, details.unit_path
    person.lon, person.lat = details.lon, details.lat
    person.version += 1
