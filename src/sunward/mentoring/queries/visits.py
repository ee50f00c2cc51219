"""What a mentor sees: her children, one child's page, her own visits. Whatever she must not see is absent here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise

from sunward.accounts.access import Actor
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.mentoring.access import own_matches, own_visits, visit_not_there
from sunward.mentoring.enums import MatchState, NeedKind, VisitMood, VisitTopic
from sunward.mentoring.models import Match, Visit, VisitAnswer, VisitDraft
from sunward.mentoring.queries.visit_file import AnswerRow, answer_row
from sunward.mentoring.rules import VISIT_EVERY_DAYS
from sunward.mentoring.visiting import DraftText, draft_mark, may_correct, read_draft, visit_key
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord, Guardianship

# An address is for going there; in a handover the next mentor goes.
HOME_STATES = (MatchState.TRIAL, MatchState.ACTIVE)
VISITS_ON_CARD = 5
_ANSWERS = Prefetch("answers", VisitAnswer.objects.select_related("by").order_by("pk"))
Text = str | Promise


@dataclass(frozen=True, slots=True)
class OwnChild:
    """A line of the mentor's home page. No risk level: the rhythm says enough."""

    match_id: UUID
    name: str
    age: int | None
    committee: str
    state: MatchState
    last_visit_on: date | None
    due_on: date
    days_left: int
    has_draft: bool
    first_meeting_on: date | None
    handover_until_on: date | None
    is_agreed: bool

    @property
    def days_late(self) -> int:
        return -self.days_left


@dataclass(frozen=True, slots=True)
class Caretaker:
    """Whom to call at the child's home."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class OwnVisit:
    record_id: UUID
    happened_on: date
    is_made: bool
    kind: Text
    minutes: int
    topics: tuple[Text, ...]
    mood: Text
    needs: tuple[Text, ...]
    note: str
    is_struck: bool
    may_correct: bool
    read_by: str
    read_at: datetime | None
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class ChildCard:
    """One child as its mentor needs it. `caretakers` and `address` are there only if there is a basis for sharing."""

    child: OwnChild
    needs: tuple[Text, ...]
    agreed_times: str
    is_sharing_allowed: bool
    caretakers: tuple[Caretaker, ...]
    address: str


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """What the visit form starts from. `mark` is the state of the draft, empty if there is none."""

    child: OwnChild
    key: UUID
    draft: DraftText | None
    mark: str


def list_own_children(actor: Actor) -> tuple[OwnChild, ...]:
    """Her children, the next visit first. One query."""
    children = [_own_child(match, on=actor.on) for match in _with_rhythm(own_matches(actor), actor)]
    return tuple(sorted(children, key=lambda child: (child.due_on, child.name)))


def read_own_child(match: Match, actor: Actor) -> OwnChild:
    return _own_child(_with_rhythm(own_matches(actor), actor).get(pk=match.pk), on=actor.on)


def _with_rhythm(matches: "QuerySet[Match]", actor: Actor) -> "QuerySet[Any]":
    made = Q(visits__record__outcome=ContactOutcome.MADE, visits__record__withdrawn_at=None)
    draft = VisitDraft.objects.filter(match=OuterRef("pk"), author_id=actor.user_id)
    return matches.select_related("case__person", "case__unit").annotate(
        last_visit_on=Max("visits__record__happened_on", filter=made), has_draft=Exists(draft), agreed_on=agreed_day()
    )


def agreed_day() -> Subquery:
    """Of a match: the day agreed on the latest visit, None if it agreed on none.

    A visit at which nobody was met and no day was named leaves the earlier word as it is.
    """
    speaking = Q(record__outcome=ContactOutcome.MADE) | Q(next_on__isnull=False)
    visits = Visit.objects.filter(speaking, match=OuterRef("pk"), record__withdrawn_at=None)
    return Subquery(visits.order_by("-record__happened_on", "-pk").values("next_on")[:1])


def _own_child(match: Any, *, on: date) -> OwnChild:
    case = match.case
    due_on = match.agreed_on or next_visit_on(
        match, last_visit_on=match.last_visit_on, risk_level=case.risk_level
    )  # fmt: skip
    return OwnChild(
        match_id=match.uid,
        name=case.person.name,
        age=case.person.age_on(on),
        committee=case.unit.name,
        state=MatchState(match.state),
        last_visit_on=match.last_visit_on,
        due_on=due_on,
        days_left=(due_on - on).days,
        has_draft=match.has_draft,
        first_meeting_on=match.trial_from_on if match.state == MatchState.TRIAL else None,
        handover_until_on=match.handover_until_on if match.state == MatchState.HANDOVER else None,
        is_agreed=match.agreed_on is not None,
    )


def next_visit_on(match: Match, *, last_visit_on: date | None, risk_level: int) -> date:
    """The first meeting, and after it one visit in every rhythm of the child's risk."""
    if last_visit_on is None:
        return match.trial_from_on or match.proposed_on
    return last_visit_on + timedelta(days=VISIT_EVERY_DAYS[risk_level])


def read_child_card(match: Match, actor: Actor) -> ChildCard:
    """The child of a match that came through the gate. Four queries at most."""
    person = match.case.person
    basis = ConsentRecord.objects.valid(on=actor.on).filter(person=person, purpose=Purpose.SHARING)
    is_allowed = basis.exists()
    needs = match.case.needs.filter(met_on=None).order_by("pk").values_list("kind", flat=True)
    return ChildCard(
        child=read_own_child(match, actor),
        needs=tuple(_label(NeedKind, kind) for kind in needs),
        agreed_times=match.agreed_times,
        is_sharing_allowed=is_allowed,
        caretakers=_caretakers(person.pk, on=actor.on) if is_allowed else (),
        address=person.address if is_allowed and match.state in HOME_STATES else "",
    )


def _caretakers(child_pk: int, *, on: date) -> tuple[Caretaker, ...]:
    found = Guardianship.objects.current(on=on).filter(child_id=child_pk).select_related("guardian")
    return tuple(
        Caretaker(row.guardian.name, row.relation, row.guardian.phone) for row in found.order_by("-is_primary", "pk")
    )


def list_own_visits(match: Match, actor: Actor, *, now: datetime, most: int = 200) -> tuple[OwnVisit, ...]:
    """Her own visits of this match, the latest first; those struck out by a correction stay away. Two queries."""
    found = match.visits.filter(record__by_id=actor.user_id, corrected_by=None)
    found = found.select_related("record", "corrects__record", "read_by").prefetch_related(_ANSWERS)
    rows = found.order_by("-record__happened_on", "-pk")[:most]
    return tuple(_own_visit(visit, actor, now=now) for visit in rows)


def _own_visit(visit: Visit, actor: Actor, *, now: datetime) -> OwnVisit:
    record = visit.record
    return OwnVisit(
        record_id=record.uid,
        happened_on=record.happened_on,
        is_made=record.outcome == ContactOutcome.MADE,
        kind=_label(ServiceKind, record.kind),
        minutes=record.minutes,
        topics=tuple(_label(VisitTopic, topic) for topic in record.topics),
        mood=_label(VisitMood, visit.mood) if visit.mood else "",
        needs=tuple(_label(NeedKind, need) for need in visit.needs_noticed),
        note=record.note,
        is_struck=record.withdrawn_at is not None,
        may_correct=may_correct(visit, user_id=actor.user_id, now=now),
        read_by=str(visit.read_by) if visit.read_by else "",
        read_at=visit.read_at,
        answers=tuple(answer_row(answer, actor) for answer in visit.answers.all()),
    )


def _label(enum: Any, code: str) -> Text:
    """Codes of an older version stay readable."""
    return enum(code).label if code in enum.values else code


def open_desk(match: Match, actor: Actor) -> VisitDesk:
    """Three queries, and nothing is written: a form that is only opened leaves no trace."""
    draft = VisitDraft.objects.filter(match=match, author_id=actor.user_id).first()
    number = match.visits.filter(record__by_id=actor.user_id).count()
    return VisitDesk(
        child=read_own_child(match, actor),
        key=visit_key(match, author_id=actor.user_id, number=number),
        draft=read_draft(draft) if draft else None,
        mark=draft_mark(draft) if draft else "",
    )


def find_own_visit(actor: Actor, *, record_id: UUID) -> Visit:
    """Her own visit, while the match lets her write."""
    visit = own_visits(actor).filter(record__uid=record_id).select_related("record", "match").first()
    if visit is None:
        raise visit_not_there()
    return visit


def list_answers(visit: Visit, actor: Actor) -> tuple[AnswerRow, ...]:
    return tuple(answer_row(answer, actor) for answer in visit.answers.select_related("by").order_by("pk"))


def find_correctable(actor: Actor, *, record_id: UUID, now: datetime) -> Visit:
    """Her own visit within the day of its saving, while the match lets her write."""
    found = Visit.objects.filter(record__uid=record_id, record__by_id=actor.user_id, match__in=own_matches(actor))
    visit = found.select_related("record", "match", "corrects").first()
    if visit is None or not may_correct(visit, user_id=actor.user_id, now=now):
        raise visit_not_there()
    return visit
