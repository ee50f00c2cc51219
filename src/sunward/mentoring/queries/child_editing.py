"""What the forms about a child begin with, and who a new child may already be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.casework.persons import persons_of
from sunward.mentoring.access import PROGRAMME, visible_children, visible_mentors
from sunward.mentoring.models import ChildProfile, Mentor
from sunward.mentoring.rules import AGE_OF_CONSENT
from sunward.people.lookalikes import SIGNS, find_lookalikes
from sunward.people.models import Guardianship, Person
from sunward.people.registering import PersonDetails


@dataclass(frozen=True, slots=True)
class LookalikeRow:
    """Who it may be. Name and way to the file are absent if they are not the actor's to see."""

    name: str
    unit_name: str
    signs: tuple[str, ...]
    url_name: str
    uid: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Lookalikes:
    rows: tuple[LookalikeRow, ...]

    @property
    def is_blocking(self) -> bool:
        """The document number is in use by a file that can be opened: no second one is made."""
        return any(row.is_certain and row.uid for row in self.rows)


def lookalikes(actor: Actor, details: PersonDetails) -> Lookalikes:
    """Two queries and one for the files; of a person elsewhere only the sub-district and the signs are said."""
    found = find_lookalikes(details, among=persons_of(PROGRAMME))
    ids = [one.person.pk for one in found]
    children = dict(
        visible_children(actor).filter(person_id__in=ids).order_by("opened_on").values_list("person_id", "uid")
    )
    mentors = dict(visible_mentors(actor).filter(person_id__in=ids).values_list("person_id", "uid"))
    rows = []
    for one in found:
        is_seen = any(one.person.unit_path.startswith(path) for path in actor.casework_paths())
        url_name = "mentoring:child" if one.person.pk in children else "mentoring:mentor"
        uid = children.get(one.person.pk) or mentors.get(one.person.pk)
        rows.append(
            LookalikeRow(
                name=one.person.name if is_seen else "",
                unit_name=_place(one.person, is_seen=is_seen),
                signs=tuple(str(SIGNS.get(sign, sign)) for sign in one.signs),
                url_name=url_name if uid and is_seen else "",
                uid=str(uid) if uid and is_seen else "",
                is_certain=one.is_certain,
            )
        )
    return Lookalikes(tuple(rows))


def initial_of(case: Case) -> dict[str, Any]:
    """The file as the edit form begins with it; sealed fields begin empty."""
    person, child = case.person, getattr(case, "child", None) or ChildProfile()
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date, "unit": case.unit_id,
        "guardianship": child.guardianship, "hardship": child.hardship, "school_stage": child.school_stage,
        "is_studying": child.is_studying, "languages": tuple(child.languages),
        "willing_to_pair": child.willing_to_pair,
        "needs": list(case.needs.filter(met_on=None).order_by("pk").values_list("kind", flat=True)),
        "remark": case.remark,
    }  # fmt: skip


def initial_of_mentor(mentor: Mentor) -> dict[str, Any]:
    person = mentor.person
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date, "unit": mentor.unit_id,
        "kind": mentor.kind, "state": mentor.state, "capacity": mentor.capacity, "occupation": mentor.occupation,
        "skills": tuple(mentor.skills), "languages": tuple(mentor.languages), "slots": tuple(mentor.slots),
        "honours": tuple(mentor.honours), "own_children": tuple(mentor.own_children), "school": mentor.school,
        "major": mentor.major, "subjects": tuple(mentor.subjects), "joined_on": mentor.joined_on,
    }  # fmt: skip


def consent_givers(case: Case, *, on: date) -> list[tuple[int, str]]:
    """The current guardians; from fourteen on the child itself."""
    held = Guardianship.objects.current(on=on).filter(child_id=case.person_id).select_related("guardian")
    guardians = [
        (row.guardian_id, f"{row.guardian.name}（{row.relation}）" if row.relation else row.guardian.name)
        for row in held.order_by("-is_primary", "pk")
    ]
    own = [(case.person_id, case.person.name)] if (case.person.age_on(on) or 0) >= AGE_OF_CONSENT else []
    return [*guardians, *own]


def _place(person: Person, *, is_seen: bool) -> str:
    """Elsewhere only the sub-district is said, so that the two offices can talk."""
    unit = person.unit
    if unit is None:
        return ""
    if is_seen or unit.parent is None:
        return unit.name
    return unit.parent.name if len(unit.code) > 9 else unit.name
