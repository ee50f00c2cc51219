"""Both sides of the market as shortlists see them: facts and keys, no name of a person."""

from dataclasses import dataclass

from sunward.employment.enums import VacancyKind

UNDER_AGE = 16  # nobody younger may be employed (Law on the Protection of Minors, art. 61)


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for work. What is None or empty is not known, and closes no door but those of traineeships.

    `wishes` are codes of the classification of 2022, the first wish first; empty: open to anything. `place` is the code
    of a committee or sub-district. `minutes` one way; `pay_floor` yuan a month; `education` of `Education`. `words` are
    skills and experience as they are written. `waiting_days`: for how long without work. `is_unread`: something is
    wished that no occupation was found for; they are told of anything rather than of nothing.
    """

    key: int
    wishes: tuple[str, ...] = ()
    place: str = ""
    minutes: int | None = None
    pay_floor: int | None = None
    education: int | None = None
    shifts: frozenset[str] = frozenset()
    age: int | None = None
    words: tuple[str, ...] = ()
    waiting_days: int = 0
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A vacancy that may be recommended today. `occupation` may be empty: then only those open to anything are told.

    `pay` is the best of its range in yuan a month; `told` is how many have been told of it in the weeks over which the
    policy spreads, `seen` how many ever: what was seldom shown comes first.
    """

    key: int
    occupation: str = ""
    title: str = ""
    text: str = ""
    place: str = ""
    pay: int | None = None
    education: int | None = None
    shifts: frozenset[str] = frozenset()
    kind: str = VacancyKind.FULL_TIME
    places: int | None = None
    told: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Market:
    """`lowest_pay` is the minimum wage of the day: what pay is measured from for whoever names no floor.

    `known`: keys of a seeker and a post of which that person was told before; nobody is told the same twice.
    """

    seekers: tuple[Seeker, ...]
    posts: tuple[Post, ...]
    lowest_pay: int = 0
    known: frozenset[tuple[int, int]] = frozenset()
