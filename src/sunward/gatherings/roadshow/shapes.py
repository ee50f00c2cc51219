"""What the planner is asked, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.days import DayRule, days_of, month_of

HALVES = (HalfDay.MORNING, HalfDay.AFTERNOON)
ALWAYS = frozenset((weekday, half) for weekday in range(7) for half in HALVES)


@dataclass(frozen=True, slots=True)
class Times:
    """When a speaker or a venue is free: half days of the week (0 is Monday), days on which not, days besides."""

    weekly: frozenset[tuple[int, HalfDay]] = ALWAYS
    not_on: frozenset[date] = frozenset()
    also_on: frozenset[date] = frozenset()

    def hold(self, day: date, half: HalfDay) -> bool:
        return day not in self.not_on and (day in self.also_on or (day.weekday(), half) in self.weekly)


@dataclass(frozen=True, slots=True)
class Speaker:
    """`teaches` nothing in particular means: whatever is on. `per_month` None means: as often as needed."""

    name: str
    teaches: frozenset[str] = frozenset()
    free: Times = Times()
    per_month: int | None = None

    def can_teach(self, occupation: str) -> bool:
        return not self.teaches or occupation in self.teaches


@dataclass(frozen=True, slots=True)
class Venue:
    """A place in one sub-district. Two of the same name are one place."""

    name: str
    subdistrict: str
    free: Times = Times()


class Whose(StrEnum):
    SUBDISTRICT = "subdistrict"
    VENUE = "venue"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Busy:
    """Something that is planned already. `half` None blocks the whole day; `note` says what it is."""

    whose: Whose
    key: str
    day: date
    half: HalfDay | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """One session: where, when, about what, by whom."""

    subdistrict: str
    day: date
    half: HalfDay
    venue: str
    speaker: str
    occupation: str

    @property
    def month(self) -> str:
        return month_of(self.day)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. Sub-districts are keys of the caller's; months are ``2022-10``.

    `sessions` in all are spread over the sub-districts, unless `quota` names a number for each. `on_in` says which
    occupations are on in a month; a month that it leaves out has all `occupations`. With `one_a_month` a sub-district
    has one occupation in a month. `fixed` sessions stay, whatever the rules say of them, unless two of them clash;
    `before` are the others as they were, to be changed as little as can be.
    """

    subdistricts: tuple[str, ...]
    months: tuple[str, ...]
    sessions: int
    occupations: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    venues: tuple[Venue, ...]
    quota: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    on_in: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    one_a_month: bool = True
    two_a_day: bool = False
    day_rule: DayRule = DayRule.WORKDAYS
    not_before: date | None = None
    busy: tuple[Busy, ...] = ()
    fixed: tuple[Placement, ...] = ()
    before: tuple[Placement, ...] = ()

    def occupations_in(self, month: str) -> tuple[str, ...]:
        return self.on_in.get(month) or self.occupations

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(day for month in self.months for day in days_of(month))

    @property
    def asked(self) -> int:
        return sum(self.quota.get(key, 0) for key in self.subdistricts) if self.quota else self.sessions


class Stage(StrEnum):
    """What is sought, one after the other; a later stage never worsens an earlier one.

    `PEOPLE` is sought for the days that the stages before it have settled.
    """

    PLACED = "placed"
    KEPT = "kept"
    EVEN = "even"
    WEEKS = "weeks"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Proof:
    """What one stage reached, and the bound that no timetable can pass; equal once proven."""

    stage: Stage
    value: float
    bound: float
    seconds: float

    @property
    def is_proven(self) -> bool:
        return abs(self.value - self.bound) < 0.5

    @property
    def gap(self) -> float:
        """How far the answer may be from the best, as a share of it."""
        return 0.0 if self.is_proven else abs(self.value - self.bound) / max(1.0, abs(self.value))


@dataclass(frozen=True, slots=True)
class Plan:
    """The sessions in the order of their days, and the proofs of the stages that were solved."""

    placements: tuple[Placement, ...]
    proofs: tuple[Proof, ...]

    @property
    def is_proven(self) -> bool:
        return all(proof.is_proven for proof in self.proofs)

    @property
    def gap(self) -> float:
        return max((proof.gap for proof in self.proofs), default=0.0)


def in_order(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    return tuple(sorted(placements, key=lambda one: (one.day, one.half, one.subdistrict, one.venue)))
