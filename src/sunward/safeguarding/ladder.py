"""The clock of an emergency: whom a call reaches, and after how long without an answer it reaches the next.

Numbers and moments only: no database and no clock of its own. Who stands on a rung the caller says.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sunward.accounts.enums import Role


@dataclass(frozen=True, slots=True)
class Rung:
    """Whoever holds the role nearest to the child has so long to answer before the next rung is told."""

    role: Role
    within: timedelta


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs from below. After the last, everybody is told `again` and again until somebody answers."""

    rungs: tuple[Rung, ...]
    again: timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """The last rung that was told, -1 before the first, and when the next is due."""

    rung: int
    climbs_at: datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """A rung that is told, at the moment at which it was due. Without people it was empty, and the next came at once.
    From `Ladder` upwards: everybody again."""

    rung: int
    due_at: datetime
    people: tuple[int, ...]


def start_clock(at: datetime) -> Clock:
    return Clock(-1, at)


def climb(
    clock: Clock,
    *,
    waits: tuple[timedelta, ...],
    again: timedelta,
    now: datetime,
    told: Collection[int],
    people_on: Callable[[int], Collection[int]],
    everybody: Callable[[], Collection[int]],
) -> tuple[Clock, tuple[Telling, ...]]:
    """All that is due by `now`, however late somebody looks: one rung for each moment that has come.

    `waits[n]` is how long rung n has. A rung on which nobody stands who has not been `told` is passed at once. Where
    several repetitions were missed, the last is made up for: nobody is called five times in one breath.
    """
    rung, at, heard = clock.rung, clock.climbs_at, set(told)
    tellings: list[Telling] = []
    while at <= now:
        rung += 1
        if rung < len(waits):
            people = tuple(one for one in dict.fromkeys(people_on(rung)) if one not in heard)
            heard.update(people)
            tellings.append(Telling(rung, at, people))
            at += waits[rung] if people else timedelta()
            continue
        if at + again > now:
            tellings.append(Telling(rung, at, tuple(dict.fromkeys(everybody()))))
        at += again
    return Clock(rung, at), tuple(tellings)
