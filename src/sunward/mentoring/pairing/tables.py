"""Children and neighbour moms as the engine's columns: read from the files, or from a workbook's rows.

Only numbers leave here, no name: phones are blind indexes cut to integers, persons and units their keys. Columns that
may hold several values per person are numbered (``kin_0``, ``kin_1`` …), 0 meaning none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sunward.matching.terms import Column, Table
from sunward.mentoring.pairing.abilities import MANDARIN

# What is known of a yes or no; "unknown" is a value of its own.
UNKNOWN, NO, YES = -1, 0, 1
ALWAYS = 36_500  # days left of something that does not end
_MOST_SPEECHES = 62  # bits of a column


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What matching knows of a child. `unit` is the sub-district's code, `place` the committee's.

    `kin` are the persons who care for the child, `homes` the households, `phones` every number of the family, `past`
    the mentors with whom it did not go well, `apart` those who were stopped for its safety, `declined`
    those whom a person has rejected of late.
    """

    id: int
    risk: int = 1
    path: str = ""
    unit: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    age: int | None = None
    needs: int = 0
    speech: frozenset[str] = frozenset()
    willing: bool | None = None
    has_basis: bool | None = None  # None: none was ever recorded; False: withdrawn or over
    kin: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()
    phones: tuple[str, ...] = ()
    past: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    declined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MentorFacts:
    """What matching knows of a neighbour mom. `capacity` are her places; `check_days` and `training_days` say for how
    many days more her background check and training hold, 0 if they do not."""

    id: int
    person: int = 0
    unit: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    age: int | None = None
    capacity: int = 1
    taken: int = 0
    is_active: bool = True
    check_days: int = 0
    training_days: int = 0
    skills: int = 0
    work: int = 0
    times: int = 0
    speech: frozenset[str] = frozenset()
    child_ages: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()
    phone: str = ""
    months: int = 0


def tabulate(children: Sequence[ChildFacts], mentors: Sequence[MentorFacts]) -> tuple[Table, Table]:
    """Both sides as columns, in the order given: among equals the first is preferred."""
    bits = number_speeches([*(c.speech for c in children), *(m.speech for m in mentors)])
    return tabulate_children(children, bits), tabulate_mentors(mentors, bits)


def tabulate_children(children: Sequence[ChildFacts], bits: dict[str, int]) -> Table:
    columns = {
        "risk": whole(c.risk for c in children),
        "high_first": whole(int(c.risk >= 3) for c in children),
        "path": text(c.path for c in children),
        "unit": text(c.unit for c in children),
        "place": whole(int(c.place or 0) for c in children),
        "lon": real(c.lon for c in children),
        "lat": real(c.lat for c in children),
        "age": real(c.age for c in children),
        "needs": whole(c.needs for c in children),
        "speech": whole(speech_bits(c.speech, bits) for c in children),
        "willing": whole(answer(c.willing) for c in children),
        "has_basis": whole(answer(c.has_basis) for c in children),
        **spread("kin", [c.kin for c in children]),
        **spread("home", [c.homes for c in children]),
        **spread("phone", [tuple(map(phone_number, c.phones)) for c in children]),
        **spread("past", [c.past for c in children]),
        **spread("apart", [c.apart for c in children]),
        **spread("declined", [c.declined for c in children]),
    }
    return Table(tuple(c.id for c in children), columns)


def tabulate_mentors(mentors: Sequence[MentorFacts], bits: dict[str, int]) -> Table:
    columns = {
        "mentor": whole(m.id for m in mentors),
        "person": whole(m.person for m in mentors),
        "unit": text(m.unit for m in mentors),
        "place": whole(int(m.place or 0) for m in mentors),
        "lon": real(m.lon for m in mentors),
        "lat": real(m.lat for m in mentors),
        "age": real(m.age for m in mentors),
        "capacity": whole(m.capacity for m in mentors),
        "taken": whole(m.taken for m in mentors),
        "is_active": whole(int(m.is_active) for m in mentors),
        "check_days": whole(m.check_days for m in mentors),
        "training_days": whole(m.training_days for m in mentors),
        "skills": whole(m.skills for m in mentors),
        "work": whole(m.work for m in mentors),
        "times": whole(m.times for m in mentors),
        # Everybody here is taken to speak Mandarin: the rosters do not ask it of the volunteers.
        "speech": whole(speech_bits(m.speech | {MANDARIN}, bits) for m in mentors),
        "phone": whole(phone_number(m.phone) for m in mentors),
        "months": whole(m.months for m in mentors),
        **spread("child_age", [tuple(age + 1 for age in m.child_ages) for m in mentors]),
        **spread("home", [m.homes for m in mentors]),
    }
    return Table(tuple(m.id for m in mentors), columns)


def answer(value: bool | None) -> int:
    return UNKNOWN if value is None else YES if value else NO


def number_speeches(spoken: Iterable[frozenset[str]]) -> dict[str, int]:
    """A bit for every language that occurs, Mandarin first and the others by their names."""
    names = sorted(frozenset().union(*spoken) - {MANDARIN})
    return {name: bit for bit, name in enumerate((MANDARIN, *names[: _MOST_SPEECHES - 1]))}


def speech_bits(speech: frozenset[str], bits: dict[str, int]) -> int:
    return sum(1 << bits[name] for name in speech if name in bits)


def phone_number(index: str) -> int:
    """60 bits of a blind index: equal phones meet, nothing can be read back."""
    return int(index[:15], 16) if index else 0


def spread(name: str, lists: Sequence[Sequence[int]]) -> dict[str, Column]:
    """Several values per person as numbered columns; the first always exists."""
    width = max((len(values) for values in lists), default=0) or 1
    return {
        f"{name}_{position}": whole(values[position] if position < len(values) else 0 for values in lists)
        for position in range(width)
    }


def whole(values: Iterable[int]) -> Column:
    return np.fromiter(values, np.int64)


def real(values: Iterable[float | None]) -> Column:
    return np.fromiter((np.nan if value is None else value for value in values), np.float64)


def text(values: Iterable[str]) -> Column:
    return np.array(list(values), dtype=np.str_)
