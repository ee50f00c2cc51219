"""Builders of test data: each makes one valid thing, and a test names only what it is about.

Document numbers use the order codes 900-999 and phones have 00 as digits 4 and 5, as all synthetic data of the project.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case
from sunward.mentoring.enums import MatchState, MentorKind, VettingKind, VettingResult
from sunward.mentoring.models import ChildProfile, Match, Mentor, VettingFact
from sunward.people.enums import IdKind
from sunward.people.models import Guardianship, Person
from sunward.people.registering import PersonDetails, build_person

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
_numbers = count(1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(birth: date, *, order: int = 900, region: str = "310110") -> str:
    """A synthetic number with a right check character (GB 11643, MOD 11-2); an even order is female."""
    body = f"{region}{birth:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def make_unit(code: str, *, parent: Unit | None = None, kind: UnitKind | None = None, name: str = "") -> Unit:
    """A unit; its kind follows from the length of its code unless it is given."""
    kinds = {6: UnitKind.DISTRICT, 9: UnitKind.SUBDISTRICT, 12: UnitKind.COMMITTEE}
    unit, _created = Unit.objects.get_or_create(
        code=code,
        defaults={
            "name": name or code,
            "short_name": name or code,
            "kind": kind or kinds[len(code)],
            "parent": parent,
            "path": f"{parent.path if parent else '/'}{code}/",
        },
    )
    return unit


def make_district() -> Unit:
    return make_unit("310110", name="杨浦区")


def make_subdistrict(code: str = "310110012", *, name: str = "控江路街道") -> Unit:
    return make_unit(code, parent=make_district(), name=name)


def make_committee(code: str = "310110012001", *, name: str = "第一居委会", subdistrict: Unit | None = None) -> Unit:
    return make_unit(code, parent=subdistrict or make_subdistrict(code[:9]), name=name)


def make_user(username: str = "", *, name: str = "", password: str | None = None) -> User:
    number = next(_numbers)
    return User.objects.create_user(username or f"user{number}", password=password, name=name or f"工作人员{number}")


def give_post(
    user: User, role: Role, unit: Unit, *, from_on: date = TODAY - timedelta(days=365), until_on: date | None = None
) -> Assignment:
    return Assignment.objects.create(user=user, role=role, unit=unit, from_on=from_on, until_on=until_on)


def make_officer(role: Role = Role.DISTRICT_OFFICER, unit: Unit | None = None, **user: str) -> User:
    """A user with one current post; the whole district unless a unit is given."""
    person = make_user(**user)
    give_post(person, role, unit or make_district())
    return person


def actor_of(user: User, *, on: date = TODAY) -> Actor:
    return read_actor(user, on=on)


def make_person(
    name: str = "",
    *,
    unit: Unit | None = None,
    birth: date = date(2014, 5, 6),
    sex: str = "F",
    with_id: bool = True,
    phone: str = "",
    programme: str = "mentoring",
) -> Person:
    number = next(_numbers)
    unit = unit or make_committee()
    order = 900 + (number * 2 + (0 if sex == "F" else 1)) % 100
    person = build_person(
        PersonDetails(
            name=name or f"测试{number}",
            sex=sex,
            # The day moves on, so that no two synthetic numbers are alike however many are made.
            birth_date=birth + timedelta(days=number // 50 % 300),
            id_kind=IdKind.RESIDENT_ID if with_id else "",
            id_number=resident_id(birth + timedelta(days=number // 50 % 300), order=order) if with_id else "",
            phone=phone or f"+861380000{number % 10000:04d}"[:14],
            unit_id=unit.pk,
            unit_path=unit.path,
        ),
        programme=programme,
    )
    person.save()
    return person


def make_child(
    name: str = "",
    *,
    unit: Unit | None = None,
    risk: RiskLevel = RiskLevel.LOW,
    opened_on: date = TODAY - timedelta(days=10),
    willing: bool | None = True,
    birth: date = date(2014, 5, 6),
) -> Case:
    """An open file of Neighbour Mom with its profile."""
    person = make_person(name, unit=unit, birth=birth)
    case = Case.objects.create(
        programme="mentoring",
        person=person,
        unit=person.unit,
        unit_path=person.unit_path,
        risk_level=risk,
        opened_on=opened_on,
    )
    ChildProfile.objects.create(case=case, willing_to_pair=willing)
    return case


def make_known(person: Person) -> Person:
    """Neighbour Mom knows this person as somebody who cares for a child; by the unit alone nobody is known."""
    Guardianship.objects.create(child=make_child(unit=person.unit).person, guardian=person)
    return person


def make_jobseeker(
    name: str = "", *, unit: Unit | None = None, person: Person | None = None, birth: date = date(1998, 5, 6)
) -> Case:
    """An open file of Leye Space, of somebody new, or of a row that is there: of two programmes then, as none is."""
    person = person or make_person(name, unit=unit, birth=birth, programme="employment")
    home = unit or person.unit
    return Case.objects.create(
        programme="employment", person=person, unit=home, unit_path=home.path if home else "", opened_on=TODAY
    )


def make_mentor(
    name: str = "",
    *,
    unit: Unit | None = None,
    capacity: int = 1,
    user: User | None = None,
    kind: MentorKind = MentorKind.MOTHER,
    vetted: bool = True,
    vetted_on: date = TODAY - timedelta(days=60),
) -> Mentor:
    """An active mentor; vetted means a clear background check of twelve months and a training."""
    person = make_person(name, unit=unit, birth=date(1982, 3, 4))
    mentor = Mentor.objects.create(
        person=person,
        user=user,
        unit=person.unit,
        unit_path=person.unit_path,
        kind=kind,
        capacity=capacity,
        joined_on=date(2024, 1, 1),
    )
    if vetted:
        add_vetting(mentor, VettingKind.BACKGROUND_CHECK, on=vetted_on, expires_on=vetted_on + timedelta(days=365))
        add_vetting(mentor, VettingKind.TRAINING, on=vetted_on)
    return mentor


def add_vetting(
    mentor: Mentor,
    kind: VettingKind,
    *,
    on: date,
    expires_on: date | None = None,
    result: VettingResult = VettingResult.CLEAR,
) -> VettingFact:
    return VettingFact.objects.create(
        mentor=mentor, kind=kind, result=result, happened_on=on, expires_on=expires_on, recorded_at=NOW
    )


def make_match(
    case: Case, mentor: Mentor, *, state: MatchState = MatchState.ACTIVE, ended_on: date | None = None
) -> Match:
    """A match put straight into a state, for tests that are not about how it got there."""
    return Match.objects.create(
        case=case,
        mentor=mentor,
        unit_path=case.unit_path,
        state=state,
        proposed_on=TODAY - timedelta(days=40),
        trial_from_on=TODAY - timedelta(days=30),
        trial_until_on=TODAY + timedelta(days=30),
        active_from_on=TODAY - timedelta(days=30) if state == MatchState.ACTIVE else None,
        agreement_signed_on=TODAY - timedelta(days=30) if state != MatchState.PROPOSED else None,
        handover_until_on=TODAY + timedelta(days=14) if state == MatchState.HANDOVER else None,
        ended_on=ended_on or (TODAY if state == MatchState.CLOSED else None),
    )
