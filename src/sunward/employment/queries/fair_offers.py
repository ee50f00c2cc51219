"""What a jobseeker is offered at fairs, what they hold there, and what the public and an employer read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from sunward.casework.models import Case
from sunward.core.furniture import Fact, Text, Tone
from sunward.employment.access.fairs import (
    FREE,
    STANDING,
    booth_not_there,
    employers_booths,
    employers_interviews,
    offered_booths,
    open_slots,
)
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.models import Booth, EmployerLink, Interview, InterviewSlot, Vacancy
from sunward.employment.queries.fairs import (
    INTERVIEW_TONES,
    BoothCard,
    Guest,
    fair_facts,
    free_of,
    list_booths,
    slots_of,
)
from sunward.employment.queries.vacancies import to_row
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.wording import say_when

OVER_SHOWN_DAYS, HELD_SHOWN = 30, 12


@dataclass(frozen=True, slots=True)
class OfferedFair:
    title: str
    when: str
    place: str
    booths: tuple[BoothCard, ...]


@dataclass(frozen=True, slots=True)
class HeldTime:
    """A time that a jobseeker holds or held. `is_held`: it can be given back."""

    uid: UUID
    version: int
    fair: str
    fair_uid: UUID
    booth_uid: UUID
    employer: str
    vacancy: str
    where: str
    starts_at: datetime
    ends_at: datetime
    state: Text
    tone: Tone
    is_held: bool
    is_shared: bool
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class OfferedBooth:
    """One booth with what can be chosen there: times and vacancies, as pairs of key and words."""

    uid: UUID
    employer: str
    fair: str
    when: str
    place: str
    times: tuple[tuple[str, str], ...]
    vacancies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicFair:
    title: str
    when: str
    host: str
    facts: tuple[Fact, ...]
    booths: tuple[BoothCard, ...]


@dataclass(frozen=True, slots=True)
class EmployerSlot:
    """`hidden`: places taken by people who have not agreed that the employer learns of them."""

    starts_at: datetime
    ends_at: datetime
    free: int
    hidden: int
    guests: tuple[Guest, ...]
    has_begun: bool


@dataclass(frozen=True, slots=True)
class EmployerBooth:
    card: BoothCard
    fair: str
    when: str
    place: str
    slots: tuple[EmployerSlot, ...]
    may_change: bool


def offered_to(case: Case, *, on: date, now: datetime) -> tuple[OfferedFair, ...]:
    """Booths with a time to come that is still free, fair by fair. A fixed number of queries."""
    rows = list(_bookable(case, now=now).select_related("gathering").prefetch_related("gathering__sessions"))
    fair_of = {row.uid: row.gathering for row in rows}
    grouped: dict[int, list[BoothCard]] = defaultdict(list)
    for card in list_booths(Booth.objects.filter(pk__in=[row.pk for row in rows]), on=on, now=now, only_open=True):
        grouped[fair_of[card.uid].pk].append(card)
    gatherings = {row.pk: row for row in fair_of.values()}
    ordered = sorted(gatherings.values(), key=lambda row: (row.begins_on or date.max, row.pk))
    return tuple(OfferedFair(row.title, say_when(row), row.place, tuple(grouped[row.pk])) for row in ordered)


def has_fairs(case: Case, *, now: datetime) -> bool:
    """Whether there is anything to show on the page of fairs; two queries at most."""
    return (
        _bookable(case, now=now).exists()
        or Interview.objects.filter(STANDING, case=case, slot__ends_at__gt=now).exists()
    )


def _bookable(case: Case, *, now: datetime) -> QuerySet[Booth]:
    ahead = open_slots(now=now).filter(starts_at__gt=now)
    return offered_booths(case).filter(pk__in=ahead.values("booth"))


def held_by(case: Case, *, now: datetime) -> tuple[HeldTime, ...]:
    """Those to come first; what is over for a month. One query."""
    found = Interview.objects.filter(STANDING, case=case, slot__ends_at__gt=now - timedelta(days=OVER_SHOWN_DAYS))
    rows = found.select_related("slot__booth__gathering", "slot__booth__employer", "vacancy")
    shown = sorted(rows, key=lambda row: (row.slot.ends_at <= now, row.slot.starts_at))
    return tuple(_held(row) for row in shown[:HELD_SHOWN])


def read_offered_booth(case: Case, booth_id: UUID, *, on: date, now: datetime) -> OfferedBooth:
    """For the form: the times that are free and the vacancies that are open. Three queries."""
    found = offered_booths(case).select_related("employer", "gathering").prefetch_related("gathering__sessions")
    booth = found.filter(uid=booth_id).first()
    if booth is None:
        raise booth_not_there()
    slots = [slot for slot in slots_of([booth.pk], now=now)[booth.pk] if free_of(slot) > 0]
    vacancies = Vacancy.objects.open(on=on).filter(booth_lines__booth=booth).select_related("employer", "unit")
    rows = [to_row(row, on=on) for row in vacancies.order_by("title", "pk")]
    return OfferedBooth(
        uid=booth.uid, employer=booth.employer.name, fair=booth.gathering.title, when=say_when(booth.gathering),
        place=" ".join(filter(None, (booth.gathering.place, booth.place))),
        times=tuple((str(slot.uid), say_slot(slot)) for slot in slots),
        vacancies=tuple((str(row.uid), " · ".join(filter(None, (row.title, row.pay)))) for row in rows),
    )  # fmt: skip


def say_slot(slot: InterviewSlot) -> str:
    begins, ends = localtime(slot.starts_at), localtime(slot.ends_at)
    return f"{date_format(begins, 'Y-m-d l H:i')}–{date_format(ends, 'H:i')}"


def read_public_fair(gathering: Gathering, *, on: date, now: datetime) -> PublicFair:
    """Employers who come and what they offer that is open today; no person, not even a count of who has a time."""
    coming = Booth.objects.filter(gathering=gathering, state=BoothState.CONFIRMED)
    return PublicFair(
        title=gathering.title, when=say_when(gathering), host=gathering.host.name, facts=fair_facts(gathering),
        booths=list_booths(coming, on=on, now=now, only_open=True),
    )  # fmt: skip


def list_guests(link: EmployerLink, *, on: date) -> list[Interview]:
    """Whoever has a time at an own booth and agreed to be known; one query."""
    found = employers_interviews(link, on=on).select_related("case__person", "vacancy")
    return list(found.order_by("slot__starts_at", "pk"))


def list_employer_booths(
    link: EmployerLink, guests: Sequence[Interview], *, on: date, now: datetime
) -> tuple[EmployerBooth, ...]:
    """`guests` are those who agreed. Four queries, however many booths."""
    found = (
        employers_booths(link, on=on).select_related("gathering", "employer").prefetch_related("gathering__sessions")
    )
    rows = list(found.order_by("gathering__begins_on", "pk"))
    cards = {card.uid: card for card in list_booths(Booth.objects.filter(pk__in=[r.pk for r in rows]), on=on, now=now)}
    slots = _all_slots([row.pk for row in rows])
    named: dict[int, list[Guest]] = defaultdict(list)
    for guest in guests:
        named[guest.slot_id].append(_known(guest))
    standing = (GatheringState.DRAFT, GatheringState.PUBLISHED)
    return tuple(
        EmployerBooth(
            card=cards[row.uid], fair=row.gathering.title, when=say_when(row.gathering), place=row.gathering.place,
            slots=tuple(_slot(slot, named[slot.pk], now=now) for slot in slots[row.pk]),
            may_change=row.gathering.state in standing,
        )
        for row in rows
    )  # fmt: skip


def _all_slots(booths: list[int]) -> dict[int, list[InterviewSlot]]:
    found: dict[int, list[InterviewSlot]] = defaultdict(list)
    rows = InterviewSlot.objects.filter(booth__in=booths, withdrawn_at=None).annotate(free=FREE)
    for slot in rows.order_by("starts_at", "pk"):
        found[slot.booth_id].append(slot)
    return found


def _slot(slot: InterviewSlot, guests: list[Guest], *, now: datetime) -> EmployerSlot:
    free = free_of(slot)
    return EmployerSlot(
        slot.starts_at, slot.ends_at, max(0, free), max(0, slot.places - free - len(guests)), tuple(guests),
        slot.starts_at <= now,
    )  # fmt: skip


def _known(row: Interview) -> Guest:
    """To the employer: the name and for which post; the rest of a candidate stands with the post itself."""
    return Guest(
        uid=row.uid, version=row.version, name=row.case.person.name, vacancy=row.vacancy.title,
        state=InterviewState(row.state).label, tone=INTERVIEW_TONES[row.state],
        is_taken=row.state == InterviewState.TAKEN,
        is_marked=row.state in (InterviewState.MET, InterviewState.MISSED), case_uid=None, recommendation_uid=None,
        came_of_it="",
    )  # fmt: skip


def _held(row: Interview) -> HeldTime:
    booth = row.slot.booth
    return HeldTime(
        uid=row.uid, version=row.version, fair=booth.gathering.title, fair_uid=booth.gathering.uid,
        booth_uid=booth.uid, employer=booth.employer.name, vacancy=row.vacancy.title,
        where=" ".join(filter(None, (booth.gathering.place, booth.place))), starts_at=row.slot.starts_at,
        ends_at=row.slot.ends_at, state=InterviewState(row.state).label, tone=INTERVIEW_TONES[row.state],
        is_held=row.state == InterviewState.TAKEN, is_shared=row.shared_with_id is not None,
        is_cancelled=booth.gathering.state == GatheringState.CANCELLED,
    )  # fmt: skip
