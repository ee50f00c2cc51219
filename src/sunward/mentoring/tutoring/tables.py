"""Pupils and students as the engine's columns. Only numbers leave here, no name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sunward.matching.terms import Table
from sunward.mentoring.pairing.tables import answer, phone_number, spread, text, whole

# Online nobody lives far away: everybody is within everybody's reach.
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """What matching knows of a child that needs help with school work. Masks are those of `abilities`; 0: not noted.

    `had` are the students who tutored the child before and with whom it went well, `past` those with whom it did not.
    """

    id: int
    risk: int = 1
    path: str = ""
    unit: str = ""
    subjects: int = 0
    stage: int = 0
    slots: int = 0
    has_basis: bool | None = None  # None: none was ever recorded; False: withdrawn or over
    kin: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()
    phones: tuple[str, ...] = ()
    had: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    declined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """What matching knows of a student. `major` are the subjects that the field of study knows about."""

    id: int
    person: int = 0
    capacity: int = 1
    taken: int = 0
    is_active: bool = True
    check_days: int = 0
    training_days: int = 0
    subjects: int = 0
    stages: int = 0
    slots: int = 0
    major: int = 0
    homes: tuple[int, ...] = ()
    phone: str = ""


def tabulate(pupils: Sequence[PupilFacts], students: Sequence[StudentFacts]) -> tuple[Table, Table]:
    """Both sides as columns, in the order given: among equals the first is preferred."""
    return tabulate_pupils(pupils), tabulate_students(students)


def tabulate_pupils(pupils: Sequence[PupilFacts]) -> Table:
    columns = {
        "risk": whole(p.risk for p in pupils),
        "high_first": whole(int(p.risk >= 3) for p in pupils),
        "path": text(p.path for p in pupils),
        "unit": text(p.unit for p in pupils),
        ONLINE: text(ONLINE for _ in pupils),
        "subjects": whole(p.subjects for p in pupils),
        "stage": whole(p.stage for p in pupils),
        "slots": whole(p.slots for p in pupils),
        "has_basis": whole(answer(p.has_basis) for p in pupils),
        **spread("kin", [p.kin for p in pupils]),
        **spread("home", [p.homes for p in pupils]),
        **spread("phone", [tuple(map(phone_number, p.phones)) for p in pupils]),
        **spread("had", [p.had for p in pupils]),
        **spread("past", [p.past for p in pupils]),
        **spread("declined", [p.declined for p in pupils]),
    }
    return Table(tuple(p.id for p in pupils), columns)


def tabulate_students(students: Sequence[StudentFacts]) -> Table:
    columns = {
        "mentor": whole(s.id for s in students),
        "person": whole(s.person for s in students),
        ONLINE: text(ONLINE for _ in students),
        "capacity": whole(s.capacity for s in students),
        "taken": whole(s.taken for s in students),
        "is_active": whole(int(s.is_active) for s in students),
        "check_days": whole(s.check_days for s in students),
        "training_days": whole(s.training_days for s in students),
        "subjects": whole(s.subjects for s in students),
        "stages": whole(s.stages for s in students),
        "slots": whole(s.slots for s in students),
        "major": whole(s.major for s in students),
        "phone": whole(phone_number(s.phone) for s in students),
        **spread("home", [s.homes for s in students]),
    }
    return Table(tuple(s.id for s in students), columns)
