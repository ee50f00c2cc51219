"""One visit as the staff read it, and the visits that nobody has read yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, When
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.core.furniture import Fact, Text
from sunward.core.wording import join_words
from sunward.mentoring.access import visible_visits
from sunward.mentoring.enums import NeedKind, VisitCompany, VisitMood, VisitTopic
from sunward.mentoring.models import Visit, VisitAnswer
from sunward.mentoring.queries.children import label
from sunward.mentoring.rules import UNREAD_DAYS

# Whose work it is to read what a mentor writes; who is above them looks when they do not.
READING_ROLES = (Role.WORKER, Role.SUPERVISOR)
# A child who seemed so comes first.
_WORRYING = (VisitMood.TENSE, VisitMood.LOW)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    words: str
    who: str
    written_at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class VisitFile:
    """A visit with all that was said. `read_by` is empty while nobody has read it."""

    record_id: UUID
    case_id: UUID
    child: str
    reference: str
    happened_on: date
    is_made: bool
    is_struck: bool
    is_own: bool
    facts: tuple[Fact, ...]
    note: str
    read_by: str
    read_at: datetime | None
    answers: tuple[AnswerRow, ...]


def read_visit_file(visit: Visit, actor: Actor) -> VisitFile:
    """`visit` comes through the gate. One query."""
    record, case = visit.record, visit.match.case
    answers = visit.answers.select_related("by").order_by("pk")
    return VisitFile(
        record_id=record.uid,
        case_id=case.uid,
        child=case.person.name,
        reference=case.reference,
        happened_on=record.happened_on,
        is_made=record.outcome == ContactOutcome.MADE,
        is_struck=record.withdrawn_at is not None,
        is_own=record.by_id == actor.user_id,
        facts=_facts(visit),
        note=record.note,
        read_by=str(visit.read_by) if visit.read_by else "",
        read_at=visit.read_at,
        answers=tuple(answer_row(answer, actor) for answer in answers),
    )


def answer_row(answer: VisitAnswer, actor: Actor) -> AnswerRow:
    return AnswerRow(answer.words, str(answer.by), answer.written_at, answer.by_id == actor.user_id)


def _facts(visit: Visit) -> tuple[Fact, ...]:
    record = visit.record
    outcome: Text = ContactOutcome(record.outcome).label
    needs = join_words(str(label(NeedKind, need)) for need in visit.needs_noticed)
    return (
        Fact(_("Neighbour mom"), visit.match.mentor.person.name),
        Fact(_("What it was"), label(ServiceKind, record.kind), note=outcome),
        Fact(_("Minutes"), record.minutes or ""),
        Fact(_("Who was there"), join_words(str(label(VisitCompany, one)) for one in visit.company)),
        Fact(_("What it was about"), join_words(str(label(VisitTopic, one)) for one in record.topics)),
        Fact(_("How the child seemed"), label(VisitMood, visit.mood)),
        Fact(_("Needs noticed"), needs),
        Fact(_("Next visit agreed for"), visit.next_on),
    )


def list_unread_visits(actor: Actor, *, on: date) -> "QuerySet[Visit]":
    """Standing visits of the last weeks that nobody has read, those at which a child seemed unwell first."""
    found = visible_visits(actor).filter(below(actor.paths(*READING_ROLES), "match__unit_path"))
    found = found.filter(
        read_at=None, record__withdrawn_at=None, record__happened_on__gte=on - timedelta(days=UNREAD_DAYS)
    ).exclude(record__by_id=actor.user_id)
    first: Any = Case(When(mood__in=_WORRYING, then=0), default=1, output_field=IntegerField())
    return found.select_related("match__case__person", "match__mentor__person", "record").order_by(first, "pk")
