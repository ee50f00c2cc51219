"""Reads pupils and students from the files: a fixed number of queries, however many there are."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from sunward.accounts.scopes import above
from sunward.casework.models import Case, Need
from sunward.matching.declaration import Snapshot
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import MentorKind, MentorState, NeedKind, VettingKind
from sunward.mentoring.models import Mentor, Tutoring, VettingFact
from sunward.mentoring.pairing.reading import days_left, gather, part_of, read_homes, read_kin
from sunward.mentoring.tutoring.abilities import major_mask, slots_mask, stages_mask, subjects_mask
from sunward.mentoring.tutoring.enums import FAILED_TUTORINGS, TutoringEnd, TutoringState
from sunward.mentoring.tutoring.tables import PupilFacts, StudentFacts, tabulate
from sunward.mentoring.vetting import read_standing
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord

# Both have to be free of a withdrawal; the one to tutoring is asked for before the first session anyway.
_BASES = (Purpose.MATCHING, Purpose.TUTORING)


def read_snapshot(unit_path: str, on: date, declined: Sequence[tuple[int, int]]) -> Snapshot:
    """Children at or below the unit who need help with school work, and the students who serve it.

    Online a student of the whole district serves every sub-district. Among equals whoever has waited
    longest goes first.
    """
    open_needs = Need.objects.filter(kind=NeedKind.TUTORING).filter(Q(met_on=None) | Q(met_on__gt=on))
    cases = Case.objects.open().within((unit_path,)).filter(programme=PROGRAMME, opened_on__lte=on)
    cases = cases.filter(needs__in=open_needs).annotate(waits_from=Min("needs__from_on"))
    students = serving_students(unit_path)
    held = list(
        Tutoring.objects.live()
        .filter(Q(case__in=cases.values("pk")) | Q(mentor__in=students))
        .values_list("case_id", "mentor_id")
    )
    pupils = _read_pupils(cases, on=on, declined=declined)
    known = {pupil.id for pupil in pupils}
    elsewhere = Counter(mentor for case, mentor in held if case not in known)
    left, right = tabulate(pupils, _read_students(students, on=on, elsewhere=elsewhere))
    offered = set(right.ids)
    standing = tuple((case, mentor) for case, mentor in held if case in known and mentor in offered)
    return Snapshot(left, right, standing, {"on": float(on.toordinal())})


def serving_students(unit_path: str) -> "QuerySet[Mentor]":
    """Students below the unit, of a unit that holds it, or of none."""
    near = Q(unit_path__startswith=unit_path) | Q(unit_path__in=above((unit_path,))) | Q(unit_path="")
    return Mentor.objects.filter(near, kind=MentorKind.STUDENT).exclude(state=MentorState.LEFT)


def _read_pupils(cases: Any, *, on: date, declined: Sequence[tuple[int, int]]) -> list[PupilFacts]:
    ended = Tutoring.objects.filter(case__in=cases.values("pk"), state=TutoringState.CLOSED)
    failed = Q(end_reason__in=FAILED_TUTORINGS)
    past = gather(ended.filter(failed).values_list("case_id", "mentor_id"))
    safety = Tutoring.objects.filter(state=TutoringState.CLOSED, end_reason=TutoringEnd.SAFETY)
    apart = gather(
        safety.filter(case__person__in=cases.values("person_id")).values_list("case__person_id", "mentor_id")
    )
    had = gather(ended.exclude(failed).filter(running_from_on__isnull=False).values_list("case_id", "mentor_id"))
    refused = gather(declined)
    persons = cases.values("person_id")
    kin, numbers = read_kin(persons, on=on)
    homes = read_homes(persons, on=on)
    bases = _read_bases(persons, on=on)
    rows = cases.order_by("-risk_level", "waits_from", "pk").values_list(
        "pk", "risk_level", "unit_path", "person_id", "person__phone_index", "child__school_stage",
        "child__study_subjects", "child__study_slots",
    )  # fmt: skip
    return [
        PupilFacts(
            id=pk,
            risk=risk,
            path=path,
            unit=part_of(path, 1),
            subjects=subjects_mask(subjects or ()),
            stage=stages_mask([stage or ""]),
            slots=slots_mask(slots or ()),
            has_basis=bases.get(person),
            kin=tuple(sorted(set(kin[person]))),
            homes=tuple(sorted(set(homes[person]))),
            phones=tuple(sorted({phone, *numbers[person]} - {""})),
            had=tuple(sorted(set(had[pk]) - {*past[pk], *apart[person]})),
            past=tuple(sorted({*past[pk], *apart[person]})),
            declined=tuple(sorted(set(refused[pk]))),
        )
        for pk, risk, path, person, phone, stage, subjects, slots in rows
    ]


def _read_bases(persons: Any, *, on: date) -> dict[int, bool]:
    """False for whoever has any of the bases only withdrawn, over, or (online) of somebody who no longer cares."""
    bases: dict[int, bool] = {}
    for purpose in _BASES:
        recorded = ConsentRecord.objects.filter(person__in=persons, purpose=purpose)
        good = recorded.valid(on=on)
        if purpose == Purpose.TUTORING:
            good = good.by_guardian(on=on)
        valid = set(good.values_list("person_id", flat=True))
        for person in set(recorded.values_list("person_id", flat=True)):
            bases[person] = bases.get(person, True) and person in valid
    return bases


def _read_students(students: "QuerySet[Mentor]", *, on: date, elsewhere: Counter[int]) -> list[StudentFacts]:
    facts = gather((fact.mentor_id, fact) for fact in VettingFact.objects.filter(mentor__in=students))
    homes = read_homes(students.values("person_id"), on=on)
    rows = students.order_by("pk").values_list(
        "pk", "person_id", "person__phone_index", "capacity", "state", "subjects", "stages", "slots", "major"
    )
    found = []
    for pk, person, phone, capacity, state, subjects, stages, slots, major in rows:
        stands = read_standing(facts[pk], on=on)
        found.append(
            StudentFacts(
                id=pk,
                person=person,
                capacity=max(0, capacity - elsewhere[pk]),
                taken=elsewhere[pk],
                is_active=state == MentorState.ACTIVE and not stands.is_unfit,
                check_days=days_left(stands.step(VettingKind.BACKGROUND_CHECK), on),
                training_days=days_left(stands.step(VettingKind.TRAINING), on),
                subjects=subjects_mask(subjects or ()),
                stages=stages_mask([*(stages or ()), *(subjects or ())]),
                slots=slots_mask(slots or ()),
                major=major_mask(major),
                homes=tuple(sorted(set(homes[person]))),
                phone=phone,
            )
        )
    return found
