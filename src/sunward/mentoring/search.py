"""What the search box finds of Neighbour Mom."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import CaseState
from sunward.core.search.finders import Finder, Hit
from sunward.mentoring.access import visible_children, visible_mentors
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.finding import (
    CHILD_KIND,
    MATERIAL_KIND,
    MENTOR_KIND,
    all_findable_children,
    all_findable_materials,
    all_findable_mentors,
)
from sunward.mentoring.library.access import readable_materials, within_reading_units
from sunward.mentoring.queries.children import label
from sunward.mentoring.sharing.access import published_notes, within_reading_districts
from sunward.mentoring.sharing.finding import NOTE_KIND, all_findable_notes


def _show_children(actor: Actor, ids: Sequence[int], on: date) -> dict[int, Hit]:
    found = visible_children(actor).filter(pk__in=ids).select_related("person", "unit")
    return {
        case.pk: Hit(
            title=case.person.name,
            href=reverse("mentoring:child", args=[case.uid]),
            note=_note(case.reference, _age(case.person.age_on(on)), case.unit.name),
            is_closed=case.state == CaseState.CLOSED,
        )
        for case in found
    }


def _show_mentors(actor: Actor, ids: Sequence[int], on: date) -> dict[int, Hit]:
    found = visible_mentors(actor).filter(pk__in=ids).select_related("person", "unit")
    return {
        mentor.pk: Hit(
            title=mentor.person.name,
            href=reverse("mentoring:mentor", args=[mentor.uid]),
            note=_note(
                mentor.reference, label(MentorKind, mentor.kind), mentor.unit.name if mentor.unit else "",
                mentor.occupation, *map(str, mentor.skills),
            ),
            is_closed=mentor.state == MentorState.LEFT,
        )
        for mentor in found
    }  # fmt: skip


def _show_materials(actor: Actor, ids: Sequence[int], on: date) -> dict[int, Hit]:
    return {
        material.pk: Hit(
            title=material.title,
            href=reverse("mentoring:material", args=[material.uid]),
            note=str(ExpertField(material.field).label),
        )
        for material in readable_materials(actor).filter(pk__in=ids)
    }


def _show_notes(actor: Actor, ids: Sequence[int], on: date) -> dict[int, Hit]:
    """Nobody is named, not even who wrote it."""
    return {
        note.pk: Hit(title=note.title, href=reverse("mentoring:note", args=[note.uid]))
        for note in published_notes(actor).filter(pk__in=ids)
    }


def _age(age: int | None) -> str:
    return "" if age is None else gettext("%(age)s years old") % {"age": age}


def _note(*parts: str) -> str:
    return " · ".join(filter(None, parts))


FINDERS = (
    Finder(CHILD_KIND, _("Children"), "mentoring:children", _show_children, all_findable_children),
    Finder(MENTOR_KIND, _("Neighbour moms"), "mentoring:mentors", _show_mentors, all_findable_mentors),
    Finder(
        MATERIAL_KIND, _("Small library"), "mentoring:library", _show_materials, all_findable_materials,
        reach=within_reading_units,
    ),
    Finder(
        NOTE_KIND, _("Experience shared"), "mentoring:notes", _show_notes, all_findable_notes,
        reach=within_reading_districts,
    ),
)  # fmt: skip
