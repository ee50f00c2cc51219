"""A full district, all synthetic: files, mentors, matches, service records and a million facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.db import models, transaction

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.accounts.units import load_district
from sunward.casework.enums import AssessmentState, FollowUpKind, FollowUpState, RiskLevel
from sunward.casework.models import Case, FollowUp, Need, RiskAssessment, ServiceRecord
from sunward.core.search.index import Findable, index
from sunward.ledger.models import Fact
from sunward.mentoring.models import ChildProfile, Match, Mentor, VettingFact
from sunward.people.models import Person
from sunward.people.registering import PersonDetails, build_person
from sunward.web.demo.people import Committee, PersonMaker

BATCH = 2000
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the district is to be."""

    children: int = 20_000
    mentors: int = 5_000
    facts: int = 1_000_000


def fill(size: Size, *, on: date) -> None:
    """Fill an empty, migrated database."""
    random, now = Random(1), datetime.now(UTC)
    load_district()
    committees = list(Unit.objects.filter(kind=UnitKind.COMMITTEE).order_by("code"))
    _make_users(on)
    people = PersonMaker(random, (Committee("", ""),))
    cases = _fill_children(size.children, committees, people, random, on)
    fill_assessments(cases, random, on)
    fill_follow_ups(cases, random, on)
    mentors = _fill_mentors(size.mentors, committees, people, random, on, now)
    _fill_matches(cases, mentors, random, on)
    _fill_records(cases, random, on, now)
    _fill_facts(size.facts, cases, random, on, now)


def _make_users(on: date) -> None:
    posts = (
        ("officer", Role.DISTRICT_OFFICER, "310110"),
        ("supervisor", Role.SUPERVISOR, "310110016"),
        ("leader", Role.LEADER, "310110"),
    )
    for username, role, code in posts:
        user = User.objects.create(username=username, name=username)
        Assignment.objects.create(
            user=user, role=role, unit=Unit.objects.get(code=code), from_on=on - timedelta(days=30)
        )


def _persons(count: int, committees: list[Unit], make: Callable[[], Any], random: Random) -> Iterator[Person]:
    for _ in range(count):
        made, unit = make(), random.choice(committees)
        yield build_person(
            PersonDetails(
                name=made.name, sex=made.sex, birth_date=made.birth, id_kind="resident_id", id_number=made.number,
                phone=f"+86{made.phone}", unit_id=unit.pk, unit_path=unit.path,
            ),
            programme="mentoring",
        )  # fmt: skip


def _fill_children(count: int, committees: list[Unit], people: PersonMaker, random: Random, on: date) -> list[Case]:
    persons = _insert(Person, _persons(count, committees, lambda: people.child(on), random))
    cases = _insert(
        Case,
        (
            Case(
                programme="mentoring", person=person, unit_id=person.unit_id, unit_path=person.unit_path,
                risk_level=random.choices((3, 2, 1), (10, 30, 60))[0],
                opened_on=on - timedelta(days=random.randint(1, 900)),
                last_contact_on=on - timedelta(days=random.randint(0, 120)) if random.random() < 0.8 else None,
            )
            for person in persons
        ),
    )  # fmt: skip
    _insert(
        ChildProfile,
        (
            ChildProfile(case=case, guardianship="absent", hardship="left_behind", willing_to_pair=True)
            for case in cases
        ),
    )
    _insert(Need, (Need(case=case, kind="tutoring", from_on=case.opened_on) for case in cases))
    _index("child", cases)
    return cases


def fill_assessments(cases: list[Case], random: Random, on: date) -> None:
    """Every file's level with its reason; a few emergencies stand, a few lower levels wait for a second person."""
    officer = User.objects.get(username="officer")

    def assess(case: Case) -> RiskAssessment:
        return RiskAssessment(
            case=case, level=case.risk_level, reason="走访评估", assessed_on=case.opened_on, assessed_by=officer,
            decided_on=case.opened_on, is_emergency=case.risk_level == RiskLevel.HIGH and random.random() < 0.01,
        )  # fmt: skip

    _insert(RiskAssessment, (assess(case) for case in cases), keep=False)
    lower = (case for case in cases if case.risk_level == RiskLevel.MEDIUM and random.random() < 0.05)
    _insert(
        RiskAssessment,
        (
            RiskAssessment(
                case=case, level=RiskLevel.LOW, reason="家庭情况好转", assessed_on=on - timedelta(days=3),
                assessed_by=None, state=AssessmentState.PROPOSED,
            )
            for case in lower
        ),
        keep=False,
    )  # fmt: skip


def fill_follow_ups(cases: list[Case], random: Random, on: date) -> None:
    """Three of every file: most of them done, a tenth still due."""

    def promise(case: Case) -> FollowUp:
        due_on, is_due = on + timedelta(days=random.randint(-200, 30)), random.random() < 0.1
        return FollowUp(
            case=case, kind=random.choice(FollowUpKind.values), due_on=due_on, role=Role.WORKER,
            state=FollowUpState.DUE if is_due else FollowUpState.DONE, done_on=None if is_due else due_on,
        )  # fmt: skip

    _insert(FollowUp, (promise(case) for case in cases for _ in range(3)), keep=False)


def _fill_mentors(
    count: int, committees: list[Unit], people: PersonMaker, random: Random, on: date, now: datetime
) -> list[Mentor]:
    persons = _insert(Person, _persons(count, committees, lambda: people.woman(on), random))
    mentors = _insert(
        Mentor,
        (
            Mentor(person=person, unit_id=person.unit_id, unit_path=person.unit_path, capacity=random.choice((1, 1, 2)))
            for person in persons
        ),
    )
    _insert(VettingFact, _vetting(mentors, random, on, now))
    _index("mentor", mentors)
    return mentors


def _vetting(mentors: list[Mentor], random: Random, on: date, now: datetime) -> Iterator[VettingFact]:
    for mentor in mentors:
        checked = on - timedelta(days=random.randint(1, 370))
        yield VettingFact(
            mentor=mentor, kind="background_check", result="clear", happened_on=checked,
            expires_on=checked + timedelta(days=365), recorded_at=now,
        )  # fmt: skip
        yield VettingFact(mentor=mentor, kind="training", result="clear", happened_on=checked, recorded_at=now)


def _fill_matches(cases: list[Case], mentors: list[Mentor], random: Random, on: date) -> None:
    pairs = zip(random.sample(cases, len(mentors) // 2), mentors, strict=False)
    _insert(
        Match,
        (
            Match(
                case=case, mentor=mentor, unit_path=case.unit_path, state="active", proposed_on=on - timedelta(days=90),
                active_from_on=on - timedelta(days=60),
            )
            for case, mentor in pairs
        ),
    )  # fmt: skip


def _fill_records(cases: list[Case], random: Random, on: date, now: datetime) -> None:
    _insert(
        ServiceRecord,
        (
            ServiceRecord(
                case=case, kind="home_visit", happened_on=on - timedelta(days=random.randint(0, 300)), minutes=45,
                outcome="made", recorded_at=now, unit_path=case.unit_path,
            )
            for case in cases
            for _ in range(5)
        ),
    )  # fmt: skip


def _fill_facts(count: int, cases: list[Case], random: Random, on: date, now: datetime) -> None:
    _insert(
        Fact,
        (
            Fact(
                kind="mentoring.visit_made", subject_kind="case", subject_id=case.pk, person_id=case.person_id,
                unit_id=case.unit_id, unit_path=case.unit_path,
                happened_on=on - timedelta(days=random.randint(0, 1000)),
                recorded_at=now,
            )
            for case in (cases[number % len(cases)] for number in range(count))
        ),
        keep=False,
    )  # fmt: skip


def _index(kind: str, rows: list[Any]) -> None:
    found = (Findable(kind, row.pk, row.unit_path, row.person.name, row.reference) for row in rows)
    while batch := list(islice(found, BATCH)):
        index(batch)


def _insert(model: type[Row], rows: Iterator[Row], *, keep: bool = True) -> list[Row]:
    """Insert in batches; memory holds the rows only if they are kept."""
    kept: list[Row] = []
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            model._default_manager.bulk_create(batch)
        if keep:
            kept += batch
    return kept
