"""A market in, explained shortlists out, every one of them proven anew."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sunward.employment.shortlists.columns import ANY_EDUCATION, Columns, tabulate
from sunward.employment.shortlists.market import Market
from sunward.employment.shortlists.policy import DEFAULT, Policy
from sunward.employment.shortlists.prospects import Prospects, find_prospects
from sunward.employment.shortlists.scoring import Scores, count_cap, draw_pairs, score_pairs
from sunward.matching.shortlisting import Longs, Shortlist, give_lists, measure_coverage, measure_gini

LINES = 10
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Line:
    """Why one person is told of one post; numbers and codes, said by `wording`.

    `criteria`: each from 0 to 1, None where it is not known. `nearness` and `wish_rank`: see `Columns`. `above_pay`: by
    how much the best pay lies above the floor, or above the minimum wage if none was named. `beyond`: how many levels
    of education more than asked, None if nothing is asked or known. `others`: how many more are told this time; `told`
    those before.
    """

    seeker: int
    post: int
    place: int
    score: float
    wish: float
    chance: float
    criteria: Mapping[str, float | None]
    nearness: int
    wish_rank: int
    km: float | None
    above_pay: int | None
    has_floor: bool
    beyond: int | None
    words: tuple[str, ...]
    places: int | None
    others: int
    told: int
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Shortlists:
    """`lines` and `prospects` by the key of the person, `exposure` and `cap` by that of the post."""

    policy: Policy
    lines: Mapping[int, tuple[Line, ...]]
    prospects: Mapping[int, Prospects]
    exposure: Mapping[int, int]
    cap: Mapping[int, int]
    coverage: float
    gini: float
    gap: float

    @property
    def empty(self) -> tuple[int, ...]:
        """Who is told of nothing."""
        return tuple(key for key, lines in self.lines.items() if not lines)


def make_shortlists(
    market: Market, *, policy: Policy = DEFAULT, k: int = LINES, progress: Progress | None = None
) -> Shortlists:
    """Up to `k` posts for everybody within the caps; nobody left with nothing needlessly.

    The same market and policy give the same lists.

    Raises:
        sunward_match.faults.VerificationError: if what the engine found does not prove right; nothing may be used then.
    """
    say = progress or (lambda _stage, _share: None)
    say("reading", 0.0)
    columns = tabulate(market, policy)
    say("drawing", 0.1)
    pairs = draw_pairs(market, columns, policy)
    say("scoring", 0.3)
    scores = score_pairs(pairs, market, columns, policy)
    say("solving", 0.5)
    cap = count_cap(market, policy)
    n_people, n_posts = len(market.seekers), len(market.posts)
    answer = give_lists(scores.pairs, scores.score, n_people=n_people, n_vacancies=n_posts, k=k, cap=cap)
    say("explaining", 0.7)
    lines = {one.key: tuple(_lines(at, answer, scores, market, columns)) for at, one in enumerate(market.seekers)}
    say("prospects", 0.85)
    prospects = find_prospects(market, columns, policy)
    say("done", 1.0)
    return Shortlists(
        policy=policy,
        lines=lines,
        prospects={one.key: found for one, found in zip(market.seekers, prospects, strict=True)},
        exposure=dict(zip((post.key for post in market.posts), answer.exposure.tolist(), strict=True)),
        cap=dict(zip((post.key for post in market.posts), cap.tolist(), strict=True)),
        coverage=measure_coverage(answer.exposure),
        gini=measure_gini(answer.exposure),
        gap=answer.gap,
    )


def _lines(person: int, answer: Shortlist, scores: Scores, market: Market, columns: Columns) -> Iterator[Line]:
    """The list of one person, in its order."""
    shown = answer.indices[person]
    start, end = np.searchsorted(scores.pairs.person, [person, person + 1])
    own: Longs = scores.pairs.vacancy[start:end]
    for place, post in enumerate(shown[shown >= 0].tolist(), start=1):
        at = start + int(np.searchsorted(own, post))
        yield _line(at, person, post, place, answer, scores, market, columns)


def _line(
    at: int, person: int, post: int, place: int, answer: Shortlist, scores: Scores, market: Market, columns: Columns
) -> Line:
    seeker, offered = market.seekers[person], market.posts[post]
    profile, occupation = int(columns.profile[person]), int(columns.occupation[post])
    values = {name: float(column[at]) for name, column in scores.values.items()}
    asked = int(np.asarray(columns.vacancies.education)[post])
    has = int(np.asarray(columns.seekers.education)[person])
    text = f"{offered.title} {offered.text}"
    return Line(
        seeker=seeker.key,
        post=offered.key,
        place=place,
        score=float(scores.score[at]),
        wish=float(scores.wish[at]),
        chance=float(scores.chance[at]),
        criteria={name: None if np.isnan(value) else round(value, 4) for name, value in values.items()},
        nearness=int(columns.nearness[profile, occupation]),
        wish_rank=int(columns.rank[profile, occupation]),
        km=None if np.isnan(scores.km[at]) else round(float(scores.km[at]), 1),
        above_pay=None if offered.pay is None else offered.pay - int(columns.pay_floor[person]),
        has_floor=bool(seeker.pay_floor),
        beyond=None if not asked or has == ANY_EDUCATION else has - asked,
        words=tuple(word for word in seeker.words if word in text),
        places=offered.places,
        others=int(answer.exposure[post]) - 1,
        told=offered.told,
        is_unread=seeker.is_unread and not seeker.wishes,
    )
