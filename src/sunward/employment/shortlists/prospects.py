"""What is open to everybody, which rule closes how much, and which one step would open more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sunward.employment.enums import Education
from sunward.employment.shortlists.columns import ANY_KIND, ANY_SHIFT, Columns, widen
from sunward.employment.shortlists.market import UNDER_AGE, Market
from sunward.employment.shortlists.policy import Policy
from sunward.matching.shortlisting import Flags, Funnel, Longs, Seekers, count_doors

MORE_MINUTES, LESS_PAY = 20, 0.1


@dataclass(frozen=True, slots=True)
class Door:
    """One rule: how many posts it closes to somebody, and how many it alone does."""

    rule: str
    closed: int
    alone: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody could change, and how many posts more that would open. `amount`: minutes, level, yuan."""

    code: str
    amount: int
    opens: int


@dataclass(frozen=True, slots=True)
class Prospects:
    """`open`: posts behind no closed door. `steps`: what opens most comes first. `is_too_young`: under sixteen.
    `known`: of how many of the posts they were told before."""

    posts: int
    open: int
    doors: tuple[Door, ...]
    steps: tuple[Step, ...]
    is_too_young: bool = False
    known: int = 0


def find_prospects(market: Market, columns: Columns, policy: Policy) -> tuple[Prospects, ...]:
    """Of everybody, in the order of the market."""
    everybody = range(len(market.seekers))
    seekers, posts = columns.seekers, columns.vacancies
    shifts = np.asarray(seekers.shifts)
    now = count_doors(seekers, posts, everybody)
    # Kinds of work are bits beside the shifts: what each of the two closes alone is asked apart.
    any_kind = _count(widen(seekers, shifts=shifts | ANY_KIND), columns)
    any_shift = _count(widen(seekers, shifts=shifts | ANY_SHIFT), columns)
    asked, there = np.asarray(posts.shifts), {post.key for post in market.posts}
    known = Counter(person for person, post in market.known if post in there)
    steps = _steps(market, columns, policy)
    found = []
    for at in everybody:
        funnel, bits = now[at], asked & ~shifts[at]
        doors = (
            *(Door(one.rule, one.removed, one.alone) for one in funnel.rules if one.rule != "shifts"),
            Door("shifts", int(np.count_nonzero(bits & ANY_SHIFT)), int(any_shift[at]) - funnel.remaining),
            Door("kind", int(np.count_nonzero(bits & ANY_KIND)), int(any_kind[at]) - funnel.remaining),
        )
        age = market.seekers[at].age
        found.append(
            Prospects(
                funnel.vacancies, funnel.remaining, doors, _rank(at, funnel, steps),
                is_too_young=age is not None and age < UNDER_AGE,
                known=known[market.seekers[at].key],
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Widened:
    code: str
    amount: Longs
    may: Flags
    open: Longs


def _steps(market: Market, columns: Columns, policy: Policy) -> Sequence[_Widened]:
    """Everybody gives way on one point at a time, by a step that somebody could really take."""
    seekers = columns.seekers
    limit, floor = np.asarray(seekers.limit_km), np.asarray(seekers.pay_floor)
    education, shifts = np.asarray(seekers.education), np.asarray(seekers.shifts)
    less = np.floor(floor * LESS_PAY / 100) * 100
    size = len(market.seekers)
    wider = {
        "minutes": widen(seekers, limit_km=limit + MORE_MINUTES * policy.doors.km_per_minute),
        "education": widen(seekers, education=education + 1),
        "shifts": widen(seekers, shifts=shifts | ANY_SHIFT),
        "pay": widen(seekers, pay_floor=floor - less),
    }
    steps = {
        "minutes": (np.full(size, MORE_MINUTES), np.isfinite(limit)),
        "education": (education + 1, education < max(Education).level),
        "shifts": (np.zeros(size, np.int64), (shifts & ANY_SHIFT) != ANY_SHIFT),
        "pay": (less.astype(np.int64), less > 0),
    }
    return tuple(_Widened(code, amount, may, _count(wider[code], columns)) for code, (amount, may) in steps.items())


def _rank(at: int, funnel: Funnel, steps: Sequence[_Widened]) -> tuple[Step, ...]:
    found = [
        Step(one.code, int(one.amount[at]), int(one.open[at]) - funnel.remaining)
        for one in steps
        if one.may[at] and one.open[at] > funnel.remaining
    ]
    other = next(one.alone for one in funnel.rules if one.rule == "occupation")
    # Another kind of work opens more than anything else, so it is said only to whom nothing is open.
    last = [Step("occupation", 0, other)] if other and not funnel.remaining else []
    return (*sorted(found, key=lambda step: -step.opens), *last)


def _count(seekers: Seekers, columns: Columns) -> Longs:
    everybody = range(len(np.asarray(seekers.x_km)))
    return np.array([one.remaining for one in count_doors(seekers, columns.vacancies, everybody)], np.int64)
