"""What is small, by what is counted, and what numbers become once they leave the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.figures.disclosure.rules import IN_HOUSE, RULES, Rule, reach_of
from sunward.figures.enums import Protection
from sunward.web import home_figures

RULE = RULES[Protection.SENSITIVE]


def test_every_protection_has_its_rule_and_every_rule_its_source():
    assert set(RULES) == set(Protection)
    assert all(rule.source for rule in RULES.values() if rule)


def test_job_fairs_are_no_persons_and_need_nothing():
    assert [reach_of(RULES[Protection.OPEN], value) for value in (0, 1, 99)] == [0, 0, 0]


def test_of_persons_one_to_four_are_protected_and_zero_is_told():
    rule = RULES[Protection.PERSONS]
    assert [rule.protects(value) for value in range(6)] == [False, True, True, True, True, False]


def test_of_children_zero_is_protected_too():
    assert [value for value in range(13) if RULE.protects(value)] == list(range(10))


def test_in_the_house_one_to_four_are_small_and_the_leaders_home_is_told_what_leaves_it():
    assert home_figures.RULE is RULES[Protection.SENSITIVE]
    assert [value for value in range(12) if IN_HOUSE.protects(value)] == [1, 2, 3, 4]


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_a_rounded_number_is_the_nearest_multiple_of_the_base(value, base):
    rounded = Rule(5, hides_zero=False, base=base, source="a test").rounded(value)
    assert rounded % base == 0
    assert 2 * abs(rounded - value) <= base


def test_a_percentage_is_one_of_rounded_numbers():
    """12 of 33: 36.4 % would say which of 8 to 12 and of 33 to 37 they were."""
    assert RULE.percent(12, 33) == round(10 * 100 / 35, 1)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_percentage_is_never_above_a_hundred_and_of_nothing_there_is_none(part, more):
    percent = RULE.percent(part, part + more)
    assert percent is None or 0 <= percent <= 100


@pytest.mark.parametrize(("threshold", "base"), [(1, 1), (5, 0)])
def test_a_rule_that_protects_nothing_is_refused(threshold, base):
    with pytest.raises(ValueError, match="at least"):
        Rule(threshold, hides_zero=False, base=base, source="a test")
