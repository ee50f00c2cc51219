"""What all parts of the scenario share: days and hours of 2022, and who acts on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import make_aware

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit, User
from sunward.web.demo.people import PersonMaker

FIRST, LAST = date(2022, 1, 4), date(2022, 10, 31)
# In spring the city stayed at home: nobody met anywhere.
AT_HOME = (date(2022, 3, 14), date(2022, 6, 5))
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """`tell` shows how far it is; `usernames` are those of everybody it made."""

    random: Random
    people: PersonMaker
    tell: Tell
    actors: dict[tuple[str, date], Actor] = field(default_factory=dict)
    usernames: set[str] = field(default_factory=set)

    def actor(self, username: str, day: date) -> Actor:
        """As somebody signed in on that day."""
        if (username, day) not in self.actors:
            self.actors[username, day] = read_actor(User.objects.get(username=username), on=day)
        return self.actors[username, day]


def at(day: date, hour: int = 17, minute: int = 0) -> datetime:
    return make_aware(datetime.combine(day, time(hour, minute)))


def days_between(first: date, last: date, *, can_meet: bool = False) -> list[date]:
    """Working days, both ends counted; those on which people could meet."""
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5 and not (can_meet and AT_HOME[0] <= day <= AT_HOME[1])]


def spread(days: Sequence[date], count: int) -> list[date]:
    """So many of these days, as evenly as can be, in their order."""
    return [days[number * len(days) // count] for number in range(count)]


def recorded_on(day: date, after: int) -> date:
    """Some days later, never on a Saturday or Sunday, and not after the last day of the report."""
    later = day + timedelta(days=after)
    while later.weekday() >= 5:
        later += timedelta(days=1)
    return min(later, LAST)


def streets() -> list[Unit]:
    return list(Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code"))
