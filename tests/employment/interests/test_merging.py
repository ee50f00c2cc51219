"""Wishes become a course plan: held against the definition, counted and tried out one by one."""

from itertools import count, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.employment.interests.merging import COMMON_FROM, Answer, SingleWish, merge_wishes, spread_over_sessions

TOPICS = (30, 10, 20)
ANSWERS = st.lists(
    st.builds(
        Answer,
        case=st.integers(1, 7),
        topics=st.frozensets(st.sampled_from(TOPICS)),
        words=st.sampled_from(("", "  ", "Excel", " Excel ", "夜校")),
    ),
    max_size=12,
)
SMALL = st.integers(1, 4)


def who_wishes(answers, topic):
    return sorted({answer.case for answer in answers if topic in answer.topics})


def own_words(answers):
    return {(answer.case, answer.words.strip()) for answer in answers if answer.words.strip()}


@given(ANSWERS, SMALL, SMALL)
def test_a_topic_has_a_line_exactly_when_enough_different_people_wish_it(answers, places, common_from):
    plan = merge_wishes(answers, topics=TOPICS, places=places, common_from=common_from)
    found = {line.topic: list(line.cases) for line in plan.lines}
    wished = {topic: who_wishes(answers, topic) for topic in TOPICS}
    assert found == {topic: cases for topic, cases in wished.items() if len(cases) >= common_from}


@given(ANSWERS, SMALL, SMALL)
def test_every_wish_stands_in_the_plan_once_and_nothing_else_does(answers, places, common_from):
    plan = merge_wishes(answers, topics=TOPICS, places=places, common_from=common_from)
    topics = [(case, line.topic) for line in plan.lines for case in line.cases]
    topics += [(wish.case, wish.topic) for wish in plan.singles if wish.topic is not None]
    words = [(wish.case, wish.words) for wish in plan.singles if wish.topic is None]
    assert sorted(topics) == sorted((case, topic) for topic in TOPICS for case in who_wishes(answers, topic))
    assert sorted(words) == sorted(own_words(answers))


@given(ANSWERS, SMALL, SMALL, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_nothing(answers, places, common_from, dice):
    shuffled = list(answers)
    dice.shuffle(shuffled)
    plans = [merge_wishes(some, topics=TOPICS, places=places, common_from=common_from) for some in (answers, shuffled)]
    assert plans[0] == plans[1]


@given(ANSWERS, SMALL)
def test_what_most_wish_stands_first_and_among_equals_what_the_survey_names_first(answers, common_from):
    plan = merge_wishes(answers, topics=TOPICS, places=2, common_from=common_from)
    for above, below in zip(plan.lines, plan.lines[1:], strict=False):
        more = len(above.cases) - len(below.cases)
        assert more > 0 or (more == 0 and TOPICS.index(above.topic) < TOPICS.index(below.topic))


@given(ANSWERS, SMALL, SMALL, st.integers(1, 7), st.sampled_from(TOPICS))
def test_one_more_wish_takes_no_session_away(answers, places, common_from, case, topic):
    before, after = (
        merge_wishes(some, topics=TOPICS, places=places, common_from=common_from)
        for some in (answers, [*answers, Answer(case, frozenset({topic}))])
    )
    sessions = {line.topic: len(line.sizes) for line in after.lines}
    assert all(sessions.get(line.topic, 0) >= len(line.sizes) for line in before.lines)


@pytest.mark.parametrize("places", range(1, 5))
@pytest.mark.parametrize("people", range(9))
def test_sessions_are_as_few_and_as_even_as_any_way_to_seat_everybody(people, places):
    for sessions in count():
        ways = [way for way in product(range(places + 1), repeat=sessions) if sum(way) == people]
        if ways:
            break
    # The most even way has the smallest sum of squares.
    most_even = min(ways, key=lambda way: (sum(size * size for size in way), [-size for size in way]))
    assert spread_over_sessions(people, places=places) == most_even


def test_eight_make_a_wish_common_and_seven_do_not_where_nothing_else_is_said():
    assert COMMON_FROM == 8
    seven = [Answer(case, frozenset({10})) for case in range(1, 8)]
    assert merge_wishes(seven, topics=TOPICS, places=30).lines == ()
    eighth = [*seven, Answer(8, frozenset({10}))]
    assert [line.sizes for line in merge_wishes(eighth, topics=TOPICS, places=30).lines] == [(8,)]


def test_the_same_person_asked_twice_does_not_make_a_wish_common():
    twice = [Answer(case, frozenset({10})) for case in range(1, 8)] + [Answer(7, frozenset({10}))]
    plan = merge_wishes(twice, topics=TOPICS, places=30)
    assert plan.lines == ()
    assert len(plan.singles) == 7


def test_own_words_are_answered_one_by_one_however_many_say_the_same():
    plan = merge_wishes([Answer(case, words="Excel") for case in range(1, 10)], topics=TOPICS, places=30)
    assert plan.lines == ()
    assert plan.singles == tuple(SingleWish(case, None, "Excel") for case in range(1, 10))


def test_a_wish_for_what_the_survey_does_not_have_is_refused_rather_than_lost():
    with pytest.raises(ValueError, match="99"):
        merge_wishes([Answer(1, frozenset({99}))], topics=TOPICS, places=30)


@pytest.mark.parametrize(("places", "common_from"), [(0, 8), (30, 0)])
def test_a_session_without_places_and_a_common_wish_of_nobody_are_refused(places, common_from):
    with pytest.raises(ValueError, match="at least"):
        merge_wishes([], topics=TOPICS, places=places, common_from=common_from)
