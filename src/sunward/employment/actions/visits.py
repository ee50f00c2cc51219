"""A visit to an employer: written down, put right, taken back and had again. Its posts are added from its page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.employment.access.vacancies import addable_units, get_employer
from sunward.employment.access.visits import VISIT_SUBJECT, changeable_visits, get_visit_for_change, visit_subject
from sunward.employment.models import EmployerVisit
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.queries import standing_facts

VISITED, CHANGED = "employment.employer_visited", "employment.visit_changed"
WITHDRAWN, RESTORED = "employment.visit_withdrawn", "employment.visit_restored"
CHANGED_MEANWHILE = "employment.visit_changed_meanwhile"
LONGEST_WORDS = 2_000
# Further back a day is more likely a slip of the pen; nobody plans a visit for later than that.
LATE_DAYS, AHEAD_DAYS = 366, 366
_COLUMNS = ("happened_on", "is_online", "learned", "next_on")


@dataclass(frozen=True, slots=True)
class VisitDetails:
    happened_on: date
    is_online: bool
    learned: str
    next_on: date | None


@transaction.atomic
def record_visit(
    *, actor: Actor, key: UUID, employer_id: UUID, unit_id: int, details: VisitDetails, on: date, now: datetime
) -> EmployerVisit:
    """`key` is the form's own: sent twice, it is one visit."""
    employer = get_employer(actor=actor, employer_id=employer_id)
    unit = addable_units(actor).select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise NotAllowed("employment.visit_unit", _("Choose a unit that you may write visits down for."))
    known = changeable_visits(actor).filter(uid=key).first()
    if known is not None:
        return known
    if EmployerVisit.objects.filter(uid=key).exists():
        raise Conflict("employment.visit_key_taken", _("This form has been used already. Open a new one."))
    _refuse_impossible(details, on)
    row = EmployerVisit.objects.create(
        uid=key, employer=employer, happened_on=details.happened_on, is_online=details.is_online,
        learned=details.learned, next_on=details.next_on, unit=unit, unit_path=unit.path, by_id=actor.user_id,
        recorded_at=now,
    )  # fmt: skip
    record_fact(_fact(row), now=now)
    record_act(
        actor=actor, code=VISITED, now=now, subject=visit_subject(row), unit_path=unit.path, is_online=row.is_online
    )
    return row


@transaction.atomic
def change_visit(
    *, actor: Actor, visit_id: UUID, version: int, details: VisitDetails, on: date, now: datetime
) -> EmployerVisit:
    """What stands already as it is said changes nothing. All but other words correct the fact."""
    row = get_visit_for_change(actor=actor, visit_id=visit_id)
    changed = [name for name in _COLUMNS if getattr(row, name) != getattr(details, name)]
    if not changed:
        return row
    _refuse_old(row, version)
    if row.withdrawn_at is not None:
        raise Conflict("employment.visit_is_withdrawn", _("This visit has been taken back. Bring it back first."))
    _refuse_impossible(details, on)
    for name in changed:
        setattr(row, name, getattr(details, name))
    _save(row, *changed)
    # A new fact is what tells the home page that something has changed: the day to come again stands there.
    if changed != ["learned"]:
        for fact in standing_facts().filter(subject_kind=VISIT_SUBJECT, subject_id=row.pk, kind=VISITED):
            correct_fact(old=fact, new=_fact(row), now=now)
    record_act(actor=actor, code=CHANGED, now=now, subject=visit_subject(row), unit_path=row.unit_path, columns=changed)
    return row


@transaction.atomic
def withdraw_visit(*, actor: Actor, visit_id: UUID, version: int, now: datetime) -> EmployerVisit:
    """It did not happen, or was written down twice. The posts that came of it are vacancies of their own and stay."""
    row = get_visit_for_change(actor=actor, visit_id=visit_id)
    if row.withdrawn_at is not None:
        return row
    _refuse_old(row, version)
    row.withdrawn_at, row.withdrawn_by_id = now, actor.user_id
    _save(row, "withdrawn_at", "withdrawn_by_id")
    withdraw_facts(subject=(VISIT_SUBJECT, row.pk), now=now)
    record_act(actor=actor, code=WITHDRAWN, now=now, subject=visit_subject(row), unit_path=row.unit_path)
    return row


@transaction.atomic
def restore_visit(*, actor: Actor, visit_id: UUID, version: int, now: datetime) -> EmployerVisit:
    row = get_visit_for_change(actor=actor, visit_id=visit_id)
    if row.withdrawn_at is None:
        return row
    _refuse_old(row, version)
    row.withdrawn_at, row.withdrawn_by_id = None, 0
    _save(row, "withdrawn_at", "withdrawn_by_id")
    record_fact(_fact(row), now=now)
    record_act(actor=actor, code=RESTORED, now=now, subject=visit_subject(row), unit_path=row.unit_path)
    return row


def _fact(row: EmployerVisit) -> NewFact:
    return NewFact(
        kind=VISITED, subject_kind=VISIT_SUBJECT, subject_id=row.pk, happened_on=row.happened_on, actor_id=row.by_id,
        unit_id=row.unit_id, unit_path=row.unit_path,
        attributes={"employer": row.employer_id, "is_online": row.is_online},
    )  # fmt: skip


def _refuse_old(row: EmployerVisit, version: int) -> None:
    if version != row.version:
        raise Conflict(CHANGED_MEANWHILE, _("Somebody else has just changed this visit. Look at it again."))


def _refuse_impossible(details: VisitDetails, on: date) -> None:
    if not on - timedelta(days=LATE_DAYS) <= details.happened_on <= on:
        raise Refusal(
            "employment.visit_day", _("Write down a visit of the past year. One that is still to come has no record.")
        )
    if not details.learned:
        raise Refusal("employment.visit_learned", _("Write what was learned: the next one to go there reads it."))
    if len(details.learned) > LONGEST_WORDS:
        raise Refusal("employment.visit_too_long", _("Write what was learned in two thousand signs at most."))
    if details.next_on is not None and not details.happened_on < details.next_on <= on + timedelta(days=AHEAD_DAYS):
        raise Refusal("employment.visit_next", _("The next visit is after this one, and within a year."))


def _save(row: EmployerVisit, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
