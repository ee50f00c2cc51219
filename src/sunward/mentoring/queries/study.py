"""What a child needs for tutoring online, as its file shows and its form begins with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sunward.casework.models import Case
from sunward.mentoring.queries.tutorings import TutoringRow, list_child_tutorings
from sunward.mentoring.tutoring.abilities import SLOTS, codes_of_subjects, slots_mask, slots_of, subjects_mask
from sunward.mentoring.tutoring.people import say_slots, say_subjects


@dataclass(frozen=True, slots=True)
class StudyPart:
    """The part of a child's file about school work: what it needs, when it is free, and who tutors it."""

    subjects: str
    free: str
    tutorings: tuple[TutoringRow, ...]


def read_study(case: Case, *, on: date) -> StudyPart:
    """One query."""
    child = getattr(case, "child", None)
    return StudyPart(
        subjects=say_subjects(child.study_subjects if child else ()),
        free=say_slots(child.study_slots if child else ()),
        tutorings=list_child_tutorings(case.pk, on=on),
    )


def first_study(case: Case) -> dict[str, Any]:
    child = getattr(case, "child", None)
    if child is None:
        return {}
    return {
        "school_stage": child.school_stage,
        "study_subjects": [subject.value for subject in codes_of_subjects(subjects_mask(child.study_subjects))],
        "study_slots": [SLOTS[slot] for slot in slots_of(slots_mask(child.study_slots))],
    }
