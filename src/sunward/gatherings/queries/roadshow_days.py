"""A roadshow day by day: its months as calendars, and for one session every half day with the ways or the reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.holidays import DayMark, mark_of
from sunward.gatherings.models import Roadshow, RoadshowSlot
from sunward.gatherings.queries.roadshows import Session, list_sessions
from sunward.gatherings.roadshow.choices import Choice
from sunward.gatherings.roadshow.days import SATURDAY, days_of, month_of
from sunward.gatherings.roadshow.shapes import Placement
from sunward.gatherings.roadshow_plans import asked_of
from sunward.gatherings.roadshow_words import tell_month, tell_obstacle

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    is_outside: bool
    mark: DayMark | None
    sessions: tuple[Session, ...]

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= SATURDAY

    @property
    def is_today(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    weeks: tuple[tuple[Day, ...], ...]
    total: int


def read_months(roadshow: Roadshow) -> tuple[Month, ...]:
    """Each month as whole weeks, Monday first."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    for one in list_sessions(roadshow):
        if one.on:
            by_day[one.on].append(one)
    return tuple(_month(month, by_day) for month in asked_of(roadshow).months)


def _month(month: str, by_day: dict[date, list[Session]]) -> Month:
    days = days_of(month)
    first = days[0] - timedelta(days=days[0].weekday())
    weeks = (days[-1] - first).days // 7 + 1
    grid = [
        tuple(_day(first + timedelta(days=7 * week + weekday), month, by_day) for weekday in range(7))
        for week in range(weeks)
    ]
    return Month(tell_month(month), tuple(grid), sum(len(by_day[day]) for day in days if day in by_day))


def _day(on: date, month: str, by_day: dict[date, list[Session]]) -> Day:
    is_outside = month_of(on) != month
    return Day(on, is_outside, mark_of(on), () if is_outside else tuple(by_day.get(on, ())))


@dataclass(frozen=True, slots=True)
class Option:
    """A half day for one session: the ways it could be, or why it cannot."""

    on: date
    half: Text
    choices: tuple[tuple[str, str], ...]
    why: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class OptionMonth:
    label: str
    is_own: bool
    open: tuple[Option, ...]
    closed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def closed_total(self) -> int:
        return sum(len(days) for _why, days in self.closed)


def read_options(slot: RoadshowSlot, months: Sequence[str], choices: Iterable[Choice]) -> tuple[OptionMonth, ...]:
    """The session's own month first. What is not possible is put together by its reason."""
    by_month: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        by_month[month_of(choice.day)].append(choice)
    ordered = sorted(months, key=lambda month: (month != slot.month, month))
    return tuple(_option_month(slot, month, by_month[month]) for month in ordered)


def _option_month(slot: RoadshowSlot, month: str, choices: Sequence[Choice]) -> OptionMonth:
    closed: dict[str, list[str]] = defaultdict(list)
    for one in choices:
        if one.obstacle is not None:
            closed[tell_obstacle(one.obstacle, one.note)].append(tell_half_day(one.day, one.half))
    return OptionMonth(
        tell_month(month), month == slot.month,
        tuple(_option(slot, one) for one in choices if one.obstacle is None),
        tuple((why, tuple(days)) for why, days in sorted(closed.items(), key=lambda item: -len(item[1]))),
    )  # fmt: skip


def _option(slot: RoadshowSlot, choice: Choice) -> Option:
    prefix = slot.subdistrict.name
    ways = tuple(
        (key_of(one), " · ".join((one.speaker, one.occupation, one.venue.removeprefix(prefix))))
        for one in choice.options
    )
    is_now = (slot.day, slot.half_day) == (choice.day, choice.half.value)
    return Option(choice.day, choice.half.label, ways, "", is_now)


def tell_half_day(day: date, half: HalfDay) -> str:
    return f"{date_format(day, 'MONTH_DAY_FORMAT')} {date_format(day, 'D')} {half.label}"


def key_of(one: Placement) -> str:
    """What a form sends back for a choice."""
    return "|".join((one.day.isoformat(), one.half.value, one.venue, one.speaker, one.occupation))
