"""Fairs and interview sessions: their sums, their booths with vacancies, and the times of one booth.

A name stands in a time only where the reader may know it; of anybody else the time is taken, and no more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.core.furniture import Fact, Text, Tone
from sunward.employment.access.fairs import (
    FREE,
    STANDING,
    counted_fairs,
    open_slots,
    seen_fairs,
    visible_interviews,
)
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.enums import BoothState, InterviewState, StepKind
from sunward.employment.models import Booth, BoothVacancy, Interview, InterviewSlot, Vacancy
from sunward.employment.queries.vacancies import VacancyRow, to_row
from sunward.employment.vacancies.industry_groups import IndustryGroup
from sunward.gatherings.access import hosts
from sunward.gatherings.enums import GatheringState, Mode
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.wording import STATE_TONES, kind_label, say_when, state_label

FAIRS_SHOWN = 100
BOOTH_TONES: Mapping[str, Tone] = {"invited": "info", "confirmed": "good", "declined": "off", "withdrawn": "off"}
INTERVIEW_TONES: Mapping[str, Tone] = {"taken": "info", "met": "good", "missed": "warn", "given_back": "off"}
_HIRED = (StepKind.HIRED, StepKind.STAYED, StepKind.LEFT)


@dataclass(frozen=True, slots=True)
class FairSums:
    """`slots` counts places; `met` meetings; `hired` whom one of them led to work, each once."""

    booths: int = 0
    vacancies: int = 0
    slots: int = 0
    taken: int = 0
    met: int = 0
    hired: int = 0


@dataclass(frozen=True, slots=True)
class FairRow:
    """`uid` is absent where the reader sees the sums alone."""

    uid: UUID | None
    title: str
    when: str
    host: str
    kind: Text
    state: Text
    tone: Tone
    sums: FairSums


@dataclass(frozen=True, slots=True)
class BoothCard:
    uid: UUID
    version: int
    employer: str
    employer_id: UUID
    place: str
    state: Text
    tone: Tone
    is_coming: bool
    is_waiting: bool
    is_out: bool
    vacancies: tuple[VacancyRow, ...]
    slots: int
    free: int


@dataclass(frozen=True, slots=True)
class FairPage:
    uid: UUID
    title: str
    reference: str
    kind: Text
    state: Text
    tone: Tone
    facts: tuple[Fact, ...]
    booths: tuple[BoothCard, ...]
    sums: FairSums
    may_change: bool
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever has a place in a time. `case_uid` and what came of it only for whoever keeps the file."""

    uid: UUID
    version: int
    name: str
    vacancy: str
    state: Text
    tone: Tone
    is_taken: bool
    is_marked: bool
    case_uid: UUID | None
    recommendation_uid: UUID | None
    came_of_it: Text


@dataclass(frozen=True, slots=True)
class SlotLine:
    """`hidden`: places taken by people whom the reader does not know."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    places: int
    free: int
    hidden: int
    guests: tuple[Guest, ...]
    has_begun: bool
    is_outside: bool

    @property
    def is_empty(self) -> bool:
        return self.free == self.places


@dataclass(frozen=True, slots=True)
class BoothPage:
    card: BoothCard
    fair_uid: UUID
    fair: str
    when: str
    slots: tuple[SlotLine, ...]
    may_change: bool
    is_standing: bool

    @property
    def has_outside(self) -> bool:
        return any(slot.is_outside for slot in self.slots)


def list_fairs(actor: Actor) -> tuple[FairRow, ...]:
    """The latest first; those without a day before them. Eight queries, however many."""
    found = counted_fairs(actor) | seen_fairs(actor)
    rows = list(found.select_related("host").prefetch_related("sessions").order_by("-begins_on", "-pk")[:FAIRS_SHOWN])
    rows.sort(key=lambda row: row.begins_on is not None)
    opens = actor.has(Role.EMPLOYMENT_OFFICER)
    seen = (
        set(seen_fairs(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if opens else set()
    )
    sums = count_fairs([row.pk for row in rows])
    return tuple(
        FairRow(
            uid=row.uid if row.pk in seen else None, title=row.title, when=say_when(row), host=row.host.short_name,
            kind=kind_label(row), state=state_label(row), tone=STATE_TONES[row.state], sums=sums[row.pk],
        )
        for row in rows
    )  # fmt: skip


def count_fairs(fairs: Collection[int]) -> Mapping[int, FairSums]:
    """By the gathering's key; four queries. Booths and vacancies count where the employer comes."""
    coming = Booth.objects.filter(gathering__in=fairs, state=BoothState.CONFIRMED)
    booths = _counted(coming.values_list("gathering").annotate(n=Count("pk", distinct=True)))
    vacancies = _counted(coming.values_list("gathering").annotate(n=Count("vacancies", distinct=True)))
    slots = InterviewSlot.objects.filter(booth__in=coming, withdrawn_at=None)
    places = _counted(slots.order_by().values_list("booth__gathering").annotate(n=Sum("places")))
    met, interviews = Q(state=InterviewState.MET), Interview.objects.filter(STANDING, slot__booth__gathering__in=fairs)
    outcomes = {
        pk: counts
        for pk, *counts in interviews.values_list("slot__booth__gathering").annotate(
            taken=Count("pk"), met=Count("pk", filter=met),
            hired=Count("case", filter=met & Q(recommendation__step__in=_HIRED), distinct=True),
        )
    }  # fmt: skip
    return {
        pk: FairSums(booths.get(pk, 0), vacancies.get(pk, 0), places.get(pk, 0), *outcomes.get(pk, (0, 0, 0)))
        for pk in fairs
    }


def read_fair(gathering: Gathering, actor: Actor, *, on: date, now: datetime) -> FairPage:
    """A fixed number of queries. Reads `host` and `sessions`: fetch them along."""
    may_change = hosts(actor, gathering)
    booths = Booth.objects.filter(gathering=gathering)
    if not may_change:
        booths = booths.filter(state=BoothState.CONFIRMED)
    return FairPage(
        uid=gathering.uid,
        title=gathering.title,
        reference=gathering.reference,
        kind=kind_label(gathering),
        state=state_label(gathering),
        tone=STATE_TONES[gathering.state],
        facts=fair_facts(gathering),
        booths=list_booths(booths, on=on, now=now),
        sums=count_fairs([gathering.pk])[gathering.pk],
        may_change=may_change,
        is_standing=gathering.state in (GatheringState.DRAFT, GatheringState.PUBLISHED),
    )


def fair_facts(gathering: Gathering) -> tuple[Fact, ...]:
    """Public ones alone: the same for everybody."""
    where = str(Mode.ONLINE.label) if gathering.mode == Mode.ONLINE else gathering.place
    return (
        Fact(_("When"), say_when(gathering)), Fact(_("Place"), where),
        Fact(_("Industry"), say_industry(gathering)), Fact(_("Host"), gathering.host.name),
    )  # fmt: skip


def say_industry(gathering: Gathering) -> Text:
    """The declared group, and what the plan calls it where that says more."""
    group, words = gathering.fields.get("industry", ""), str(gathering.fields.get("sector", ""))
    label = str(IndustryGroup(group).label) if group in IndustryGroup.values else ""
    return " · ".join(dict.fromkeys(filter(None, (label, words))))


def list_booths(found: QuerySet[Booth], *, on: date, now: datetime, only_open: bool = False) -> tuple[BoothCard, ...]:
    """Those that come first, then as they stand. Three queries. `only_open`: without vacancies that are over."""
    rows = list(found.select_related("employer").order_by("place", "employer__name", "pk"))
    keys = [row.pk for row in rows]
    vacancies = _vacancies_of(keys, on=on, only_open=only_open)
    slots = slots_of(keys, now=now)
    rows.sort(key=lambda row: (row.state in (BoothState.DECLINED, BoothState.WITHDRAWN), row.state != "confirmed"))
    return tuple(to_card(row, vacancies[row.pk], slots[row.pk]) for row in rows)


def slots_of(booths: Collection[int], *, now: datetime) -> Mapping[int, list[InterviewSlot]]:
    """Times that can still be taken, with how many are `free`."""
    found: dict[int, list[InterviewSlot]] = defaultdict(list)
    for slot in open_slots(now=now).filter(booth__in=booths).annotate(free=FREE).order_by("starts_at", "pk"):
        found[slot.booth_id].append(slot)
    return found


def to_card(row: Booth, vacancies: Sequence[VacancyRow], slots: Iterable[InterviewSlot]) -> BoothCard:
    times = list(slots)
    return BoothCard(
        uid=row.uid, version=row.version, employer=row.employer.name, employer_id=row.employer.uid, place=row.place,
        state=BoothState(row.state).label, tone=BOOTH_TONES[row.state],
        is_coming=row.state == BoothState.CONFIRMED, is_waiting=row.state == BoothState.INVITED,
        is_out=row.state in (BoothState.DECLINED, BoothState.WITHDRAWN), vacancies=tuple(vacancies),
        slots=len(times), free=sum(max(0, free_of(slot)) for slot in times),
    )  # fmt: skip


def free_of(slot: InterviewSlot) -> int:
    """Of a time that is annotated with `FREE`."""
    free: int = slot.free  # type: ignore[attr-defined]
    return free


def list_guests(actor: Actor, gathering: Gathering, booth: Booth) -> list[Interview]:
    """Whom the actor may know of those with a time at the booth; one query."""
    found = visible_interviews(actor, gathering).filter(STANDING, slot__booth=booth)
    return list(found.select_related("case__person", "vacancy", "recommendation").order_by("taken_at", "pk"))


def read_booth(
    gathering: Gathering, booth: Booth, guests: Sequence[Interview], actor: Actor, *, on: date, now: datetime
) -> BoothPage:
    """`guests` are those of `list_guests`, whose look has been written. A fixed number of queries."""
    kept = set(visible_jobseekers(actor).filter(pk__in=[row.case_id for row in guests]).values_list("pk", flat=True))
    named: dict[int, list[Guest]] = defaultdict(list)
    for row in guests:
        named[row.slot_id].append(_guest(row, is_kept=row.case_id in kept))
    sessions = [(one.begins_at, one.ends_at) for one in gathering.sessions.all()]
    slots = booth.slots.filter(withdrawn_at=None).annotate(free=FREE).order_by("starts_at", "pk")
    lines = tuple(_line(slot, named[slot.pk], sessions, now=now) for slot in slots)
    may_change = hosts(actor, gathering)
    return BoothPage(
        card=to_card(booth, _vacancies_of([booth.pk], on=on)[booth.pk], slots_of([booth.pk], now=now)[booth.pk]),
        fair_uid=gathering.uid,
        fair=gathering.title,
        when=say_when(gathering),
        slots=lines,
        may_change=may_change,
        is_standing=gathering.state in (GatheringState.DRAFT, GatheringState.PUBLISHED),
    )


def _line(
    slot: InterviewSlot, guests: list[Guest], sessions: Sequence[tuple[datetime, datetime]], *, now: datetime
) -> SlotLine:
    free = free_of(slot)
    return SlotLine(
        uid=slot.uid, starts_at=slot.starts_at, ends_at=slot.ends_at, places=slot.places, free=max(0, free),
        hidden=max(0, slot.places - free - len(guests)), guests=tuple(guests), has_begun=slot.starts_at <= now,
        is_outside=not any(begins <= slot.starts_at and slot.ends_at <= ends for begins, ends in sessions),
    )  # fmt: skip


def _guest(row: Interview, *, is_kept: bool) -> Guest:
    said = row.recommendation if is_kept else None
    return Guest(
        uid=row.uid, version=row.version, name=row.case.person.name, vacancy=row.vacancy.title,
        state=InterviewState(row.state).label, tone=INTERVIEW_TONES[row.state],
        is_taken=row.state == InterviewState.TAKEN,
        is_marked=row.state in (InterviewState.MET, InterviewState.MISSED),
        case_uid=row.case.uid if is_kept else None,
        recommendation_uid=said.uid if said is not None else None,
        came_of_it=StepKind(said.step).label if said is not None else "",
    )  # fmt: skip


def _vacancies_of(booths: Collection[int], *, on: date, only_open: bool = False) -> Mapping[int, list[VacancyRow]]:
    found: dict[int, list[VacancyRow]] = defaultdict(list)
    lines = BoothVacancy.objects.filter(booth__in=booths).select_related("vacancy__employer", "vacancy__unit")
    if only_open:
        lines = lines.filter(vacancy__in=Vacancy.objects.open(on=on))
    for line in lines.defer("vacancy__description", "vacancy__contact_phone").order_by("vacancy__title", "pk"):
        found[line.booth_id].append(to_row(line.vacancy, on=on))
    return found


def _counted(rows: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    return {pk: count or 0 for pk, count in rows}
