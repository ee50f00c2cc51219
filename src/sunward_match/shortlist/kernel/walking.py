"""Hard filters and score in one walk: the exact best n vacancies of every seeker.

Vacancies lie grouped by occupation, within it from west to east, those without a place last. A seeker's occupations
are walked best first by what any vacancy there could score at most; the walk stops where that no longer reaches the
worst of her n. Within an occupation only the band of her commute from west to east is looked at, in two goes: one over
the band without a branch, so that the processor takes several at once, one that keeps what is better than the worst.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...pairing.kernel.compilation import compiled
from ...pairing.kernel.vectors import Floats, Ints, Longs

RULES = ("occupation", "distance", "pay", "education", "shifts")
FEW = 32  # wishes that are sorted where they stand


class Offers(NamedTuple):
    """Vacancies in the order of the walk; ``number`` is where each stood when handed in."""

    start: Longs  # per occupation; one more at the end
    placed: Longs  # per occupation: where those without a place begin
    number: Longs
    x: Floats
    y: Floats
    pay: Floats
    education: Longs
    shifts: Longs
    merit: Floats
    most_merit: Floats  # per occupation
    most_pay: Floats  # per occupation, of those that say


class Wishes(NamedTuple):
    """Seekers: their wished occupations in compressed rows, and what each asks for."""

    start: Longs
    occupation: Ints
    liking: Floats  # per wish
    x: Floats
    y: Floats
    limit: Floats
    floor: Floats
    education: Longs
    shifts: Longs


class Scales(NamedTuple):
    """How much each criterion counts, and where nearness and pay end."""

    liking: float
    near: float
    pay: float
    merit: float
    far: float
    span: float


@compiled
def walk_all(wishes: Wishes, offers: Offers, scales: Scales, n: int) -> tuple[Longs, Floats]:
    """The best ``n`` of every seeker: places in ``offers``, -1 where there are fewer, and their scores."""
    n_seekers = len(wishes.x)
    best = np.full((n_seekers, n), -1, np.int64)
    scores = np.zeros((n_seekers, n))
    widest = 0
    for occupation in range(len(offers.placed)):
        widest = max(widest, offers.start[occupation + 1] - offers.start[occupation])
    band = np.empty(widest, np.float64)
    widest = 0
    for seeker in range(n_seekers):
        widest = max(widest, wishes.start[seeker + 1] - wishes.start[seeker])
    order, most = np.empty(widest, np.int64), np.empty(widest, np.float64)
    for seeker in range(n_seekers):
        walk(wishes, offers, scales, seeker, best[seeker], scores[seeker], band, order, most)
    return best, scores


@compiled
def rank_wishes(wishes: Wishes, offers: Offers, scales: Scales, seeker: int, order: Longs, most: Floats) -> int:
    """Into ``most`` what any vacancy of each wished occupation could score, into ``order`` the wishes by that."""
    first, n_wishes = wishes.start[seeker], wishes.start[seeker + 1] - wishes.start[seeker]
    for at in range(n_wishes):
        occupation = wishes.occupation[first + at]
        extra = (offers.most_pay[occupation] - wishes.floor[seeker]) * scales.pay / scales.span
        extra = min(max(0.0, extra), scales.pay)
        merit = scales.merit * offers.most_merit[occupation]
        most[at] = scales.liking * wishes.liking[first + at] + scales.near + extra + merit
    if n_wishes > FEW:
        order[:n_wishes] = np.argsort(-most[:n_wishes], kind="mergesort")
        return int(n_wishes)
    for at in range(n_wishes):
        to = at
        while to > 0 and most[order[to - 1]] < most[at]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = at
    return int(n_wishes)


@compiled
def walk(
    wishes: Wishes, offers: Offers, scales: Scales, seeker: int,
    best: Longs, scores: Floats, band: Floats, order: Longs, most: Floats,
) -> None:  # fmt: skip
    """One seeker."""
    first = wishes.start[seeker]
    n_wishes = rank_wishes(wishes, offers, scales, seeker, order, most)
    found = 0
    for turn in range(n_wishes):
        at = order[turn]
        if found == len(best) and most[at] * (1 + 1e-12) < scores[found - 1]:
            break
        occupation = wishes.occupation[first + at]
        liking = scales.liking * wishes.liking[first + at]
        start, placed, stop = offers.start[occupation], offers.placed[occupation], offers.start[occupation + 1]
        if np.isnan(wishes.x[seeker]):
            found = keep_band(wishes, offers, scales, seeker, liking, start, stop, best, scores, band, found)
            continue
        reach = wishes.limit[seeker] * (1 + 1e-12)
        west = start + np.searchsorted(offers.x[start:placed], wishes.x[seeker] - reach, side="left")
        east = start + np.searchsorted(offers.x[start:placed], wishes.x[seeker] + reach, side="right")
        found = keep_band(wishes, offers, scales, seeker, liking, west, east, best, scores, band, found)
        found = keep_band(wishes, offers, scales, seeker, liking, placed, stop, best, scores, band, found)


@compiled
def keep_band(
    wishes: Wishes, offers: Offers, scales: Scales, seeker: int, liking: float, start: int, stop: int,
    best: Longs, scores: Floats, band: Floats, found: int,
) -> int:  # fmt: skip
    """Score a stretch of one occupation and keep what is among the best; returns how many are kept by now."""
    score_band(
        offers.x[start:stop], offers.y[start:stop], offers.pay[start:stop], offers.education[start:stop],
        offers.shifts[start:stop], offers.merit[start:stop], wishes.x[seeker], wishes.y[seeker],
        wishes.limit[seeker] * wishes.limit[seeker], wishes.floor[seeker], wishes.education[seeker],
        ~wishes.shifts[seeker], liking, scales, band,
    )  # fmt: skip
    n = len(best)
    worst = scores[n - 1] if found == n else 0.0
    for at in range(start, stop):
        score = band[at - start]
        if score < worst:
            continue
        number = offers.number[at]
        if found == n and score == scores[n - 1] and number > offers.number[best[n - 1]]:
            continue
        to = min(found, n - 1)
        while to > 0 and (scores[to - 1] < score or (scores[to - 1] == score and offers.number[best[to - 1]] > number)):
            scores[to], best[to] = scores[to - 1], best[to - 1]
            to -= 1
        scores[to], best[to] = score, at
        found = min(found + 1, n)
        worst = scores[n - 1] if found == n else 0.0
    return found


@compiled
def score_band(
    xs: Floats, ys: Floats, pays: Floats, educations: Longs, needs: Longs, merits: Floats, x: float, y: float,
    square: float, floor: float, education: int, missing: int, liking: float, scales: Scales, band: Floats,
) -> None:  # fmt: skip
    """The score of every vacancy of a stretch, below 0 where a rule forbids it.

    No branch, no division and no index that might be negative: that is what lets the processor take several at once.
    Comparisons with what is not known are false, so it forbids nothing and earns nothing.
    """
    per_km, per_pay = scales.near / scales.far, scales.pay / scales.span
    for at in range(len(xs)):
        east, north = xs[at] - x, ys[at] - y
        away = east * east + north * north
        near = scales.near - per_km * np.sqrt(away)
        extra = per_pay * (pays[at] - floor)
        broken = (away > square) | (pays[at] < floor) | (educations[at] > education) | ((needs[at] & missing) != 0)
        near = near if near > 0.0 else 0.0  # noqa: FURB136 - not a number must give 0
        extra = extra if extra > 0.0 else 0.0  # noqa: FURB136 - not a number must give 0
        extra = extra if extra < scales.pay else scales.pay  # noqa: FURB136
        score = liking + near + extra + scales.merit * merits[at]
        band[at] = -1.0 if broken else score


@compiled
def count_all(wishes: Wishes, offers: Offers, seekers: Longs) -> tuple[Longs, Longs, Longs]:
    """Per seeker: how many vacancies each rule removes, how many it alone removes, how many remain."""
    removed = np.zeros((len(seekers), 5), np.int64)
    alone = np.zeros((len(seekers), 5), np.int64)
    remain = np.zeros(len(seekers), np.int64)
    wished = np.zeros(len(offers.placed), np.bool_)
    broken = np.zeros(5, np.bool_)
    for row in range(len(seekers)):
        seeker = seekers[row]
        wished[:] = False
        for wish in range(wishes.start[seeker], wishes.start[seeker + 1]):
            wished[wishes.occupation[wish]] = True
        for occupation in range(len(offers.placed)):
            broken[0] = not wished[occupation]
            for at in range(offers.start[occupation], offers.start[occupation + 1]):
                away = (offers.x[at] - wishes.x[seeker]) ** 2 + (offers.y[at] - wishes.y[seeker]) ** 2
                broken[1] = away > wishes.limit[seeker] ** 2
                broken[2] = offers.pay[at] < wishes.floor[seeker]
                broken[3] = offers.education[at] > wishes.education[seeker]
                broken[4] = (offers.shifts[at] & ~wishes.shifts[seeker]) != 0
                many = broken.sum()
                remain[row] += many == 0
                for rule in range(5):
                    removed[row, rule] += broken[rule]
                    alone[row, rule] += broken[rule] and many == 1
    return removed, alone, remain
