"""Shortlists: which doors are closed, who comes first, how many are told, and what is said of it."""

import json
from dataclasses import replace

import pytest
from django.utils.translation import override

from sunward.core.refusals import Refusal
from sunward.employment.enums import Education, VacancyKind
from sunward.employment.shortlists.columns import compare, like, tabulate
from sunward.employment.shortlists.making import make_shortlists
from sunward.employment.shortlists.market import Market, Post, Seeker
from sunward.employment.shortlists.policy import DEFAULT, Caps, Liking, Quotas, Weights, read_policy, write_policy
from sunward.employment.shortlists.prospects import Step
from sunward.employment.shortlists.scoring import count_cap, draw_pairs, rank_waiting
from sunward.employment.shortlists.wording import say_chance, say_nothing, say_step, say_steps, say_why

KEEPER, PORTER, DRIVER, GUARD = "4-02-06-01", "4-02-05-01", "4-02-02-01", "4-07-05-01"
HERE, FAR = "310110012", "310110020"


def market(seekers, posts, lowest_pay=2590):
    return Market(tuple(seekers), tuple(posts), lowest_pay)


def told(seekers, posts, **more):
    """Keys of posts by the key of the person."""
    lists = make_shortlists(market(seekers, posts), **more)
    return {key: [line.post for line in lines] for key, lines in lists.lines.items()}


def one(seeker=None, post=None, **more):
    seeker, post = seeker or Seeker(0, (KEEPER,)), post or Post(7, KEEPER)
    return make_shortlists(market([seeker], [post]), **more)


def is_told(seeker, post):
    return bool(one(seeker, post).lines[seeker.key])


def test_a_wish_reaches_its_group_and_its_branch_and_no_further():
    assert [compare(KEEPER, code) for code in (KEEPER, "4-02-06-03", DRIVER, GUARD, "")] == [3, 2, 1, -1, -1]
    assert [compare("4-02-06-00", code) for code in (KEEPER, DRIVER, GUARD)] == [3, 1, -1]
    assert [compare("4-02-00-00", code) for code in (KEEPER, GUARD)] == [3, -1]


def test_the_best_of_all_wishes_counts_less_the_later_it_comes():
    much, near, rank = like((GUARD, KEEPER), (KEEPER, DRIVER, GUARD, "1-01-01-01"), Liking())
    assert much.tolist() == pytest.approx([0.9, 0.27, 1.0, 0.0])
    assert near.tolist() == [3, 1, 3, -1]
    assert rank.tolist() == [1, 1, 0, -1]


def test_a_post_whose_occupation_is_not_known_is_told_to_whoever_is_open_to_anything_alone():
    assert is_told(Seeker(0), Post(1))
    assert not is_told(Seeker(0, (KEEPER,)), Post(1))


@pytest.mark.parametrize(
    ("seeker", "post", "may"),
    [
        ({"place": HERE, "minutes": 5}, {"place": FAR}, False),
        ({"place": HERE, "minutes": 60}, {"place": FAR}, True),
        ({"place": HERE, "minutes": 5}, {"place": "somewhere"}, True),
        ({"place": f"{HERE}001", "minutes": 1}, {"place": HERE}, True),
        ({"pay_floor": 6000}, {"pay": 5999}, False),
        ({"pay_floor": 6000}, {"pay": 6000}, True),
        ({"pay_floor": 6000}, {}, True),
        ({"education": Education.VOCATIONAL}, {"education": Education.SENIOR}, True),
        ({"education": Education.SENIOR}, {"education": Education.COLLEGE}, False),
        ({}, {"education": Education.DOCTOR}, True),
        ({"education": Education.DOCTOR}, {"education": Education.DOCTOR}, True),
        ({"shifts": frozenset({"day"})}, {"shifts": frozenset({"day", "night"})}, False),
        ({}, {"shifts": frozenset({"night"})}, True),
        ({"age": 15}, {}, False),
        ({"age": 16}, {}, True),
        ({"age": 61}, {}, True),
        ({"age": 16}, {"kind": VacancyKind.TRAINEESHIP}, True),
        ({"age": 35}, {"kind": VacancyKind.TRAINEESHIP}, True),
        ({"age": 36}, {"kind": VacancyKind.TRAINEESHIP}, False),
        ({}, {"kind": VacancyKind.TRAINEESHIP}, False),
    ],
)
def test_what_is_impossible_or_unlawful_is_a_closed_door_and_what_is_not_known_is_open(seeker, post, may):
    assert is_told(Seeker(0, (KEEPER,), **seeker), Post(1, KEEPER, **post)) is may


def test_ages_of_traineeships_are_the_policys():
    policy = replace(DEFAULT, doors=replace(DEFAULT.doors, trainee_to=24))
    seeker, post = Seeker(0, (KEEPER,), age=30), Post(1, KEEPER, kind=VacancyKind.TRAINEESHIP)
    assert one(seeker, post).lines[0]
    assert not one(seeker, post, policy=policy).lines[0]


def test_twelve_are_told_of_a_place_spread_over_four_weeks_and_never_more():
    posts = [Post(0, places=2), Post(1, places=2, told=20), Post(2, places=2, told=24), Post(3, told=30), Post(4)]
    assert count_cap(market([], posts), DEFAULT).tolist() == [6, 4, 0, 0, 3]


def test_no_post_is_told_to_more_than_its_cap_and_who_is_left_out_learns_why():
    lists = make_shortlists(market([Seeker(key, (KEEPER,)) for key in range(5)], [Post(7, KEEPER, places=1)]))
    assert lists.exposure == lists.cap == {7: 3}
    assert len(lists.empty) == 2
    with override("en"):
        assert say_nothing(lists.prospects[lists.empty[0]]).startswith("1 post would fit, but as many are told")


def test_nobody_loses_her_only_post_to_somebody_who_has_others():
    tight = replace(DEFAULT, caps=Caps(told_per_place=1, weeks=1))
    seekers = [Seeker(0, (KEEPER, GUARD), waiting_days=900), Seeker(1, (KEEPER,), minutes=60)]
    assert told(seekers, [Post(5, KEEPER), Post(6, GUARD)], policy=tight) == {0: [6], 1: [5]}


def test_of_two_alike_the_one_who_has_waited_longer_comes_first():
    tight = replace(DEFAULT, caps=Caps(told_per_place=1, weeks=1))
    assert told([Seeker(0, waiting_days=10), Seeker(1, waiting_days=400)], [Post(5)], policy=tight) == {0: [], 1: [5]}


def test_nobody_is_told_of_the_same_post_twice_and_learns_so():
    few = replace(DEFAULT, quotas=Quotas(drawn=1, seldom=0.0))
    both = market([Seeker(0, (KEEPER,)), Seeker(1, (KEEPER,))], [Post(5, KEEPER, pay=9000), Post(6, KEEPER)])
    lists = make_shortlists(replace(both, known=frozenset({(0, 5), (1, 5), (1, 6), (9, 5), (0, 99)})), policy=few)
    assert [line.post for line in lists.lines[0]] == [6]
    assert lists.empty == (1,)
    with override("en"):
        assert "were recommended before" in say_nothing(lists.prospects[1])


def test_waiting_ranks_from_the_shortest_to_the_longest():
    assert rank_waiting([]).tolist() == []
    assert rank_waiting([Seeker(0), Seeker(1)]).tolist() == [0, 0]
    assert rank_waiting([Seeker(0, waiting_days=5), Seeker(1), Seeker(2, waiting_days=5)]).tolist() == [1, 1 / 3, 1]


def test_a_share_of_what_is_looked_at_are_posts_that_were_seldom_shown():
    posts = [Post(key, KEEPER, pay=9000, seen=50) for key in range(20)] + [Post(99, KEEPER, pay=3000)]
    both = market([Seeker(0, (KEEPER,))], posts)
    few = replace(DEFAULT, quotas=Quotas(drawn=5, seldom=0.2, longest=0.0))
    assert 20 in draw_pairs(both, tabulate(both, few), few).vacancy.tolist()
    none = replace(few, quotas=replace(few.quotas, seldom=0.0))
    assert 20 not in draw_pairs(both, tabulate(both, none), none).vacancy.tolist()


def test_more_is_looked_at_for_whoever_has_waited_longest():
    seekers = [Seeker(key, (KEEPER,), waiting_days=key) for key in range(10)]
    both = market(seekers, [Post(key, KEEPER) for key in range(30)])
    few = replace(DEFAULT, quotas=Quotas(drawn=5, seldom=0.0, longest=0.1, longest_times=3.0))
    drawn = draw_pairs(both, tabulate(both, few), few).person.tolist()
    assert [drawn.count(key) for key in range(10)] == [5] * 9 + [15]


def test_nearer_and_better_paid_posts_stand_first():
    offers = ((1, FAR, 5000), (2, HERE, 5000), (3, HERE, 7000))
    posts = [Post(key, KEEPER, place=place, pay=pay) for key, place, pay in offers]
    assert told([Seeker(0, (KEEPER,), place=HERE)], posts) == {0: [3, 2, 1]}


def test_experience_that_stands_in_the_words_of_a_post_makes_a_better_chance():
    posts = [Post(1, KEEPER, "仓管", "整理货架"), Post(2, KEEPER, "仓管", "会开叉车优先")]
    lists = make_shortlists(market([Seeker(0, (KEEPER,), words=("叉车", "英语"))], posts))
    first, second = lists.lines[0]
    assert (first.post, first.words, second.words) == (2, ("叉车",), ())
    assert first.chance > second.chance


def test_what_is_not_known_counts_half():
    line = one().lines[0][0]
    assert [line.criteria[name] for name in ("near", "pay", "education", "experience")] == [None] * 4
    weights = DEFAULT.weights
    assert line.wish == pytest.approx((weights.liking + 0.5 * weights.near + 0.5 * weights.pay) / 6)
    assert line.score == pytest.approx(line.wish * line.chance)


def test_a_market_without_posts_or_without_people_is_no_fault():
    assert told([Seeker(0)], []) == {0: []}
    assert told([], [Post(1)]) == {}
    with override("en"):
        lists = make_shortlists(market([Seeker(0)], []))
        assert say_nothing(lists.prospects[0]) == "There is no open vacancy to tell anybody of."


def test_everybody_learns_which_one_step_would_open_more():
    seeker = Seeker(0, (KEEPER,), HERE, 5, 6000, Education.SENIOR, shifts=frozenset({"day"}))
    posts = [
        Post(1, KEEPER, place=FAR), Post(2, KEEPER, place=FAR), Post(3, KEEPER, place=HERE, pay=5500),
        Post(4, KEEPER, education=Education.COLLEGE), Post(5, KEEPER, shifts=frozenset({"night"})), Post(6, GUARD),
        Post(7, KEEPER, place=FAR, pay=5500),
    ]  # fmt: skip
    near = replace(DEFAULT, doors=replace(DEFAULT.doors, km_per_minute=0.5))
    found = make_shortlists(market([seeker], posts), policy=near).prospects[0]
    assert found.open == 0
    assert found.steps[0] == Step("minutes", 20, 2)
    assert set(found.steps[1:4]) == {Step("education", 3, 1), Step("shifts", 0, 1), Step("pay", 600, 1)}
    assert found.steps[4:] == (Step("occupation", 0, 1),)
    doors = {door.rule: (door.closed, door.alone) for door in found.doors}
    assert doors == {
        "occupation": (1, 1), "distance": (3, 2), "pay": (2, 1), "education": (1, 1), "shifts": (1, 1), "kind": (0, 0),
    }  # fmt: skip
    with override("en"):
        assert say_steps(found)[0] == "20 more minutes on the way would open 2 posts more."
        assert "3 are too far away" in say_nothing(found)


def test_shifts_and_kinds_of_work_are_told_apart():
    posts = [Post(1, KEEPER, kind=VacancyKind.TRAINEESHIP), Post(2, KEEPER, shifts=frozenset({"night"}))]
    seeker = Seeker(0, (KEEPER,), age=50, shifts=frozenset({"day"}))
    found = make_shortlists(market([seeker], posts)).prospects[0]
    doors = {door.rule: (door.closed, door.alone) for door in found.doors}
    assert (doors["shifts"], doors["kind"]) == ((1, 1), (1, 1))


def test_whoever_is_under_sixteen_is_told_of_nothing_and_why():
    found = one(Seeker(0, (KEEPER,), age=15)).prospects[0]
    assert found.is_too_young
    with override("en"):
        assert "sixteen" in say_nothing(found)


def test_every_line_says_why_in_both_languages():
    seeker = Seeker(0, (KEEPER,), place=HERE, pay_floor=4000, education=Education.COLLEGE, words=("叉车",))
    post = Post(7, "4-02-06-03", "叉车工", place=HERE, pay=6000, education=Education.SENIOR, places=2, told=4)
    line = one(seeker, post).lines[0][0]
    with override("en"):
        assert say_why(line, policy=DEFAULT) == (
            "Of the same group of occupations as wish 1.",
            "In the same sub-district.",
            "Pays up to 2000 yuan a month more than asked for.",
            "What fits: 叉车.",
            "More schooling than is asked for.",
        )
        assert say_chance(line) == "Fair chance: 2 places, 4 others are told of it."
    with override("zh-hans"):
        said = "".join((*say_why(line, policy=DEFAULT), say_chance(line)))
        assert not any(sign.isascii() and sign.isalpha() for sign in said)


@pytest.mark.parametrize("code", ["minutes", "education", "shifts", "pay", "occupation"])
def test_every_step_has_its_sentence(code):
    with override("zh-hans"):
        said = say_step(Step(code, 3, 5))
    assert "5" in said
    assert not any(sign.isascii() and sign.isalpha() for sign in said)


def test_a_wish_that_was_not_understood_is_said_to_be_so():
    line = one(Seeker(0, is_unread=True), Post(1, KEEPER)).lines[0][0]
    with override("en"):
        assert say_why(line, policy=DEFAULT)[0] == "Which occupation is wished is not understood; ask."
        other = one(Seeker(0), Post(1, KEEPER)).lines[0][0]
        assert say_why(other, policy=DEFAULT)[0] == "Open to any kind of work."


def test_a_policy_is_data_that_reads_back_as_it_was():
    policy = replace(DEFAULT, version="2023-1", weights=Weights(near=4.0), caps=Caps(weeks=2))
    assert read_policy(json.loads(json.dumps(write_policy(policy)))) == policy
    assert read_policy({}) == DEFAULT
    assert read_policy({"weights": {"pay": 0}}).weights.pay == 0


def test_every_fault_of_a_policy_is_said_at_once():
    wrong = {
        "weights": {"near": -1, "colour": 2}, "caps": {"weeks": 0}, "doors": {"trainee_from": 40}, "mood": {},
        "quotas": {"seldom": "much"}, "liking": {"anything": True},
    }  # fmt: skip
    with override("en"), pytest.raises(Refusal) as caught:
        read_policy(wrong)
    said = str(caught.value.sentence)
    for word in ("weights.near", "weights.colour", "caps.weeks", "mood", "quotas.seldom", "liking.anything"):
        assert word in said


@pytest.mark.parametrize(
    "content", [None, [], "x", {"weights": {"liking": 0, "near": 0, "pay": 0}}, {"doors": {"trainee_from": 36}}]
)
def test_a_policy_that_makes_no_sense_is_refused(content):
    with pytest.raises(Refusal):
        read_policy(content)
