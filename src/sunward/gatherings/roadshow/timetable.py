"""The rules of a roadshow as an integer programme.

Two choices share one count: `place` says that a sub-district has a session in a half day at a venue, `teach` that a
speaker gives one about an occupation there then; each half day has as many of the one as of the other. So venues and
speakers add up instead of multiplying, and sessions carry no numbers that could be swapped.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.days import WEEK, month_of, week_of
from sunward.gatherings.roadshow.measures import CELLS, FORTNIGHTS, MONTHS, REPEATS, SUBDISTRICTS
from sunward.gatherings.roadshow.openings import Diary
from sunward.gatherings.roadshow.programme import Programme, Term
from sunward.gatherings.roadshow.shapes import Placement, Request, Stage, in_order

Where = tuple[str, date, HalfDay]  # sub-district, day, half day
Place = tuple[Where, str]  # … and venue
Teach = tuple[Where, str, str]  # … and speaker, occupation
On = tuple[str, str, str]  # sub-district, month, occupation
One = TypeVar("One")
Key = TypeVar("Key")

HALF = 0.5


@dataclass(slots=True)
class Timetable:
    request: Request
    programme: Programme = field(default_factory=Programme)
    place: dict[Place, int] = field(default_factory=dict)
    teach: dict[Teach, int] = field(default_factory=dict)
    is_on: dict[On, int] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request) -> "Timetable":
        made = cls(request)
        made.fill()
        return made

    def fill(self) -> None:
        """Write down every choice and every rule."""
        self._open_half_days()
        self._hold_fixed()
        self._hold_clashes()
        self._hold_numbers()
        self._hold_occupations()

    def _open_half_days(self) -> None:
        diary = Diary(self.request)
        for subdistrict in self.request.subdistricts:
            for opening in diary.walk(subdistrict):
                if opening.obstacle is None:
                    where = (subdistrict, opening.day, opening.half)
                    for venue in opening.venues:
                        self.place[where, venue.name] = self.programme.choice()
                    for speaker, occupation in opening.teaching:
                        self.teach[where, speaker.name, occupation] = self.programme.choice()

    def _hold_fixed(self) -> None:
        """Fixed sessions stand even where the rules would not have put them."""
        for one in self.request.fixed:
            where = where_of(one)
            for known, key in ((self.place, (where, one.venue)), (self.teach, (where, one.speaker, one.occupation))):
                if key not in known:
                    known[key] = self.programme.choice()  # type: ignore[index]
                self.programme.say_yes(known[key])  # type: ignore[index]

    def _hold_clashes(self) -> None:
        request, places = self.request, group(self.place, lambda key: key[0])
        teaches = group(self.teach, lambda key: key[0])
        for where in sorted({*places, *teaches}):
            both = [(self.place[key], 1.0) for key in places[where]] + [
                (self.teach[key], -1.0) for key in teaches[where]
            ]
            self.programme.hold(both, least=0, most=0)
        for held in group(self.place, lambda key: (key[0][1:], key[1])).values():
            self._hold_at_most(self.place, held, 1)  # a venue once in a half day
        for given in group(self.teach, lambda key: (key[0][1:], key[1])).values():
            self._hold_at_most(self.teach, given, 1)  # a speaker once in a half day
        if not request.two_a_day:
            fixed = count(request.fixed, lambda one: (one.subdistrict, one.day))
            for day, held in group(self.place, lambda key: key[0][:2]).items():
                self._hold_at_most(self.place, held, max(1, fixed[day]))

    def _hold_at_most(self, choices: dict[One, int], keys: Iterable[One], most: int) -> None:
        variables = [choices[key] for key in keys]
        if len(variables) > most:
            self.programme.hold(ones(variables), most=most)

    def _hold_numbers(self) -> None:
        request = self.request
        self._hold_at_most(self.place, self.place, max(request.asked, len(request.fixed)))
        if request.quota:
            fixed = count(request.fixed, lambda one: one.subdistrict)
            for subdistrict, found in group(self.place, lambda key: key[0][0]).items():
                self._hold_at_most(self.place, found, max(request.quota.get(subdistrict, 0), fixed[subdistrict]))
        limits = {one.name: one.per_month for one in request.speakers if one.per_month is not None}
        spoken = count(request.fixed, lambda one: (one.speaker, one.month))
        for (name, month), given in group(self.teach, lambda key: (key[1], month_of(key[0][1]))).items():
            if name in limits:
                self._hold_at_most(self.teach, given, max(limits[name], spoken[name, month]))

    def _hold_occupations(self) -> None:
        """What a sub-district has in a month: one occupation, if that is asked; as many as a person has fixed there."""
        busiest = count(self.request.fixed, lambda one: (one.subdistrict, one.day))
        for (subdistrict, day, occupation), found in group(self.teach, lambda key: (*key[0][:2], key[2])).items():
            on = (subdistrict, month_of(day), occupation)
            if on not in self.is_on:
                self.is_on[on] = self.programme.choice()
            # Where a day has one session at most, one row for all of the day is the tightest.
            is_single = not self.request.two_a_day and busiest[subdistrict, day] <= 1
            for row in [found] if is_single else [[one] for one in found]:
                self.programme.hold([*ones(self.teach[key] for key in row), (self.is_on[on], -1.0)], most=0)
        if self.request.one_a_month:
            fixed = {key: {one.occupation for one in own} for key, own in group(self.request.fixed, cell_of).items()}
            for cell, own in group(self.is_on, lambda key: key[:2]).items():
                self._hold_at_most(self.is_on, own, max(1, len(fixed.get(cell, ()))))

    def hold_days(self, placements: Iterable[Placement]) -> None:
        """From here on each sub-district keeps its days; half days, venues and speakers may still change."""
        days = count(placements, lambda one: (one.subdistrict, one.day))
        for day, found in group(self.place, lambda key: key[0][:2]).items():
            self.programme.hold(ones(self.place[key] for key in found), least=days[day], most=days[day])

    def sought(self, stage: Stage) -> list[Term]:
        """What is minimised in this stage; adds the rows it needs."""
        return {
            Stage.PLACED: self.placed,
            Stage.KEPT: self.kept,
            Stage.EVEN: self.even,
            Stage.WEEKS: self.weeks,
            Stage.PEOPLE: self.people,
        }[stage]()

    def placed(self) -> list[Term]:
        """Fewer is worse: minimised, it is minus the number of sessions."""
        return [(variable, -1.0) for variable in self.place.values()]

    def kept(self) -> list[Term]:
        """Minus the number of earlier sessions that stay exactly as they were."""
        terms = []
        for one in self.request.before:
            place, teach = self.place.get(place_of(one)), self.teach.get(teach_of(one))
            if place is not None and teach is not None:
                stays = self.programme.amount(1)
                self.programme.hold([(stays, 1.0), (place, -1.0)], most=0)
                self.programme.hold([(stays, 1.0), (teach, -1.0)], most=0)
                terms.append((stays, -1.0))
        return terms

    def even(self) -> list[Term]:
        """As many sessions here as there, in this month as in that, and both together."""
        return [
            *self._squares(self.place, lambda key: key[0][0], SUBDISTRICTS),
            *self._squares(self.place, lambda key: (key[0][0], month_of(key[0][1])), CELLS),
            *self._squares(self.place, lambda key: month_of(key[0][1]), MONTHS),
        ]

    def weeks(self) -> list[Term]:
        """Spread over the weeks and days; each sub-district over its fortnights."""
        return [
            *self._fortnights(),
            *self._squares(self.place, lambda key: week_of(key[0][1])),
            *self._squares(self.place, lambda key: key[0][1]),
        ]

    def people(self) -> list[Term]:
        """Spread over the speakers and the occupations; each month another occupation in a sub-district."""
        return [
            *self._squares(self.teach, lambda key: key[1]),
            *self._squares(self.teach, lambda key: key[2]),
            *self._squares(self.is_on, lambda key: (key[0], key[2]), REPEATS),
        ]

    def _squares(self, choices: dict[One, int], key: Callable[[One], Hashable], weight: float = 1.0) -> list[Term]:
        terms: list[Term] = []
        for found in group(choices, key).values():
            variables = [choices[one] for one in found]
            terms += [(v, weight * factor) for v, factor in self.programme.squares(variables, most=self.request.asked)]
        return terms

    def _fortnights(self) -> list[Term]:
        """For each sub-district, each two weeks on end: so the last days of a month and the first of the next count."""
        weeks = group(self.place, lambda key: (key[0][0], week_of(key[0][1])))
        terms: list[Term] = []
        beginnings = {(subdistrict, week - back) for subdistrict, week in weeks for back in (timedelta(), WEEK)}
        for subdistrict, week in sorted(beginnings):
            both = [*weeks.get((subdistrict, week), []), *weeks.get((subdistrict, week + WEEK), [])]
            squares = self.programme.squares([self.place[key] for key in both], most=self.request.asked)
            terms += [(variable, FORTNIGHTS * factor) for variable, factor in squares]
        return terms

    def read(self, values: NDArray[np.float64]) -> tuple[Placement, ...]:
        """The sessions chosen. Where a half day has several, those that stay as they were are read first."""
        venues = group([key for key, variable in self.place.items() if values[variable] > HALF], lambda key: key[0])
        speakers = group([key for key, variable in self.teach.items() if values[variable] > HALF], lambda key: key[0])
        found = []
        for where, places in venues.items():
            teaches = speakers[where]
            for one in (*self.request.fixed, *self.request.before):
                if place_of(one) in places and teach_of(one) in teaches:
                    places.remove(place_of(one))
                    teaches.remove(teach_of(one))
                    found.append(one)
            for (_, venue), (_, speaker, occupation) in zip(sorted(places), sorted(teaches), strict=True):
                found.append(Placement(*where, venue=venue, speaker=speaker, occupation=occupation))
        return in_order(found)


def where_of(one: Placement) -> Where:
    return one.subdistrict, one.day, one.half


def place_of(one: Placement) -> Place:
    return where_of(one), one.venue


def teach_of(one: Placement) -> Teach:
    return where_of(one), one.speaker, one.occupation


def cell_of(one: Placement) -> tuple[str, str]:
    return one.subdistrict, one.month


def ones(variables: Iterable[int]) -> list[Term]:
    return [(variable, 1.0) for variable in variables]


def group(things: Iterable[One], key: Callable[[One], Key]) -> dict[Key, list[One]]:
    """In the order in which they come; a key that never came is an empty list."""
    found: dict[Key, list[One]] = defaultdict(list)
    for one in things:
        found[key(one)].append(one)
    return found


def count(things: Iterable[One], key: Callable[[One], Key]) -> Counter[Key]:
    return Counter(map(key, things))
