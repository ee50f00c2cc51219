"""The market as the engine's columns. What is impossible or unlawful is a closed door here, never a low score.

Kinds of work are bits beside those of the shifts: nobody under sixteen has either, and a traineeship needs an age that
is known and within the policy. What else is not known (place, pay, education, shifts) closes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sunward.employment.enums import Education, Shift, VacancyKind
from sunward.employment.shortlists.market import UNDER_AGE, Market, Post, Seeker
from sunward.employment.shortlists.places import place_km
from sunward.employment.shortlists.policy import Doors, Liking, Policy
from sunward.matching.shortlisting import Flags, Floats, Longs, Seekers, Vacancies

SHIFT_BITS = {shift: 1 << place for place, shift in enumerate(Shift.values)}
ANY_SHIFT = sum(SHIFT_BITS.values())
EMPLOYMENT_BIT, TRAINEESHIP_BIT = 1 << len(SHIFT_BITS), 2 << len(SHIFT_BITS)
ANY_KIND = EMPLOYMENT_BIT | TRAINEESHIP_BIT
ANY_EDUCATION = max(Education).level + 1  # not known: enough for every post
# As many people as there may be, times all occupations: kept small.
Singles = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
_GROUP, _BRANCH = 7, 4  # signs of 4-02-06 and 4-02


@dataclass(frozen=True, slots=True)
class Columns:
    """`profile` is the position of each person's wishes among the different ones, `liked` how much of each of those an
    occupation is, `nearness` why: 3 the very one, 2 its group, 1 its branch, 0 open to anything, -1 not at all."""

    seekers: Seekers
    vacancies: Vacancies
    occupations: tuple[str, ...]
    occupation: Longs
    profile: Longs
    liked: Singles
    nearness: Bytes
    rank: Bytes
    pay_floor: Floats


def tabulate(market: Market, policy: Policy) -> Columns:
    occupations = tuple(sorted({post.occupation for post in market.posts}))
    number = {code: place for place, code in enumerate(occupations)}
    profiles = {wishes: place for place, wishes in enumerate(sorted({one.wishes for one in market.seekers}))}
    found = [
        (much.astype(np.float32), near.astype(np.int8), rank.astype(np.int8))
        for much, near, rank in (like(wishes, occupations, policy.liking) for wishes in profiles)
    ]
    shape = (len(profiles), len(occupations))
    liked = np.array([one[0] for one in found], np.float32).reshape(shape)
    profile = np.array([profiles[one.wishes] for one in market.seekers], np.int64)
    occupation = np.array([number[post.occupation] for post in market.posts], np.int64)
    return Columns(
        seekers=_seekers(market.seekers, profile, liked, policy.doors),
        vacancies=_vacancies(market.posts, occupation),
        occupations=occupations,
        occupation=occupation,
        profile=profile,
        liked=liked,
        nearness=np.array([one[1] for one in found], np.int8).reshape(shape),
        rank=np.array([one[2] for one in found], np.int8).reshape(shape),
        pay_floor=np.array([one.pay_floor or market.lowest_pay for one in market.seekers], np.float64),
    )


def like(wishes: Sequence[str], occupations: Sequence[str], liking: Liking) -> tuple[Floats, Longs, Longs]:
    """How much each occupation is wished, by what nearness, and by which wish (0 the first; -1 none).

    The best of all wishes counts. An occupation that is not known is told only to whoever is open to anything.
    """
    size = len(occupations)
    if not wishes:
        return np.full(size, liking.anything), np.zeros(size, np.int64), np.full(size, -1, np.int64)
    shares = np.array([0.0, liking.same_branch, liking.same_group, 1.0])
    near = np.stack([_compare_all(wish, tuple(occupations)) for wish in wishes])
    steps = np.maximum(1 - liking.rank_step * np.arange(len(wishes)), liking.rank_least)
    worth = shares[np.maximum(near, 0)] * steps[:, None]
    best, everybody = worth.argmax(axis=0), np.arange(size)
    much = worth[best, everybody]
    return much, np.where(much > 0, near[best, everybody], -1), np.where(much > 0, best, -1)


@lru_cache(maxsize=4096)
def _compare_all(wish: str, occupations: tuple[str, ...]) -> Longs:
    return np.array([compare(wish, code) for code in occupations], np.int64)


def compare(wish: str, code: str) -> int:
    """3 the very one, 2 one group, 1 one branch, -1 neither. Who wishes a whole group wishes each of it: 4-02-06-00."""
    if not wish or not code:
        return -1
    if wish == code:
        return 3
    if wish.endswith("-00-00"):
        return 3 if wish[:_BRANCH] == code[:_BRANCH] and wish[2:_BRANCH] != "00" else -1
    if wish.endswith("-00"):
        return 3 if wish[:_GROUP] == code[:_GROUP] else 1 if wish[:_BRANCH] == code[:_BRANCH] else -1
    return 2 if wish[:_GROUP] == code[:_GROUP] else 1 if wish[:_BRANCH] == code[:_BRANCH] else -1


def widen(seekers: Seekers, **columns: Longs | Floats) -> Seekers:
    """The same people, each giving way on one point."""
    return replace(seekers, **columns)


def _seekers(people: Sequence[Seeker], profile: Longs, liked: Singles, doors: Doors) -> Seekers:
    """Wishes row after row, from what the different wishes have in common."""
    wished = [np.flatnonzero(row > 0) for row in liked]
    lengths = np.array([len(one) for one in wished], np.int64)[profile] if len(people) else np.zeros(0, np.int64)
    rows = [wished[one] for one in profile.tolist()]
    likings = [liked[one, wished[one]] for one in profile.tolist()]
    where = np.array([place_km(one.place) for one in people], np.float64).reshape(-1, 2)
    return Seekers(
        wish_start=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        wishes=np.concatenate(rows).astype(np.int64) if rows else np.zeros(0, np.int64),
        liking=np.concatenate(likings) if likings else np.zeros(0),
        x_km=where[:, 0],
        y_km=where[:, 1],
        limit_km=np.array([np.inf if one.minutes is None else one.minutes * doors.km_per_minute for one in people]),
        pay_floor=np.array([one.pay_floor or 0 for one in people], np.float64),
        education=np.array([level_of(one.education, ANY_EDUCATION) for one in people], np.int64),
        shifts=np.array([shift_bits(one.shifts) or ANY_SHIFT for one in people], np.int64) | kind_bits(people, doors),
    )


def _vacancies(posts: Sequence[Post], occupation: Longs) -> Vacancies:
    where = np.array([place_km(post.place) for post in posts], np.float64).reshape(-1, 2)
    return Vacancies(
        occupation=occupation,
        x_km=where[:, 0],
        y_km=where[:, 1],
        pay=np.array([np.nan if post.pay is None else post.pay for post in posts], np.float64),
        education=np.array([level_of(post.education, 0) for post in posts], np.int64),
        shifts=np.array([shift_bits(post.shifts) | _kind_bit(post.kind) for post in posts], np.int64),
        merit=np.zeros(len(posts)),
    )


def level_of(education: int | None, otherwise: int) -> int:
    return Education(education).level if education else otherwise


def shift_bits(shifts: frozenset[str]) -> int:
    return sum(bit for shift, bit in SHIFT_BITS.items() if shift in shifts)


def kind_bits(people: Sequence[Seeker], doors: Doors) -> Longs:
    """What the law lets each do at that age."""
    return np.array([_kinds_of(one.age, doors) for one in people], np.int64)


def _kinds_of(age: int | None, doors: Doors) -> int:
    if age is None:
        return EMPLOYMENT_BIT
    if age < UNDER_AGE:
        return 0
    return EMPLOYMENT_BIT | (TRAINEESHIP_BIT if doors.trainee_from <= age <= doors.trainee_to else 0)


def _kind_bit(kind: str) -> int:
    return TRAINEESHIP_BIT if kind == VacancyKind.TRAINEESHIP else EMPLOYMENT_BIT


def mask_words(posts: Sequence[Post], words: Sequence[str]) -> Mapping[str, Flags]:
    """In which posts each word stands."""
    texts = [f"{post.title} {post.text}" for post in posts]
    return {word: np.array([word in text for text in texts], np.bool_) for word in words}
