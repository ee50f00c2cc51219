"""The attack finds what trying every table finds."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.figures.disclosure.attack import ContradictionError, attack
from sunward.figures.disclosure.system import Equation
from tests.figures.disclosure.grids import grid, intervals_by_hand


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=2, max_size=2),
    st.sampled_from([{0, 1}, {0, 2}, {1, 2}]),
    st.sampled_from([{0, 1}, {0, 2}, {1, 2}]),
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=1),
)
def test_the_attack_equals_trying_every_table(rows, down, across, more):
    """The corners of a rectangle: where a grand total is one of them, all four are without bound."""
    system = grid(rows)
    hidden = set(product(down, across)) | more
    shown = set(system.cells) - hidden
    by_hand, farther = (intervals_by_hand(system, shown, most=most) for most in (9, 11))
    found = attack({key: system.cells[key].value for key in shown}, system.equations)
    assert set(found) == hidden
    for key, (lowest, highest) in found.items():
        assert (lowest, highest) == (by_hand[key][0], None if farther[key] > by_hand[key] else by_hand[key][1])


def test_a_single_hidden_number_beside_its_total_is_found():
    assert attack({"all": 9, "a": 7}, [Equation.total("all", ["a", "b"])]) == {"b": (2, 2)}


def test_a_rounded_number_leaves_its_span():
    """All is 8 to 12 once rounded to five, a is 7."""
    found = attack({"all": (8, 12), "a": 7}, [Equation.total("all", ["a", "b"])])
    assert found == {"all": (8, 12), "b": (1, 5)}


def test_only_whole_numbers_are_possible():
    assert attack({"b": 3}, [Equation((("a", 2), ("b", -1), ("c", -1)))], asked=["c"]) == {"c": (1, None)}


def test_of_what_hangs_on_nothing_nobody_knows_anything():
    assert attack({}, [], asked=["a"]) == {"a": (0, None)}


def test_published_numbers_that_contradict_each_other_are_no_safe_ones():
    with pytest.raises(ContradictionError):
        attack({"all": 5, "a": 7}, [Equation.total("all", ["a", "b"])])
