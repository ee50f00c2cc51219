"""No protected number can be computed, no more is hidden than needed, and each hidden number says why."""

from datetime import date
from itertools import combinations

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.figures.disclosure import doubt
from sunward.figures.disclosure.attack import attack
from sunward.figures.disclosure.reasons import Reason, Withheld
from sunward.figures.disclosure.rules import Rule
from sunward.figures.disclosure.suppression import protect
from sunward.figures.disclosure.system import Cell, Equation, Key, System
from tests.figures.disclosure.grids import grid

SMALL_TABLES = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=2, max_size=5)
)


def is_safe(system: System, hidden: set[Key]) -> bool:
    """As the attack sees it."""
    known = {
        key: cell.value
        for key, cell in system.cells.items()
        if cell.published_on or (cell.is_proposed and key not in hidden)
    }
    protected = [cell for cell in system.cells.values() if cell.reach]
    if any(cell.key in known for cell in protected):
        return False
    found = attack(known, system.equations, asked=[cell.key for cell in protected])
    return all(low == 0 and (high is None or high >= system.cells[key].reach) for key, (low, high) in found.items())


def loss(system: System, hidden: set[Key]) -> float:
    return sum(system.cells[key].weight for key in hidden)


def lightest_by_hand(system: System) -> float:
    """Every way to hide further cells, tried."""
    small = {key for key, cell in system.cells.items() if cell.reach}
    others = [key for key in system.cells if key not in small]
    tried = (small | set(more) for size in range(len(others) + 1) for more in combinations(others, size))
    for hidden in sorted(tried, key=lambda hidden: loss(system, hidden)):
        if is_safe(system, hidden):
            return loss(system, hidden)
    raise AssertionError("Hiding everything is always safe.")


@settings(max_examples=8, deadline=None)
@given(SMALL_TABLES)
def test_a_small_table_loses_no_more_than_the_best_of_all_ways_to_hide(rows):
    system = grid(rows)
    pattern = protect(system)
    assert is_safe(system, set(pattern.withheld))
    assert loss(system, set(pattern.withheld)) == pytest.approx(lightest_by_hand(system))


@settings(max_examples=20, deadline=None)
@given(TABLES, st.booleans())
def test_no_table_gives_a_protected_number_away_however_it_is_decided(rows, is_exact):
    system = grid(rows, threshold=4)
    pattern = protect(system, is_exact=is_exact)
    assert is_safe(system, set(pattern.withheld))
    assert not pattern.given_away


@settings(max_examples=12, deadline=None)
@given(TABLES)
def test_every_further_hidden_number_is_needed(rows):
    system = grid(rows, threshold=4)
    pattern = protect(system, is_exact=False)
    further = [key for key, withheld in pattern.withheld.items() if withheld.reason is not Reason.SMALL]
    for key in further:
        assert not is_safe(system, set(pattern.withheld) - {key})


@settings(max_examples=8, deadline=None)
@given(TABLES)
def test_what_is_rounded_after_the_decision_leaves_no_less_doubt(rows):
    """The pattern is that of the true numbers; a number rounded to five is one of the five around it."""
    rule = Rule(4, hides_zero=False, base=5, source="a test")
    system = grid(rows, threshold=4)
    hidden = set(protect(system).withheld)
    shown = {key: rule.rounded(cell.value) for key, cell in system.cells.items() if key not in hidden}
    found = attack(
        {key: (max(value - 2, 0), value + 2) for key, value in shown.items()}, system.equations, asked=hidden
    )
    small = [cell for cell in system.cells.values() if cell.reach]
    assert all(found[cell.key][0] == 0 for cell in small)
    assert all(found[cell.key][1] is None or found[cell.key][1] >= cell.reach for cell in small)


def test_what_needs_no_protection_is_shown_whole():
    assert not protect(grid([[9, 8], [7, 6]])).withheld


def test_two_hidden_numbers_whose_sum_is_small_need_a_third():
    """2 + 1 beside a total of 12: each is 3 at most."""
    keys = "abcd"
    values = dict(zip(keys, (2, 1, 4, 5), strict=True))
    cells = [Cell(key, value, 4 if value < 4 else 0) for key, value in values.items()]
    system = System.of([*cells, Cell("all", 12)], [Equation.total("all", keys)])
    assert set(protect(system).withheld) == {"a", "b", "c"}


def test_halves_are_no_doubt_where_only_whole_numbers_are_possible():
    """2 a = b + c: with b shown as 3, c is odd. Reals alone would take c down to 0."""
    cells = [Cell("a", 2), Cell("b", 3), Cell("c", 1, 4)]
    system = System.of(cells, [Equation((("a", 2), ("b", -1), ("c", -1)))])
    pattern = protect(system)
    assert is_safe(system, set(pattern.withheld))
    assert "b" in pattern.withheld


def test_a_witness_holds_whole_numbers_only():
    cells = [Cell("a", 2, is_proposed=False), Cell("b", 3), Cell("c", 1, 4)]
    net = doubt.Net.of(System.of(cells, [Equation((("a", 2), ("b", -1), ("c", -1)))]))
    component = next(net.components(net.published_until(None)))
    hidden = ~component.is_proposed | (component.reach > 0)
    found = doubt.witnesses(component, hidden, list(component.doubts()))
    assert [asked.is_up for asked in found] == [True]
    assert {tuple(component.matrix @ change) for change in found.values()} == {(0.0,)}


def earlier(**days: date) -> System:
    """The year to September, October, and the year to October; October is small."""
    cells = [
        Cell("to September", 40, is_proposed=False, published_on=days.get("september")),
        Cell("October", 3, 5, is_proposed=False),
        Cell("to October", 43),
    ]
    return System.of(cells, [Equation.total("to October", ["to September", "October"])])


def test_a_running_total_stays_hidden_where_the_one_before_would_give_away_the_month():
    day = date(2026, 10, 5)
    assert protect(earlier(september=day)).withheld == {"to October": Withheld(Reason.EARLIER, day)}


def test_the_same_running_total_is_shown_where_none_was_published_before():
    assert not protect(earlier()).withheld


def test_the_day_named_is_the_first_after_which_the_number_had_to_be_hidden():
    """The months of the year were told one after the other; only with the last does the rest follow."""
    days = [date(2026, 9, 5), date(2026, 10, 5)]
    cells = [
        Cell("a", 10, is_proposed=False, published_on=days[0]),
        Cell("b", 10, is_proposed=False, published_on=days[1]),
        Cell("c", 2, 5, is_proposed=False),
        Cell("all", 22),
    ]
    pattern = protect(System.of(cells, [Equation.total("all", ["a", "b", "c"])]))
    assert pattern.withheld == {"all": Withheld(Reason.EARLIER, days[1])}


def test_what_earlier_publications_give_away_already_is_said_and_not_passed_over():
    day = date(2026, 9, 5)
    cells = [
        Cell("all", 12, published_on=day, is_proposed=False),
        Cell("a", 10, published_on=day, is_proposed=False),
        Cell("b", 2, 5),
    ]
    pattern = protect(System.of(cells, [Equation.total("all", ["a", "b"])]))
    assert pattern.given_away == {"b"}
    assert pattern.withheld == {"b": Withheld(Reason.SMALL)}


def test_a_small_number_shown_before_is_withheld_now_and_named():
    pattern = protect(System.of([Cell("a", 2, 5, published_on=date(2026, 9, 5))], []))
    assert (set(pattern.withheld), pattern.given_away) == ({"a"}, {"a"})


def test_a_percentage_is_shown_only_with_both_numbers_it_was_made_of():
    pattern = protect(System.of([Cell("part", 2, 5), Cell("whole", 30)], []))
    assert [pattern.shows("part", "whole"), pattern.shows("whole")] == [False, True]


def test_a_reader_sees_the_same_word_whatever_the_reason():
    day = date(2026, 9, 5)
    held = [Withheld(Reason.SMALL), Withheld(Reason.SECONDARY), Withheld(Reason.EARLIER, day)]
    for language, word in (("en", "hidden"), ("zh-hans", "不公开")):
        with override(language):
            assert {str(withheld) for withheld in held} == {word}
            assert len({withheld.why for withheld in held}) == 3
            assert "2026" in held[2].why


@pytest.mark.parametrize(
    ("cells", "equations"),
    [
        ([Cell("a", 1), Cell("a", 2)], []),
        ([Cell("a", 1), Cell("b", 2)], [Equation.total("a", ["b"])]),
    ],
    ids=["one cell twice", "an equation that does not hold"],
)
def test_numbers_that_contradict_each_other_are_refused(cells, equations):
    with pytest.raises(ValueError, match=r"twice|does not hold"):
        System.of(cells, equations)


def test_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Cell("a", -1)
