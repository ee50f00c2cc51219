"""How old somebody is on the gathering's day, and what follows for a place."""

from datetime import date

from sunward.gatherings.enums import Audience, Part
from sunward.gatherings.models import Gathering, SignUp
from sunward.people.models import Person

# Majority (Civil Code, art. 17).
FULL_AGE = 18
CHILD_AUDIENCES = (Audience.CHILDREN, Audience.PAIRS)


def age_of(person: Person | None, guest_age: int | None, *, on: date | None) -> int | None:
    if person is None:
        return guest_age
    return person.age_on(on) if on else None


def counts_as_child(age: int | None, part: str, audience: str) -> bool:
    """Of unknown age, whoever comes as a participant to a gathering of children is taken for one."""
    if age is not None:
        return age < FULL_AGE
    return part != Part.ADULT and audience in CHILD_AUDIENCES


def is_child(sign_up: SignUp, gathering: Gathering) -> bool:
    """Reads `person`: fetch it along."""
    age = age_of(sign_up.person, sign_up.guest_age, on=gathering.begins_on)
    return counts_as_child(age, sign_up.part, gathering.audience)
