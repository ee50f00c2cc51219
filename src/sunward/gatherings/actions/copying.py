"""Planning from what is there: a copy, a template, a series."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Refusal
from sunward.gatherings.access import get_gathering_for_change
from sunward.gatherings.actions.planning import SessionTime, write_sessions
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.holidays import DayMark, mark_of
from sunward.gatherings.models import Gathering, Series, Steward, Stop
from sunward.gatherings.recording import record_gathering_act

REPEATED_AT_MOST = 52
# What a new gathering does not take over from the one it was made after.
_ITS_OWN = {
    "id", "uid", "version", "state", "begins_on", "ends_on", "month", "when_note", "sign_up_until", "summary",
    "reported_attendance", "cancel_reason", "series", "copied_from_id", "source_batch_id", "made_by_id", "made_at",
    "published_at", "feedback_asked_at",
}  # fmt: skip
STOP_COLUMNS = ("number", "title", "place", "lon", "lat", "minutes", "narration")


class Rule(StrEnum):
    """How a series goes on."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Repeated:
    """One of a series, and what is special about its first day: a holiday is a warning, no obstacle."""

    gathering: Gathering
    mark: DayMark | None


@transaction.atomic
def copy_gathering(
    *, actor: Actor, gathering_id: UUID, on: date, now: datetime, begins_on: date | None = None, title: str = ""
) -> Gathering:
    """A draft like this one. With a day, its sessions come along, moved to begin on that day; nobody is signed up."""
    source = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    made = _duplicate(source, GatheringState.DRAFT, actor=actor, now=now, title=title)
    if begins_on is not None and source.begins_on is not None:
        _move_sessions(source, made, days=(begins_on - source.begins_on).days)
    record_gathering_act(made, actor=actor, code="gatherings.gathering_copied", now=now, source=source.pk)
    return made


@transaction.atomic
def save_as_template(*, actor: Actor, gathering_id: UUID, title: str, on: date, now: datetime) -> Gathering:
    """Keep what can be used again. A template has its hours, but is never held."""
    source = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    made = _duplicate(source, GatheringState.TEMPLATE, actor=actor, now=now, title=title)
    _move_sessions(source, made, days=0)
    record_gathering_act(made, actor=actor, code="gatherings.template_saved", now=now, source=source.pk)
    return made


@transaction.atomic
def repeat_gathering(
    *, actor: Actor, gathering_id: UUID, rule: Rule, times: int, on: date, now: datetime
) -> list[Repeated]:
    """Plan `times` more, each a draft of its own; all of them, the first included, belong to one series."""
    source = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    if source.begins_on is None:
        raise Refusal("gatherings.no_time", _("Say first when it takes place."))
    if source.series_id is not None:
        raise Refusal("gatherings.in_a_series", _("This belongs to a series already."))
    if not 1 <= times <= REPEATED_AT_MOST:
        raise Refusal("gatherings.times_out_of_range", _("Between once and 52 times."))
    series = Series.objects.create(title=source.title, rule=rule, made_by_id=actor.user_id, made_at=now)
    Gathering.objects.filter(pk=source.pk).update(series=series)
    made = []
    for day in days_of(source.begins_on, rule, times):
        gathering = _duplicate(source, GatheringState.DRAFT, actor=actor, now=now, title="", series=series)
        _move_sessions(source, gathering, days=(day - source.begins_on).days)
        made.append(Repeated(gathering, mark_of(day)))
    record_gathering_act(source, actor=actor, code="gatherings.gathering_repeated", now=now, times=times)
    return made


def days_of(first: date, rule: Rule, times: int) -> Iterator[date]:
    """The days after the first. Monthly keeps the weekday of the month: the second Saturday stays the second Saturday;
    where there is no fifth one, the last."""
    for number in range(1, times + 1):
        if rule == Rule.MONTHLY:
            yield _same_weekday(first, months=number)
        else:
            yield first + timedelta(weeks=number * (2 if rule == Rule.FORTNIGHTLY else 1))


def _same_weekday(first: date, *, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    start = date(year, month + 1, 1)
    day = start + timedelta(days=(first.weekday() - start.weekday()) % 7 + (first.day - 1) // 7 * 7)
    return day if day.month == start.month else day - timedelta(weeks=1)


def _duplicate(
    source: Gathering, state: GatheringState, *, actor: Actor, now: datetime, title: str, series: Series | None = None
) -> Gathering:
    kept = {
        field.attname: getattr(source, field.attname)
        for field in Gathering._meta.concrete_fields
        if field.name not in _ITS_OWN
    }
    if title.strip():
        kept["title"] = title.strip()[:80]
    made = Gathering.objects.create(
        **kept, uid=uuid4(), state=state, series=series, copied_from_id=source.pk, made_by_id=actor.user_id, made_at=now
    )
    Steward.objects.bulk_create(
        Steward(gathering=made, user_id=row.user_id, name=row.name, duty=row.duty) for row in source.stewards.all()
    )
    Stop.objects.bulk_create(
        Stop(gathering=made, **{name: getattr(row, name) for name in STOP_COLUMNS}) for row in source.stops.all()
    )
    return made


def _move_sessions(source: Gathering, made: Gathering, *, days: int) -> None:
    """The same hours by the wall clock, some days later; the time until which people sign up moves along."""
    times = [
        SessionTime(_later(session.begins_at, days), _later(session.ends_at, days), session.note)
        for session in source.sessions.all()
    ]
    write_sessions(made, times)
    if source.sign_up_until is not None:
        made.sign_up_until = _later(source.sign_up_until, days)
        made.save(update_fields=["sign_up_until"])


def _later(moment: datetime, days: int) -> datetime:
    local = localtime(moment)
    return local + timedelta(days=days)
