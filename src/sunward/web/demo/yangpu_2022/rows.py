"""Rows and facts many at once, where an act for each would take minutes: as the acts write them, to the column."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.employment.access.vacancies import VACANCY_SUBJECT
from sunward.employment.actions.placements import PLACED, PLACEMENT_SUBJECT, NewWork
from sunward.employment.actions.vacancies import VERIFIED
from sunward.employment.actions.vacancy_adding import ADDED, VacancyDetails, read_pay
from sunward.employment.enums import BoothState, VacancyState
from sunward.employment.models import Booth, BoothVacancy, ClientTag, Employer, Placement, Vacancy, VacancySource
from sunward.employment.vacancies.findings import find_in_wording
from sunward.employment.vacancies.industry_groups import group_of
from sunward.gatherings.enums import CheckedInBy, Presence, SignedUpBy, SignUpState
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp
from sunward.gatherings.recording import head_fact, what_tells_apart
from sunward.gatherings.tokens import new_codes
from sunward.ledger.actions import NewFact, record_many
from sunward.people.registering import phone_index


def place_many(work: Sequence[tuple[Case, NewWork]], *, actor: Actor, now: datetime) -> None:
    """As `record_placement` for each."""
    tags: dict[int, list[ClientTag]] = defaultdict(list)
    for tag in ClientTag.objects.filter(case__in=[case.pk for case, _new in work]):
        tags[tag.case_id].append(tag)
    numbers, uids = list(reserve_ids(Placement, len(work))), new_uids(len(work))
    insert_rows(
        Placement,
        ("id", "uid", "case_id", "employer_name", "title", "kind", "basis", "started_on", "unit_path",
         "recorded_by_id", "recorded_at"),
        [
            (number, uid, case.pk, new.employer_name, new.title, new.kind, new.basis, new.started_on, case.unit_path,
             actor.user_id, now)
            for number, uid, (case, new) in zip(numbers, uids, work, strict=True)
        ],
    )  # fmt: skip
    record_many(
        [
            NewFact(
                kind=PLACED, subject_kind=PLACEMENT_SUBJECT, subject_id=number, happened_on=new.started_on,
                actor_id=actor.user_id, person_id=case.person_id, unit_id=case.unit_id, unit_path=case.unit_path,
                attributes={
                    "programme": case.programme, "kind": str(new.kind), "basis": str(new.basis), "recommended": 0,
                    **_counted_by(tags[case.pk], new.started_on),
                },
            )
            for number, (case, new) in zip(numbers, work, strict=True)
        ],
        now=now,
    )  # fmt: skip


def _counted_by(tags: Sequence[ClientTag], day: date) -> dict[str, bool]:
    held = {tag.kind for tag in tags if tag.from_on <= day and (tag.until_on is None or tag.until_on >= day)}
    return {f"tag_{kind}": True for kind in sorted(held)}


@dataclass(frozen=True, slots=True)
class Told:
    """A vacancy of an employer, and until when somebody answers for it."""

    employer: Employer
    details: VacancyDetails
    until: date


def open_many(told: Sequence[Told], *, unit: Unit, actor: Actor, on: date, now: datetime) -> list[int]:
    """As `add_vacancy` and `verify_vacancy` for each, where nothing is found in its wording; their numbers."""
    if any(find_in_wording(one.details.title, one.details.description) for one in told):
        raise AssertionError("an example's wording is held")
    numbers = list(reserve_ids(Vacancy, len(told)))
    rows = [
        _vacancy(number, uid, one, unit, actor, on, now)
        for number, uid, one in zip(numbers, new_uids(len(told)), told, strict=True)
    ]
    insert_rows(Vacancy, tuple(rows[0]), [tuple(row.values()) for row in rows])
    insert_rows(
        VacancySource,
        ("vacancy_id", "channel", "title", "salary_text", "told_at"),
        [
            (number, one.details.channel, one.details.title, one.details.salary_text, now)
            for number, one in zip(numbers, told, strict=True)
        ],
    )
    facts: list[NewFact] = []
    for number, one in zip(numbers, told, strict=True):
        group = group_of(one.employer.industry)
        added = {"channel": one.details.channel} | ({"industry": group.value} if group else {})
        for kind, attributes in ((ADDED, added), (VERIFIED, {"days": (one.until - on).days})):
            facts.append(
                NewFact(
                    kind=kind, subject_kind=VACANCY_SUBJECT, subject_id=number, happened_on=on,
                    actor_id=actor.user_id, unit_id=unit.pk, unit_path=unit.path, attributes=attributes,
                )
            )  # fmt: skip
    record_many(facts, now=now)
    return numbers


def _vacancy(number: int, uid: str, one: Told, unit: Unit, actor: Actor, on: date, now: datetime) -> dict[str, Any]:
    details = one.details
    return {
        "id": number, "uid": uid, "version": 2, "employer_id": one.employer.pk, "title": details.title,
        "kind": details.kind, "places_min": details.places, "places_max": details.places,
        "salary_text": details.salary_text, "education": details.education, "description": details.description,
        "workplace": details.workplace, "state": VacancyState.OPEN, "verified_by_id": actor.user_id,
        "verified_on": on, "verified_until": one.until, "unit_id": unit.pk, "unit_path": unit.path,
        "made_by_id": actor.user_id, "made_at": now, **read_pay(details.salary_text),
    }  # fmt: skip


def bring(gathering: Gathering, vacancies: Sequence[tuple[Employer, int]], *, actor: Actor, now: datetime) -> None:
    """The booths of a fair as they stand once each employer has said that it comes and with what."""
    employers = dict.fromkeys(employer.pk for employer, _number in vacancies)
    Booth.objects.bulk_create(
        Booth(
            gathering=gathering, employer_id=employer, state=BoothState.CONFIRMED, made_by_id=actor.user_id,
            made_at=now, answered_at=now, version=3,
        )
        for employer in employers
    )  # fmt: skip
    booths = dict(Booth.objects.filter(gathering=gathering).values_list("employer", "pk"))
    BoothVacancy.objects.bulk_create(
        BoothVacancy(booth_id=booths[employer.pk], vacancy_id=number) for employer, number in vacancies
    )


def come_many(
    gathering: Gathering, session: Session, guests: Sequence[tuple[str, str]], *, actor: Actor, on: date,
    now: datetime, at_the_door: datetime,
) -> None:  # fmt: skip
    """As `sign_up` and `check_in` for each, who comes alone, by name and telephone."""
    numbers, uids = list(reserve_ids(SignUp, len(guests))), new_uids(len(guests))
    codes = new_codes(len(guests), taken=set())
    insert_rows(
        SignUp,
        ("id", "uid", "gathering_id", "guest_name", "guest_phone", "guest_phone_index", "state", "party", "queue",
         "signed_up_by", "by_id", "unit_path", "code", "signed_up_at", "placed_at"),
        [
            (number, uid, gathering.pk, name, phone, phone_index(phone), SignUpState.PLACED, UUID(party), queue,
             SignedUpBy.STAFF, actor.user_id, actor.unit_path, code, now, now)
            for queue, (number, uid, party, code, (name, phone)) in enumerate(
                zip(numbers, uids, new_uids(len(guests)), codes, guests, strict=True), 1
            )
        ],
    )  # fmt: skip
    rows = SignUp.objects.filter(pk__in=numbers).select_related("person").order_by("pk")
    told = what_tells_apart(gathering)
    record_many(
        [head_fact(gathering, row, told, actor=actor, kind="gatherings.signed_up", on=on) for row in rows], now=now
    )
    insert_rows(
        Attendance,
        ("sign_up_id", "session_id", "presence", "checked_in_at", "checked_in_by", "by_id"),
        [(number, session.pk, Presence.CAME, at_the_door, CheckedInBy.LIST, actor.user_id) for number in numbers],
    )
