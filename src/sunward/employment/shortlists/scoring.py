"""Who is looked at for what, and the score of each pair: wish × chance, each from named criteria with weights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from sunward.employment.shortlists.columns import ANY_EDUCATION, Columns, mask_words
from sunward.employment.shortlists.market import Market, Seeker
from sunward.employment.shortlists.policy import CHANCE_CRITERIA, WISH_CRITERIA, Policy
from sunward.matching.shortlisting import Floats, Longs, Pairs, Seekers, Vacancies, Weighing, draw

# How far the education of whoever is told goes beyond what is asked, as a chance.
_JUST_ENOUGH, _MORE_THAN_ENOUGH, _NOT_ASKED_FOR = 0.7, 1.0, 0.8
_FITS, _FITS_NOT = 1.0, 0.3
_SEEN_OFTEN = 10.0  # a vacancy shown so often counts half as seldom as one never shown


@dataclass(frozen=True, slots=True)
class Scores:
    """One entry per pair. `values` are the criteria from 0 to 1, NaN where something is not known."""

    pairs: Pairs
    values: dict[str, Floats]
    wish: Floats
    chance: Floats
    score: Floats
    km: Floats


def count_places(market: Market, policy: Policy) -> Longs:
    """How many places each post counts with."""
    return np.array([post.places or policy.caps.places_unknown for post in market.posts], np.int64)


def count_cap(market: Market, policy: Policy) -> Longs:
    """How many may be told of each post this time: so many a place in all, spread over weeks, less those told before.

    A post has room for one at least until all of them have been told.
    """
    whole = count_places(market, policy) * policy.caps.told_per_place
    told = np.array([post.told for post in market.posts], np.int64)
    weekly = -(-whole // policy.caps.weeks)
    cap: Longs = np.clip(np.minimum(weekly, whole - told), 0, None)
    return cap


def draw_pairs(market: Market, columns: Columns, policy: Policy) -> Pairs:
    """The best of everybody, a share of them seldom shown, and more for those who have waited longest."""
    quotas, weights = policy.quotas, policy.weights
    weighing = Weighing(
        liking=weights.liking, near=weights.near, pay=weights.pay, merit=0.0, far_km=weights.far_km,
        pay_span=weights.pay_span,
    )  # fmt: skip
    seldom = replace(weighing, merit=10 * (weights.liking + weights.near + weights.pay + 1))
    merit = 1 / (1 + np.array([post.seen for post in market.posts], np.float64) / _SEEN_OFTEN)
    rare = replace(columns.vacancies, merit=merit)
    longest = rank_waiting(market.seekers) > 1 - quotas.longest
    of_seldom = round(quotas.drawn * quotas.seldom)
    told_before = Counter(person for person, _post in market.known)
    # As many more as somebody was told of before, so that as many new ones are looked at.
    of_best = max(1, quotas.drawn - of_seldom) + max(told_before.values(), default=0)
    drawn = [_draw(columns.seekers, columns.vacancies, of_best, weighing)]
    if of_seldom:
        drawn.append(_draw(columns.seekers, rare, of_seldom, seldom))
    if longest.any():
        more = round(of_best * quotas.longest_times)
        drawn.append(_draw(columns.seekers, columns.vacancies, more, weighing, of=np.flatnonzero(longest)))
    person = np.concatenate([one[0] for one in drawn])
    pairs = Pairs.of(person, np.concatenate([one[1] for one in drawn]), len(market.posts))
    return _leave_out_known(pairs, market)


def _leave_out_known(pairs: Pairs, market: Market) -> Pairs:
    """Without what the person was told of before."""
    if not market.known:
        return pairs
    seekers = {one.key: at for at, one in enumerate(market.seekers)}
    posts = {one.key: at for at, one in enumerate(market.posts)}
    known = [
        seekers[seeker] * len(posts) + posts[post]
        for seeker, post in market.known
        if seeker in seekers and post in posts
    ]
    is_new = ~np.isin(pairs.person * len(posts) + pairs.vacancy, known)
    return Pairs(pairs.person[is_new], pairs.vacancy[is_new])


def rank_waiting(seekers: Sequence[Seeker]) -> Floats:
    """From 0, the shortest time without work, to 1, the longest; who has waited equally long stands equal."""
    days = np.array([one.waiting_days for one in seekers], np.float64)
    if not len(days) or days.max() == days.min():
        return np.zeros(len(days))
    return np.searchsorted(np.sort(days), days, side="right") / len(days)


def score_pairs(pairs: Pairs, market: Market, columns: Columns, policy: Policy) -> Scores:
    weights = policy.weights
    person, vacancy = pairs.person, pairs.vacancy
    seekers, posts = columns.seekers, columns.vacancies
    km = np.hypot(_of(posts, "x_km")[vacancy] - _of(seekers, "x_km")[person],
                  _of(posts, "y_km")[vacancy] - _of(seekers, "y_km")[person])  # fmt: skip
    above = _of(posts, "pay")[vacancy] - columns.pay_floor[person]
    values = {
        "liking": columns.liked[columns.profile[person], columns.occupation[vacancy]].astype(np.float64),
        "near": np.clip(1 - km / weights.far_km, 0, 1),
        "pay": np.clip(above / weights.pay_span, 0, 1),
        "room": _room(market, policy)[vacancy],
        "education": _education(seekers, posts, pairs),
        "experience": _experience(market, pairs),
    }
    wish = _mean(values, WISH_CRITERIA, policy)
    chance = _mean(values, CHANCE_CRITERIA, policy)
    lift = 1 + weights.waiting * rank_waiting(market.seekers)[person]
    return Scores(pairs, values, wish, chance, wish * chance * lift, km)


def _draw(
    seekers: Seekers, vacancies: Vacancies, n: int, weighing: Weighing, *, of: Longs | None = None
) -> tuple[Longs, Longs]:
    if of is None:
        return draw(seekers, vacancies, n=n, weighing=weighing)
    person, vacancy = draw(_only(seekers, of), vacancies, n=n, weighing=weighing)
    return of[person], vacancy


def _only(seekers: Seekers, of: Longs) -> Seekers:
    """Some of the people, in their order."""
    start, wishes = np.asarray(seekers.wish_start), np.asarray(seekers.wishes)
    rows = [np.arange(start[one], start[one + 1]) for one in of.tolist()]
    places = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    apart = {"wish_start", "wishes", "liking"}
    others = [each.name for each in fields(Seekers) if each.name not in apart]
    return Seekers(
        wish_start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64),
        wishes=wishes[places],
        liking=np.asarray(seekers.liking)[places],
        **{name: np.asarray(getattr(seekers, name))[of] for name in others},
    )


def _mean(values: dict[str, Floats], names: Sequence[str], policy: Policy) -> Floats:
    weights = [float(getattr(policy.weights, name)) for name in names]
    known = [np.nan_to_num(values[name], nan=policy.weights.unknown) for name in names]
    total: Floats = sum((weight * one for weight, one in zip(weights, known, strict=True)), np.zeros(1)) / sum(weights)
    return total


def _room(market: Market, policy: Policy) -> Floats:
    """Places against how many have been told of them already."""
    places, told = count_places(market, policy), np.array([post.told for post in market.posts], np.float64)
    room: Floats = places / (places + told)
    return room


def _education(seekers: Seekers, posts: Vacancies, pairs: Pairs) -> Floats:
    asked, has = _of(posts, "education")[pairs.vacancy], _of(seekers, "education")[pairs.person]
    chance = np.where(has > asked, _MORE_THAN_ENOUGH, _JUST_ENOUGH)
    chance = np.where(asked == 0, _NOT_ASKED_FOR, chance)
    return np.where(has == ANY_EDUCATION, np.nan, chance)


def _experience(market: Market, pairs: Pairs) -> Floats:
    """Whether anything that somebody can do or has done stands in the words of the post."""
    words = sorted({word for one in market.seekers for word in one.words})
    if not words:
        return np.full(len(pairs.person), np.nan)
    masks = mask_words(market.posts, words)
    number = {word: place for place, word in enumerate(words)}
    table = np.stack([masks[word] for word in words])
    found = np.zeros(len(pairs.person), np.bool_)
    for slot in range(max(len(one.words) for one in market.seekers)):
        row = np.array([number[one.words[slot]] if slot < len(one.words) else -1 for one in market.seekers], np.int64)
        at = row[pairs.person]
        found |= (at >= 0) & table[at, pairs.vacancy]
    knows = np.array([bool(one.words) for one in market.seekers], np.bool_)[pairs.person]
    return np.where(knows, np.where(found, _FITS, _FITS_NOT), np.nan)


def _of(side: Seekers | Vacancies, name: str) -> Floats:
    return np.asarray(getattr(side, name), np.float64)
