"""A student as those see her who make pairs: what she teaches and when, whether she is vetted, whom she has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Text
from sunward.core.wording import join_words
from sunward.mentoring.access import visible_mentors
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.tutoring.abilities import SLOTS, STAGES, codes_of_subjects, slots_mask, slots_of, stages_mask
from sunward.mentoring.tutoring.abilities import subjects_mask as mask_subjects
from sunward.mentoring.tutoring.access import visible_tutorings
from sunward.mentoring.tutoring.people import say_slots, say_subjects
from sunward.mentoring.tutoring.words import say_hour
from sunward.mentoring.vetting import read_standing


@dataclass(frozen=True, slots=True)
class PupilLine:
    child: str
    hour: str
    href: str


@dataclass(frozen=True, slots=True)
class StudentPage:
    name: str
    reference: str
    is_vetted: bool
    facts: tuple[Fact, ...]
    pupils: tuple[PupilLine, ...]
    elsewhere: int
    file_href: str
    version: int


def read_student_page(student: Mentor, actor: Actor, *, on: date) -> StudentPage:
    """Pupils of other units are counted, not named. Four queries."""
    live = Tutoring.objects.live().filter(mentor=student)
    own = visible_tutorings(actor).filter(pk__in=live.values("pk")).select_related("case__person")
    pupils = tuple(
        PupilLine(
            tutoring.case.person.name,
            say_hour(tutoring.weekday, tutoring.begins),
            reverse("mentoring:tutoring", args=[tutoring.uid]),
        )
        for tutoring in own
    )
    has_file = visible_mentors(actor).filter(pk=student.pk).exists()
    return StudentPage(
        name=student.person.name,
        reference=student.reference,
        is_vetted=read_standing(student.vetting_facts.all(), on=on).may_match,
        facts=_facts(student),
        pupils=pupils,
        elsewhere=live.count() - len(pupils),
        file_href=reverse("mentoring:mentor", args=[student.uid]) if has_file else "",
        version=student.version,
    )


def _facts(student: Mentor) -> tuple[Fact, ...]:
    return (
        Fact(_("University"), student.school),
        Fact(_("Field of study"), student.major),
        Fact(_("Subjects"), say_subjects(student.subjects)),
        Fact(_("School stages"), join_words(_stages(student)) or _("every stage")),
        Fact(_("Weekly hours"), say_slots(student.slots)),
        Fact(_("Children at most"), student.capacity),
        Fact(_("Keeps the file"), student.unit.name if student.unit else ""),
    )


def _stages(student: Mentor) -> tuple[Text, ...]:
    mask = stages_mask([*student.stages, *student.subjects])
    return tuple(stage.label for bit, stage in enumerate(STAGES) if mask >> bit & 1)


def first_teaching(student: Mentor) -> dict[str, Any]:
    """The words of a roster as the codes that they mean."""
    mask = stages_mask([*student.stages, *student.subjects])
    return {
        "subjects": [subject.value for subject in codes_of_subjects(mask_subjects(student.subjects))],
        "stages": [stage.value for bit, stage in enumerate(STAGES) if mask >> bit & 1],
        "slots": [SLOTS[slot] for slot in slots_of(slots_mask(student.slots))],
        "capacity": student.capacity,
        "version": student.version,
    }
