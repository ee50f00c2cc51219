"""Whatever the market: no line breaks a door, no cap is exceeded, nobody is left with nothing needlessly."""

import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from sunward.employment.enums import Education, Shift, VacancyKind
from sunward.employment.shortlists.making import make_shortlists
from sunward.employment.shortlists.market import Market, Post, Seeker
from sunward.employment.shortlists.places import place_km
from sunward.employment.shortlists.policy import DEFAULT, Caps

CODES = ["4-02-06-01", "4-02-06-03", "4-02-02-01", "4-07-05-01", "4-07-05-00"]
PLACES = ["", "310110001", "310110012", "310110020", "310110012001"]
some = st.sampled_from
maybe = lambda values: st.none() | values  # noqa: E731
shifts = st.frozensets(some(Shift.values), max_size=2)
SEEKERS = st.builds(
    Seeker, key=st.just(0), wishes=st.lists(some(CODES), max_size=2, unique=True).map(tuple), place=some(PLACES),
    minutes=maybe(some([5, 15, 40])), pay_floor=maybe(some([3000, 5000, 8000])), education=maybe(some(list(Education))),
    shifts=shifts, age=maybe(some([15, 16, 30, 36, 50])), words=st.lists(some(["叉车", "英语"]), max_size=2).map(tuple),
    waiting_days=some([0, 100, 800]),
)  # fmt: skip
POSTS = st.builds(
    Post, key=st.just(0), occupation=some(["", *CODES]), title=some(["叉车工", "保安"]), place=some(PLACES),
    pay=maybe(some([2900, 5000, 9000])), education=maybe(some(list(Education))), shifts=shifts,
    kind=some(VacancyKind.values), places=maybe(some([1, 2])), told=some([0, 1, 5]), seen=some([0, 9]),
)  # fmt: skip
MARKETS = st.builds(
    lambda people, posts, known: Market(
        tuple(replace(one, key=100 + at) for at, one in enumerate(people)),
        tuple(replace(one, key=200 + at) for at, one in enumerate(posts)),
        2590,
        known,
    ),
    st.lists(SEEKERS, max_size=8), st.lists(POSTS, max_size=6),
    st.frozensets(st.tuples(st.integers(100, 107), st.integers(200, 205)), max_size=4),
)  # fmt: skip
POLICIES = some([DEFAULT, replace(DEFAULT, caps=Caps(told_per_place=1, weeks=1)), replace(DEFAULT, caps=Caps(2, 2, 1))])


def may(seeker: Seeker, post: Post) -> bool:
    """The doors once more, in words rather than columns."""
    if seeker.wishes and not any(wish[:4] == post.occupation[:4] for wish in seeker.wishes):
        return False
    if seeker.age is not None and seeker.age < 16:
        return False
    if post.kind == VacancyKind.TRAINEESHIP and (seeker.age is None or not 16 <= seeker.age <= 35):
        return False
    if seeker.pay_floor and post.pay is not None and post.pay < seeker.pay_floor:
        return False
    if seeker.education and post.education and post.education // 10 > seeker.education // 10:
        return False
    if seeker.shifts and not post.shifts <= seeker.shifts:
        return False
    km = math.dist(place_km(seeker.place), place_km(post.place))
    return seeker.minutes is None or math.isnan(km) or km <= seeker.minutes * 0.2 + 1e-9


def most_served(people: list[list[int]], cap: list[int]) -> int:
    """By the definition: how many people can be told of anything at all within the caps (maximum flow)."""
    n, m = len(people), len(cap)
    capacity = np.zeros((n + m + 2, n + m + 2), np.int32)
    for at, posts in enumerate(people):
        capacity[0, 1 + at] = 1
        for post in posts:
            capacity[1 + at, 1 + n + post] = 1
    capacity[1 + n : 1 + n + m, n + m + 1] = cap
    return int(maximum_flow(csr_array(capacity), 0, n + m + 1).flow_value)


@settings(max_examples=150, deadline=None)
@given(MARKETS, POLICIES, some([1, 3]))
def test_lists_keep_to_the_doors_and_the_caps_and_leave_nobody_out_needlessly(market, policy, k):
    lists = make_shortlists(market, policy=policy, k=k)
    posts = {post.key: post for post in market.posts}
    for seeker in market.seekers:
        lines = lists.lines[seeker.key]
        assert len(lines) == len({line.post for line in lines}) <= k
        assert all(may(seeker, posts[line.post]) for line in lines)
        assert [line.place for line in lines] == [*range(1, len(lines) + 1)]
        assert [line.score for line in lines] == sorted((line.score for line in lines), reverse=True)
        assert lists.prospects[seeker.key].open == sum(may(seeker, post) for post in market.posts)
    told = [line.post for lines in lists.lines.values() for line in lines]
    assert lists.exposure == {key: told.count(key) for key in posts}
    assert all(lists.exposure[key] <= lists.cap[key] for key in posts)
    assert market.known.isdisjoint({(line.seeker, line.post) for lines in lists.lines.values() for line in lines})
    assert all(line.others == lists.exposure[line.post] - 1 for lines in lists.lines.values() for line in lines)
    permitted = [
        [at for at, post in enumerate(market.posts) if may(one, post) and (one.key, post.key) not in market.known]
        for one in market.seekers
    ]
    served = sum(bool(lines) for lines in lists.lines.values())
    assert served == most_served(permitted, [lists.cap[post.key] for post in market.posts])


@settings(max_examples=25, deadline=None)
@given(MARKETS)
def test_the_same_market_gives_the_same_lists(market):
    assert make_shortlists(market) == make_shortlists(market)
