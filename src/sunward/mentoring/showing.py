"""Opening one sealed value: for a purpose that was asked, and never without a trace."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.casework.access import case_subject
from sunward.core.refusals import NotThere
from sunward.mentoring.access import (
    application_subject,
    mentor_subject,
    visible_applications,
    visible_children,
    visible_mentors,
)
from sunward.people.models import Guardianship, Person

LABELS: dict[str, Promise] = {
    "id_number": _("Document number"),
    "phone": _("Telephone"),
    "address": _("Address"),
}
GUARDIAN = "guardian_"


@dataclass(frozen=True, slots=True)
class Shown:
    """An opened value with its label and whose it is."""

    owner: str
    label: str
    value: str


def show_of_child(*, actor: Actor, case_id: UUID, what: str, purpose: str, on: date, now: datetime) -> Shown:
    """A value of the child, or the telephone of a guardian (``guardian_7``)."""
    case = visible_children(actor).select_related("person").filter(uid=case_id).first()
    if case is None:
        raise _not_there()
    if what.startswith(GUARDIAN):
        shown = _guardian_phone(case.person_id, what.removeprefix(GUARDIAN), on=on)
        column = "guardian_phone"
    else:
        shown, column = _value(case.person, what), what
    record_look(
        actor=actor, code=f"mentoring.{column}_shown", now=now, subject=case_subject(case), unit_path=case.unit_path,
        purpose=purpose,
    )  # fmt: skip
    return shown


def show_of_mentor(*, actor: Actor, mentor_id: UUID, what: str, purpose: str, now: datetime) -> Shown:
    mentor = visible_mentors(actor).select_related("person").filter(uid=mentor_id).first()
    if mentor is None:
        raise _not_there()
    shown = _value(mentor.person, what)
    record_look(
        actor=actor, code=f"mentoring.{what}_shown", now=now, subject=mentor_subject(mentor),
        unit_path=mentor.unit_path, purpose=purpose,
    )  # fmt: skip
    return shown


def show_of_application(*, actor: Actor, application_id: UUID, what: str, purpose: str, now: datetime) -> Shown:
    """The telephone of somebody who has applied: the only sealed thing she was asked for."""
    row = visible_applications(actor).filter(uid=application_id).first()
    if row is None or what != "phone":
        raise _not_there()
    record_look(
        actor=actor, code="mentoring.phone_shown", now=now, subject=application_subject(row), unit_path=row.unit_path,
        purpose=purpose,
    )  # fmt: skip
    return Shown(row.name, str(LABELS[what]), _spoken(what, row.phone))


def _value(person: Person, what: str) -> Shown:
    if what not in LABELS or not getattr(person, what):
        raise _not_there()
    return Shown(person.name, str(LABELS[what]), _spoken(what, getattr(person, what)))


def _guardian_phone(child_id: int, number: str, *, on: date) -> Shown:
    current = Guardianship.objects.current(on=on).filter(child_id=child_id).select_related("guardian")
    held = current.filter(pk=int(number) if number.isdecimal() else 0).first()
    if held is None or not held.guardian.phone:
        raise _not_there()
    return Shown(held.guardian.name, str(LABELS["phone"]), _spoken("phone", held.guardian.phone))


def _spoken(what: str, value: str) -> str:
    return value.removeprefix("+86") if what == "phone" else value


def _not_there() -> NotThere:
    return NotThere("mentoring.value_not_there", _("There is no such entry, or the file is not yours to see."))
