"""Pupils and students in words, for whoever may see them, and students who do not exist yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case
from sunward.matching.declaration import Described, Newcomer, People, Snapshot
from sunward.matching.terms import Table
from sunward.mentoring.access import visible_children
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.pairing.people import say_age
from sunward.mentoring.pairing.reading import part_of
from sunward.mentoring.pairing.tables import ALWAYS
from sunward.mentoring.tutoring.abilities import (
    SLOTS,
    SUBJECTS,
    codes_of_subjects,
    label_slot,
    mask_of,
    slots_mask,
    slots_of,
    subjects_mask,
)
from sunward.mentoring.tutoring.access import visible_students
from sunward.mentoring.tutoring.tables import StudentFacts, tabulate, tabulate_students


def describe(actor: Actor, left: Iterable[int], right: Iterable[int], on: date) -> People:
    """Those of the children and students whom the actor may see."""
    pupils = {pupil.id: pupil for pupil in _describe_pupils(actor, sorted(set(left)), on)}
    students = {student.id: student for student in _describe_students(actor, sorted(set(right)))}
    return People(pupils, students)


def find_students(actor: Actor, words: str) -> set[int]:
    """Those whom the actor may see; with words, whose name, university or field of study holds them."""
    found = visible_students(actor)
    if words:
        found = found.filter(
            Q(person__name__icontains=words) | Q(school__icontains=words) | Q(major__icontains=words)
        )  # fmt: skip
    return set(found.values_list("pk", flat=True))


def _describe_pupils(actor: Actor, ids: list[int], on: date) -> Iterable[Described]:
    cases = visible_children(actor).filter(pk__in=ids).select_related("person", "unit", "child")
    return (_pupil(case, on) for case in cases) if ids else ()


def _pupil(case: Case, on: date) -> Described:
    child = getattr(case, "child", None)
    return Described(
        id=case.pk,
        name=case.person.name,
        reference=case.reference,
        unit_code=part_of(case.unit_path, 2) or part_of(case.unit_path, 1),
        unit_name=case.unit.name,
        note=say_age(case.person.age_on(on)),
        href=reverse("mentoring:child", args=[case.uid]),
        details=(
            (_("Age"), say_age(case.person.age_on(on))),
            (_("Risk"), str(RiskLevel(case.risk_level).label)),
            (_("Schooling"), child.school_stage if child else ""),
            (pgettext_lazy("of a child", "Subjects"), say_subjects(child.study_subjects if child else ())),
            (pgettext_lazy("of a child", "Free times"), say_slots(child.study_slots if child else ())),
            (_("Lives in"), case.unit.name),
        ),
    )


def _describe_students(actor: Actor, ids: list[int]) -> Iterable[Described]:
    if not ids:
        return
    taken = Counter(Tutoring.objects.live().filter(mentor__in=ids).values_list("mentor_id", flat=True))
    for student in visible_students(actor).filter(pk__in=ids).select_related("person", "unit"):
        yield _student(student, taken[student.pk])


def _student(student: Mentor, taken: int) -> Described:
    places = ngettext("%(taken)d of %(places)d place taken", "%(taken)d of %(places)d places taken", student.capacity)
    return Described(
        id=student.pk,
        name=student.person.name,
        reference=student.reference,
        unit_code="",
        unit_name=student.school,
        note=student.major,
        href=reverse("mentoring:student", args=[student.uid]),
        details=(
            (_("University"), student.school),
            (_("Field of study"), student.major),
            (_("Subjects"), say_subjects(student.subjects)),
            (_("Free times"), gettext(", ").join(map(str, student.slots))),
            (_("Places"), places % {"taken": taken, "places": student.capacity}),
        ),
    )


def say_subjects(words: Iterable[object]) -> str:
    return gettext(", ").join(str(subject.label) for subject in codes_of_subjects(subjects_mask(words)))


def say_slots(words: Iterable[object]) -> str:
    return gettext(", ").join(str(label_slot(slot)) for slot in slots_of(slots_mask(words)))


def imagine(snapshot: Snapshot) -> tuple[Table, Sequence[Newcomer]]:
    """One student more for every sub-district with children and every subject, free at any hour, with one place."""
    units = sorted(set(snapshot.left["unit"].tolist()) - {""})
    newcomers = [Newcomer(unit, subject.value) for unit in units for subject in SUBJECTS]
    facts = [
        StudentFacts(
            # The key is below 0, so that it is nobody's past student.
            id=-1 - number, check_days=ALWAYS, training_days=ALWAYS, subjects=mask_of(SUBJECTS, [newcomer.skill]),
            slots=(1 << len(SLOTS)) - 1,
        )
        for number, newcomer in enumerate(newcomers)
    ]  # fmt: skip
    table = tabulate_students(facts)
    return replace(table, columns={**table.columns, "newcomer": np.arange(len(newcomers))}), newcomers


def nobody() -> Snapshot:
    left, right = tabulate([], [])
    return Snapshot(left, right, (), {"on": 0.0})
