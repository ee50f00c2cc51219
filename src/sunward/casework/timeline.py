"""What happened to a person, in one line of time, whoever recorded it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.casework.enums import (
    AssessmentState,
    CloseReason,
    ContactOutcome,
    FollowUpKind,
    FollowUpState,
    RiskLevel,
    ServiceKind,
)
from sunward.casework.models import Case, FollowUp, RiskAssessment, ServiceRecord
from sunward.casework.programmes import own_words
from sunward.core.furniture import Moment, Text, Tone


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A service record as shown: `note` is absent where it was withdrawn, the reason stands instead."""

    uid: UUID
    kind: str
    happened_on: date
    minutes: int
    topics: tuple[str, ...]
    is_made: bool
    note: str
    who: str
    by_id: int | None
    has_page: bool
    is_withdrawn: bool
    withdraw_reason: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    id: int
    title: str
    note: str
    due_on: date
    role: str
    state: str
    is_overdue: bool
    done_on: date | None
    done_by: str


def list_records(case: Case, *, with_page: Q) -> tuple[RecordRow, ...]:
    """Newest first. One query. `with_page`: those of which the programme has a page of its own."""
    found: Any = case.service_records.select_related("by").annotate(has_page=with_page)
    return tuple(_record(record, has_page=record.has_page) for record in found.order_by("-happened_on", "-pk"))


def list_follow_ups(case: Case, *, on: date) -> tuple[FollowUpRow, ...]:
    """What is due first, then the settled ones, the latest first. One query."""
    found = case.follow_ups.select_related("done_by").order_by("due_on", "pk")
    rows = [_follow_up(item, on, programme=case.programme) for item in found]
    due = [row for row in rows if row.state == FollowUpState.DUE]
    settled = sorted((row for row in rows if row.state != FollowUpState.DUE), key=lambda row: row.done_on or row.due_on)
    return (*due, *reversed(settled))


def label_follow_up(kind: str, note: str = "", *, programme: str = "") -> Text:
    """By the word of its programme, else by ours; a kind that has no word by its note."""
    word = own_words(programme, "FOLLOW_UP_KINDS").get(kind)
    return word or (FollowUpKind(kind).label if kind in FollowUpKind else note or kind)


def case_moments(
    case: Case,
    *,
    records: Iterable[RecordRow],
    follow_ups: Iterable[FollowUpRow],
    assessments: Iterable[RiskAssessment],
) -> list[Moment]:
    """The file's own moments, unsorted; a programme adds what it knows and sorts."""
    moments = [Moment(case.opened_on, _("File opened"), icon="folder-open")]
    if case.closed_on:
        moments.append(Moment(case.closed_on, _("File closed"), note=_closed_why(case), icon="archive"))
    moments += [_of_record(record) for record in records]
    moments += [_of_follow_up(item) for item in follow_ups if item.state == FollowUpState.DONE and item.done_on]
    moments += [_of_assessment(assessment) for assessment in assessments]
    return moments


def newest_first(moments: Iterable[Moment]) -> list[Moment]:
    """By day; within a day in the order given, the last first."""
    numbered = sorted(enumerate(moments), key=lambda pair: (_day(pair[1].on), pair[0]), reverse=True)
    return [moment for _number, moment in numbered]


def label_reason(code: str, *, programme: str = "") -> Text:
    word = own_words(programme, "CLOSE_REASONS").get(code)
    return word or (CloseReason(code).label if code in CloseReason else code)


def names_of(ids: Iterable[int]) -> Mapping[int, str]:
    """Who the users behind these numbers are. One query; the system itself is number 0 and has no name."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(ids) - {0}).only("name", "username")}


def _closed_why(case: Case) -> Text:
    return label_reason(case.close_reason, programme=case.programme)


def _record(record: ServiceRecord, *, has_page: bool) -> RecordRow:
    is_withdrawn = record.withdrawn_at is not None
    return RecordRow(
        uid=record.uid,
        kind=str(ServiceKind(record.kind).label),
        happened_on=record.happened_on,
        minutes=record.minutes,
        topics=tuple(map(str, record.topics)),
        is_made=record.outcome == ContactOutcome.MADE,
        note="" if is_withdrawn else record.note,
        who=str(record.by) if record.by else "",
        by_id=record.by_id,
        has_page=has_page,
        is_withdrawn=is_withdrawn,
        withdraw_reason=record.withdraw_reason,
    )


def _follow_up(item: FollowUp, on: date, *, programme: str) -> FollowUpRow:
    title = str(label_follow_up(item.kind, item.note, programme=programme))
    return FollowUpRow(
        id=item.pk,
        title=title,
        note=item.note if title != item.note else "",
        due_on=item.due_on,
        role=item.role,
        state=item.state,
        is_overdue=item.state == FollowUpState.DUE and item.due_on < on,
        done_on=item.done_on,
        done_by=str(item.done_by) if item.done_by else "",
    )


def _of_record(record: RecordRow) -> Moment:
    title: str | Promise
    if record.is_withdrawn:
        title, note, tone = _("%(kind)s, withdrawn") % {"kind": record.kind}, record.withdraw_reason, "off"
    elif record.is_made:
        title, note, tone = record.kind, record.note, "good"
    else:
        title, note, tone = _("%(kind)s, not reached") % {"kind": record.kind}, record.note, "warn"
    icon = "home" if record.is_made and not record.is_withdrawn else "phone"
    return Moment(record.happened_on, title, who=record.who, note=note, icon=icon, tone=_tone(tone))


def _of_follow_up(item: FollowUpRow) -> Moment:
    on = item.done_on or item.due_on
    return Moment(on, _("Done: %(title)s") % {"title": item.title}, who=item.done_by, icon="checklist")


def _of_assessment(assessment: RiskAssessment) -> Moment:
    level = RiskLevel(assessment.level).label
    words: dict[str, tuple[Promise, Tone]] = {
        AssessmentState.PROPOSED: (_("%(level)s proposed"), "info"),
        AssessmentState.DECLINED: (_("%(level)s proposed, not confirmed"), "off"),
    }
    title, tone = words.get(assessment.state, (_("Assessed: %(level)s"), "info"))
    if assessment.is_emergency:
        tone = "urgent"
    return Moment(
        assessment.assessed_on, title % {"level": level},
        who=str(assessment.assessed_by) if assessment.assessed_by else "", note=assessment.reason, icon="flag",
        tone=tone,
    )  # fmt: skip


def _tone(word: str) -> Tone:
    tones: dict[str, Tone] = {"good": "good", "warn": "warn", "off": "off"}
    return tones[word]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
