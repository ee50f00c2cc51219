"""Reads both sides of the matching from the files: a fixed number of queries, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sunward.casework.models import Case, Need
from sunward.matching.declaration import Snapshot
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import EndReason, MatchState, MentorKind, MentorState, VettingKind
from sunward.mentoring.models import Match, Mentor, VettingFact
from sunward.mentoring.pairing.abilities import ages_of, mask_of, skills_mask, speech_of, times_mask, work_mask
from sunward.mentoring.pairing.tables import ALWAYS, ChildFacts, MentorFacts, tabulate
from sunward.mentoring.vetting import VettingStep, read_standing
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember

# After these the two are never matched with each other again.
FAILED_ENDS = (EndReason.FAMILY_STOPPED, EndReason.SAFETY)


def read_snapshot(unit_path: str, on: date, declined: Sequence[tuple[int, int]]) -> Snapshot:
    """Open files and neighbour moms at or below the unit, as they stand on the day.

    Files come by risk, then by how long they have been open: among equals whoever has waited longer goes first.
    """
    cases = Case.objects.open().within((unit_path,)).filter(programme=PROGRAMME, opened_on__lte=on)
    mentors = Mentor.objects.filter(unit_path__startswith=unit_path, kind=MentorKind.MOTHER).exclude(
        state=MentorState.LEFT
    )
    held = list(
        Match.objects.live()
        .filter(Q(case__in=cases) | Q(mentor__in=mentors))
        .values_list("case_id", "mentor_id", "state")
    )
    standing = {case: mentor for case, mentor, state in held if state != MatchState.HANDOVER}
    children = read_children(cases, on=on, held=held, declined=declined)
    known = {child.id for child in children}
    elsewhere = count_places(held, [(case, mentor) for case, mentor in standing.items() if case in known])
    left, right = tabulate(children, read_mentors(mentors, on=on, elsewhere=elsewhere))
    volunteers = set(right.ids)
    return Snapshot(
        left,
        right,
        tuple((case, mentor) for case, mentor in standing.items() if case in known and mentor in volunteers),
        {"on": float(on.toordinal())},
    )


def count_places(held: Iterable[tuple[int, int, str]], inside: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Per mentor the places taken by matches that the engine is not told of: children elsewhere, and handovers."""
    kept = set(inside)
    taken: dict[int, int] = defaultdict(int)
    for case, mentor, state in held:
        if (case, mentor) not in kept or state == MatchState.HANDOVER:
            taken[mentor] += 1
    return taken


def read_children(
    cases: QuerySet[Case], *, on: date, held: Iterable[tuple[int, int, str]], declined: Sequence[tuple[int, int]]
) -> list[ChildFacts]:
    needs = gather(
        Need.objects.filter(case__in=cases).filter(Q(met_on=None) | Q(met_on__gt=on)).values_list("case_id", "kind")
    )
    past = gather(
        Match.objects.filter(case__in=cases, state=MatchState.CLOSED, end_reason__in=FAILED_ENDS).values_list(
            "case_id", "mentor_id"
        )
    )
    for case, mentor, state in held:
        if state == MatchState.HANDOVER:
            past[case].append(mentor)
    refused = gather(declined)
    persons = cases.values("person_id")
    apart = gather(
        Match.objects.filter(
            case__person__in=persons, state=MatchState.CLOSED, end_reason=EndReason.SAFETY
        ).values_list("case__person_id", "mentor_id")
    )
    kin, numbers = read_kin(persons, on=on)
    homes = read_homes(persons, on=on)
    bases = read_bases(persons, on=on)
    rows = cases.order_by("-risk_level", "opened_on", "pk").values_list(
        "pk", "risk_level", "unit_path", "person_id", "person__lon", "person__lat", "unit__lon", "unit__lat",
        "person__birth_date", "person__phone_index", "child__languages", "child__willing_to_pair", "unit__kind",
    )  # fmt: skip
    return [
        ChildFacts(
            id=pk,
            risk=risk,
            path=path,
            unit=part_of(path, 1),
            place=part_of(path, 2),
            lon=lon if lon is not None else unit_point(unit_lon, kind),
            lat=lat if lat is not None else unit_point(unit_lat, kind),
            age=age_on(birth, on),
            needs=mask_of(needs[pk]),
            speech=speech_of(languages or ()),
            willing=willing,
            has_basis=bases.get(person),
            kin=tuple(sorted(set(kin[person]))),
            homes=tuple(sorted(set(homes[person]))),
            phones=tuple(sorted({phone, *numbers[person]} - {""})),
            past=tuple(sorted(set(past[pk]))),
            apart=tuple(sorted(set(apart[person]))),
            declined=tuple(sorted(set(refused[pk]))),
        )
        for pk, risk, path, person, lon, lat, unit_lon, unit_lat, birth, phone, languages, willing, kind in rows
    ]


def read_mentors(mentors: QuerySet[Mentor], *, on: date, elsewhere: dict[int, int]) -> list[MentorFacts]:
    vetting: dict[int, list[VettingFact]] = defaultdict(list)
    for fact in VettingFact.objects.filter(mentor__in=mentors):
        vetting[fact.mentor_id].append(fact)
    homes = read_homes(mentors.values("person_id"), on=on)
    rows = mentors.order_by("pk").values_list(
        "pk", "person_id", "unit_path", "person__lon", "person__lat", "unit__lon", "unit__lat", "person__birth_date",
        "person__phone_index", "capacity", "state", "skills", "occupation", "slots", "languages", "own_children",
        "joined_on", "unit__kind",
    )  # fmt: skip
    found = []
    for (
        pk, person, path, lon, lat, unit_lon, unit_lat, birth, phone, capacity, state, skills, occupation, slots,
        languages, own_children, joined, kind,
    ) in rows:  # fmt: skip
        stands = read_standing(vetting[pk], on=on)
        found.append(
            MentorFacts(
                id=pk,
                person=person,
                unit=part_of(path, 1),
                place=part_of(path, 2),
                lon=lon if lon is not None else unit_point(unit_lon, kind),
                lat=lat if lat is not None else unit_point(unit_lat, kind),
                age=age_on(birth, on),
                capacity=max(0, capacity - elsewhere.get(pk, 0)),
                taken=elsewhere.get(pk, 0),
                is_active=state == MentorState.ACTIVE and not stands.is_unfit,
                check_days=days_left(stands.step(VettingKind.BACKGROUND_CHECK), on),
                training_days=days_left(stands.step(VettingKind.TRAINING), on),
                skills=skills_mask(skills or ()),
                work=work_mask(occupation),
                times=times_mask(slots or ()),
                speech=speech_of(languages or ()),
                child_ages=ages_of(own_children or ()),
                homes=tuple(sorted(set(homes[person]))),
                phone=phone,
                months=months_since(joined, on),
            )
        )
    return found


def read_kin(persons: Any, *, on: date) -> tuple[dict[int, list[int]], dict[int, list[str]]]:
    """Who cares for each child, and under which numbers they are reached."""
    kin: dict[int, list[int]] = defaultdict(list)
    numbers: dict[int, list[str]] = defaultdict(list)
    found = Guardianship.objects.current(on=on).filter(child__in=persons)
    for child, guardian, phone in found.values_list("child_id", "guardian_id", "guardian__phone_index"):
        kin[child].append(guardian)
        numbers[child].append(phone)
    return kin, numbers


def read_bases(persons: Any, *, on: date) -> dict[int, bool]:
    """Whether there is a valid legal basis for matching, for everyone for whom one was ever recorded."""
    recorded = ConsentRecord.objects.filter(person__in=persons, purpose=Purpose.MATCHING)
    bases = dict.fromkeys(recorded.values_list("person_id", flat=True), False)
    return bases | dict.fromkeys(recorded.valid(on=on).values_list("person_id", flat=True), True)


def read_homes(persons: Any, *, on: date) -> dict[int, list[int]]:
    members = HouseholdMember.objects.current(on=on).filter(person__in=persons)
    return gather(members.values_list("person_id", "household_id"))


def gather(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    """Values by key; a key without any has an empty list."""
    gathered: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return gathered


def part_of(path: str, depth: int) -> str:
    """The code at a depth of a unit's path: 1 the sub-district, 2 the committee; empty if the unit is higher up."""
    parts = path.strip("/").split("/")
    return parts[depth] if len(parts) > depth and parts[depth].isdigit() else ""


def unit_point(degrees: float | None, kind: str | None) -> float | None:
    """A committee's own point will do for a home; the middle of a sub-district says nothing about who is near."""
    return degrees if kind == "committee" else None


def days_left(step: VettingStep, on: date) -> int:
    if not step.is_clear:
        return 0
    return (step.expires_on - on).days if step.expires_on else ALWAYS


def age_on(birth: date | None, on: date) -> int | None:
    if birth is None:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def months_since(joined: date | None, on: date) -> int:
    return max(0, (on.year - joined.year) * 12 + on.month - joined.month) if joined else 0
