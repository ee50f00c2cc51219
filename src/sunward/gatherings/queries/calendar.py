"""The calendar: a month, a week or a list of days, with what is special about each and what cannot be at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.core.furniture import Tone
from sunward.gatherings.access import own_sign_ups, planned_gatherings, seen_gatherings
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.holidays import DayMark, mark_of
from sunward.gatherings.models import Gathering, GatheringQuerySet, Steward
from sunward.gatherings.queries.conflicts import Conflict, find_conflicts, find_own_conflicts
from sunward.gatherings.queries.wording import STATE_TONES, kind_icon, kind_label, say_times, state_label
from sunward.gatherings.roles import PLANNERS

Text = str | Promise
DAYS_OF_LIST = 35
SHOWN = (GatheringState.DRAFT, GatheringState.PUBLISHED, GatheringState.HELD)


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    LIST = "list"


VIEW_LABELS: dict[View, Text] = {
    View.MONTH: pgettext_lazy("calendar", "Month"),
    View.WEEK: _("Week"),
    View.LIST: _("List"),
}


@dataclass(frozen=True, slots=True)
class CalendarQuestion:
    """Which days, around `day`, and whose gatherings: of a unit, or those in which the reader takes part."""

    view: View
    day: date
    unit_path: str = ""
    is_mine: bool = False
    kind: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """First and last day shown. A month fills whole weeks, Monday first."""
        if self.view == View.LIST:
            return self.day, self.day + timedelta(days=DAYS_OF_LIST - 1)
        first = self.day.replace(day=1) if self.view == View.MONTH else self.day
        last = _last_of_month(self.day) if self.view == View.MONTH else self.day
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())

    @property
    def earlier(self) -> date:
        if self.view == View.MONTH:
            return (self.day.replace(day=1) - timedelta(days=1)).replace(day=1)
        return self.day - timedelta(days=7 if self.view == View.WEEK else DAYS_OF_LIST)

    @property
    def later(self) -> date:
        if self.view == View.MONTH:
            return _last_of_month(self.day) + timedelta(days=1)
        return self.day + timedelta(days=7 if self.view == View.WEEK else DAYS_OF_LIST)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A gathering on one day. `times` is empty where only the day is known."""

    href: str
    uid: str
    title: str
    times: str
    kind: Text
    icon: str
    place: str
    host: str
    state: str
    state_label: Text
    tone: Tone
    conflicts: tuple[Conflict, ...]

    @property
    def is_draft(self) -> bool:
        return self.state == GatheringState.DRAFT


@dataclass(frozen=True, slots=True)
class CalendarDay:
    on: date
    mark: DayMark | None
    is_today: bool
    is_outside: bool
    entries: tuple[CalendarEntry, ...]

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`undated`: what is planned for the month without a day yet."""

    question: CalendarQuestion
    first: date
    last: date
    weeks: tuple[tuple[CalendarDay, ...], ...]
    undated: tuple[CalendarEntry, ...]
    clashes: tuple[str, ...]

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        return tuple(day for week in self.weeks for day in week)

    @property
    def is_empty(self) -> bool:
        return not self.undated and not any(day.entries for day in self.days)


def read_calendar(actor: Actor, asked: CalendarQuestion, *, on: date) -> Calendar:
    """At most five queries, however many days and gatherings."""
    first, last = asked.span
    shown = list(_ask(actor, asked).select_related("host").prefetch_related("sessions"))
    conflicts = _read_conflicts(actor, shown)
    by_day: dict[date, list[tuple[str, CalendarEntry]]] = defaultdict(list)
    for gathering in shown:
        for day, times in _days_of(gathering, first=first, last=last):
            by_day[day].append((times or "~", _to_entry(gathering, times, conflicts.get(gathering.pk, ()), actor)))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    cells = [_to_day(day, asked, by_day.get(day, ()), on=on) for day in days]
    return Calendar(
        question=asked,
        first=first,
        last=last,
        weeks=tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)),
        undated=tuple(_to_entry(one, "", (), actor) for one in shown if one.begins_on is None),
        clashes=tuple(_say_clashes(shown, conflicts)),
    )


def _ask(actor: Actor, asked: CalendarQuestion) -> GatheringQuerySet:
    first, last = asked.span
    touching = Q(begins_on__lte=last, ends_on__gte=first)
    if asked.view == View.MONTH:
        touching |= Q(begins_on=None, month=f"{asked.day:%Y-%m}")
    found = seen_gatherings(actor).filter(touching, state__in=SHOWN)
    if asked.unit_path:
        found = found.within((asked.unit_path,))
    if asked.is_mine:
        found = found.filter(taking_part(actor))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return found.order_by("begins_on", "pk")


def taking_part(actor: Actor) -> Q:
    """She made it, has a duty at it, or is signed up for it, herself or a child entrusted to her."""
    duties = Steward.objects.filter(user_id=actor.user_id)
    return (
        Q(made_by_id=actor.user_id)
        | Q(pk__in=duties.values("gathering_id"))
        | Q(pk__in=own_sign_ups(actor).standing().values("gathering_id"))
    )


def _read_conflicts(actor: Actor, shown: Sequence[Gathering]) -> dict[int, tuple[Conflict, ...]]:
    """Of persons who are signed up twice only those whose sign-ups the actor sees."""
    if not actor.has(*PLANNERS):
        return find_own_conflicts(shown, own_sign_ups(actor).standing())
    planned = planned_gatherings(actor).filter(pk__in=[one.pk for one in shown])
    return find_conflicts(shown, persons_of=set(planned.values_list("pk", flat=True)))


def _days_of(gathering: Gathering, *, first: date, last: date) -> Iterator[tuple[date, str]]:
    """The days on which it is, with its times; without sessions every day from the first to the last."""
    sessions = list(gathering.sessions.all())
    for session in sessions:
        day = localtime(session.begins_at).date()
        if first <= day <= last:
            yield day, say_times(session)
    if not sessions and gathering.begins_on and gathering.ends_on:
        day = max(first, gathering.begins_on)
        while day <= min(last, gathering.ends_on):
            yield day, ""
            day += timedelta(days=1)


def _to_day(
    day: date, asked: CalendarQuestion, entries: Iterable[tuple[str, CalendarEntry]], *, on: date
) -> CalendarDay:
    return CalendarDay(
        on=day,
        mark=mark_of(day),
        is_today=day == on,
        is_outside=asked.view == View.MONTH and day.month != asked.day.month,
        entries=tuple(entry for _times, entry in sorted(entries, key=lambda pair: pair[0])),
    )


def _to_entry(gathering: Gathering, times: str, conflicts: tuple[Conflict, ...], actor: Actor) -> CalendarEntry:
    return CalendarEntry(
        href=page_of(gathering, actor),
        uid=str(gathering.uid),
        title=gathering.title,
        times=times,
        kind=kind_label(gathering),
        icon=kind_icon(gathering),
        place=gathering.place,
        host=gathering.host.short_name,
        state=gathering.state,
        state_label=state_label(gathering),
        tone=STATE_TONES[gathering.state],
        conflicts=conflicts,
    )


def _say_clashes(shown: Iterable[Gathering], conflicts: dict[int, tuple[Conflict, ...]]) -> Iterator[str]:
    """Each clash once, from the side of the gathering that was made first."""
    for gathering in shown:
        for conflict in conflicts.get(gathering.pk, ()):
            if conflict.other_id > gathering.pk:
                yield f"{gathering.title} {conflict.sentence}"


def page_of(gathering: Gathering, actor: Actor) -> str:
    """Where she reads it: at a desk the gathering's file, else her programme's own page of it, if it has one."""
    kind = gathering_kinds().get(gathering.kind)
    if kind and kind.own_page and not actor.has(*PLANNERS):
        return reverse(kind.own_page, kwargs={"gathering_id": gathering.uid})
    return reverse("gatherings:gathering", args=[gathering.uid])


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
