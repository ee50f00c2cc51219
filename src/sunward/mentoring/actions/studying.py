"""What a child needs for tutoring online, and what a student offers: kept as codes, so that both can be compared."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.access import PROGRAMME, get_child_for_change, mentor_subject
from sunward.mentoring.models import ChildProfile, Mentor
from sunward.mentoring.tutoring.abilities import SLOTS
from sunward.mentoring.tutoring.access import visible_students
from sunward.mentoring.tutoring.enums import Stage, Subject


@transaction.atomic
def note_study_needs(
    *, actor: Actor, case_id: UUID, school_stage: str, subjects: Sequence[str], slots: Sequence[str], on: date,
    now: datetime,
) -> Case:  # fmt: skip
    """Which subjects a child needs help with, and at which weekly hours it can be at the screen."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    if case.programme != PROGRAMME:
        raise NotThere("mentoring.child_not_there", _("There is no such child, or the file is not yours to see."))
    refuse_closed(case)
    _refuse_unknown(subjects, slots)
    ChildProfile.objects.update_or_create(
        case=case,
        defaults={
            "school_stage": school_stage.strip()[:40], "study_subjects": list(subjects), "study_slots": list(slots),
        },
    )  # fmt: skip
    case.version += 1
    case.save(update_fields=["version"])
    record_case_act(case, actor=actor, code="mentoring.study_noted", on=on, now=now)
    return case


@transaction.atomic
def note_teaching(
    *, actor: Actor, mentor_id: UUID, version: int, subjects: Sequence[str], stages: Sequence[str],
    slots: Sequence[str], capacity: int, now: datetime,
) -> Mentor:  # fmt: skip
    """What a student teaches, whom, when, and how many at once. Words of a roster give way to codes."""
    student = visible_students(actor).select_for_update(of=("self",)).filter(uid=mentor_id).first()
    if student is None:
        raise NotThere("mentoring.student_not_there", _("There is no such student, or it is not yours to see."))
    if student.version != version:
        raise Conflict("mentoring.student_changed", _("Somebody else has just changed this. Look at it again first."))
    _refuse_unknown(subjects, slots)
    if not set(stages) <= set(Stage.values):
        raise _unknown()
    student.subjects, student.stages, student.slots = list(subjects), list(stages), list(slots)
    student.capacity = capacity
    student.version += 1
    student.save(update_fields=["subjects", "stages", "slots", "capacity", "version"])
    record_act(
        actor=actor, code="mentoring.teaching_noted", now=now, subject=mentor_subject(student),
        unit_path=student.unit_path,
    )  # fmt: skip
    return student


def _refuse_unknown(subjects: Sequence[str], slots: Sequence[str]) -> None:
    if not (set(subjects) <= set(Subject.values) and set(slots) <= set(SLOTS)):
        raise _unknown()


def _unknown() -> Refusal:
    return Refusal("mentoring.not_on_the_list", _("Choose from the list."))
