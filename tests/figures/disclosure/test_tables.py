"""What hangs together in a bulletin and with all before it, and whole years of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import bulletins
from bench.bulletins import DISTRICT, SERIES, Published, Year, is_in_doubt, leak
from sunward.figures.disclosure.attack import attack
from sunward.figures.disclosure.doubt import Net, witnesses
from sunward.figures.disclosure.reasons import Reason, Withheld
from sunward.figures.disclosure.relations import Beside
from sunward.figures.disclosure.rules import IN_HOUSE, RULES, Rule
from sunward.figures.disclosure.series import Address, Holds, Series
from sunward.figures.disclosure.suppression import protect
from sunward.figures.disclosure.system import Cell, Equation, System
from sunward.figures.disclosure.tables import Publication, Tables, ends, running, segments
from sunward.figures.enums import Protection
from sunward.figures.pins import Span, month_of, year_to

RULE = Rule(5, hides_zero=False, base=1, source="a test")
OCTOBER = month_of(date(2026, 10, 1))
TO_SEPTEMBER, TO_OCTOBER = year_to(date(2026, 9, 30)), year_to(date(2026, 10, 31))
SEPTEMBER_BULLETIN, OCTOBER_BULLETIN = date(2026, 10, 5), date(2026, 11, 5)


def tables(*shown: Address, series: tuple[Series, ...], earlier: tuple[Publication, ...] = (), units=None) -> Tables:
    return Tables(series, units or {}, frozenset(shown), earlier)


def published(day: date, *shown: Address) -> Publication:
    return Publication(day, frozenset(shown))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), min_size=1, max_size=5))
def test_pieces_cover_each_day_of_the_spans_once(lengths):
    first = date(2026, 1, 1)
    spans = [Span(first + timedelta(start), first + timedelta(start + length)) for start, length in lengths]

    def days(held: list[Span]) -> list[date]:
        return [one.first + timedelta(more) for one in held for more in range((one.last - one.first).days + 1)]

    pieces = segments(spans)
    assert sorted(days(pieces)) == sorted(set(days(spans)))
    # No piece lies half inside a span.
    assert all(
        piece.last < span.first or span.last < piece.first or (span.first <= piece.first and piece.last <= span.last)
        for piece in pieces
        for span in spans
    )


def test_of_running_totals_each_goes_with_the_next():
    assert list(running([TO_OCTOBER, OCTOBER, TO_SEPTEMBER])) == [(TO_SEPTEMBER, TO_OCTOBER)]


@pytest.mark.parametrize("over_months", [Holds.ADDS, Holds.OVERLAPS])
def test_october_is_not_told_by_the_difference_of_two_running_totals(over_months):
    """Whether times or persons: who came in since September are three."""
    before, now = Address("visits", "street", TO_SEPTEMBER), Address("visits", "street", TO_OCTOBER)
    october = Address("visits", "street", OCTOBER)
    held = tables(
        now,
        series=(Series("visits", RULE, over_months=over_months),),
        earlier=(published(SEPTEMBER_BULLETIN, before),),
    )
    numbers = {before: 40, now: 43, october: 3}
    assert set(held.needed()) == set(numbers)
    assert protect(held.system(numbers)).withheld == {now: Withheld(Reason.EARLIER, SEPTEMBER_BULLETIN)}


def test_those_who_came_for_the_first_time_are_protected_though_many_came():
    """Twenty persons in October, three of whom never before: the running total tells of the three."""
    before, now, october = (Address("helped", "street", span) for span in (TO_SEPTEMBER, TO_OCTOBER, OCTOBER))
    held = tables(
        now,
        series=(Series("helped", RULE, over_months=Holds.OVERLAPS),),
        earlier=(published(SEPTEMBER_BULLETIN, before),),
    )
    pattern = protect(held.system({before: 40, now: 43, october: 20}))
    assert pattern.withheld == {now: Withheld(Reason.EARLIER, SEPTEMBER_BULLETIN)}


def test_open_files_at_two_ends_of_months_tell_nothing_of_each_other():
    before, now = (Address("files", "street", span) for span in (TO_SEPTEMBER, TO_OCTOBER))
    held = tables(
        now,
        series=(Series("files", RULE, over_months=Holds.NOTHING),),
        earlier=(published(SEPTEMBER_BULLETIN, before),),
    )
    assert not protect(held.system({before: 40, now: 41})).withheld


def stock_and_flow(*, came: str | None, went: str | None = None) -> tuple[tuple[Series, ...], dict[str, Address]]:
    series = (
        Series("running", RULE, over_months=Holds.NOTHING, came=came, went=went),
        Series("begun", RULE),
        *((Series("ended", RULE),) if went else ()),
    )
    before, after = ends(OCTOBER)
    at = {"before": Address("running", "street", before), "after": Address("running", "street", after)}
    return series, at | {code: Address(code, "street", OCTOBER) for code in ("begun", "ended")}


def reckoned(pattern, numbers: dict[Address, int], asked: Address, law) -> tuple[int, int | None]:
    """By a law written by hand, from what is shown."""
    shown = {key: value for key, value in numbers.items() if key not in pattern.withheld}
    return attack(shown, [law], asked=[asked])[asked]


def test_of_who_came_in_a_month_the_rise_of_what_stands_tells():
    """Twenty at the end and seventeen before: of those who came at least three are known."""
    series, at = stock_and_flow(came="begun")
    numbers = {at["before"]: 17, at["after"]: 20, at["begun"]: 4}
    law = Equation(((at["after"], 1), ("gone", 1), (at["before"], -1), (at["begun"], -1)))
    for came, least in ((None, 3), ("begun", 0)):
        series, _at = stock_and_flow(came=came)
        pattern = protect(tables(*numbers, series=series).system(numbers))
        assert reckoned(pattern, numbers, at["begun"], law)[0] == least
        assert at["begun"] in pattern.withheld


def test_where_who_went_is_told_as_well_the_difference_is_exact():
    series, at = stock_and_flow(came="begun", went="ended")
    numbers = {at["before"]: 17, at["after"]: 20, at["begun"]: 9, at["ended"]: 6}
    law = Equation(((at["after"], 1), (at["ended"], 1), (at["before"], -1), (at["begun"], -1)))
    assert not protect(tables(*numbers, series=series).system(numbers)).withheld, "nothing of it is small"
    numbers |= {at["begun"]: 7, at["ended"]: 4}
    pattern = protect(tables(*numbers, series=series).system(numbers))
    assert reckoned(pattern, numbers, at["ended"], law) in {(0, None), (0, 7)}


def test_what_stood_before_though_it_is_on_no_page_bounds_who_came():
    """The end of September was told; a bulletin that tells October later is weighed with it."""
    series, at = stock_and_flow(came="begun")
    held = tables(at["after"], series=series, earlier=(published(SEPTEMBER_BULLETIN, at["before"], at["begun"]),))
    assert set(held.needed()) >= {at["before"], at["after"], at["begun"]}
    system = held.system({at["before"]: 17, at["after"]: 20, at["begun"]: 8})
    assert any(key.kind == "gone since" for key in system.cells if isinstance(key, Beside))


def test_where_more_stand_than_came_somebody_moved_in_and_nothing_is_an_equation():
    series, at = stock_and_flow(came="begun")
    system = tables(at["before"], at["after"], at["begun"], series=series).system(
        {at["before"]: 10, at["after"]: 30, at["begun"]: 12}
    )
    assert system.equations == ()


@pytest.mark.parametrize("rule", [RULE, RULES[Protection.SENSITIVE]])
def test_of_few_visits_no_more_children_are_known_to_have_been_visited(rule):
    """And of twelve that are told everybody may know that there was a child."""
    series = (
        Series("visits", rule),
        Series("visited", rule, Holds.OVERLAPS, Holds.OVERLAPS, at_most="visits", has_some=True),
    )
    visits, visited = (Address(code, "street", OCTOBER) for code in ("visits", "visited"))
    for often, many, lowest in ((12, 3, 1), (4, 3, 0), (1, 1, 0)):
        system = tables(visits, visited, series=series).system({visits: often, visited: many})
        pattern = protect(system)
        assert visited in pattern.withheld
        assert (visits in pattern.withheld) == bool(rule.reach(often))
        assert not pattern.given_away
        assert system.cells[visited].lowest == lowest


def test_who_was_not_visited_though_visits_are_told_is_no_child():
    """A zero of the milder rule would tell of the stricter one; the equation sees to it that one of both goes."""
    mild, strict = RULES[Protection.PERSONS], RULES[Protection.SENSITIVE]
    series = (Series("visits", mild), Series("visited", strict, at_most="visits", has_some=True))
    visits, visited = (Address(code, "street", OCTOBER) for code in ("visits", "visited"))
    pattern = protect(tables(visits, visited, series=series).system({visits: 0, visited: 0}))
    assert set(pattern.withheld) == {visits, visited}


def test_a_doubt_in_which_something_happened_to_nobody_is_none():
    """Two of visits and persons: no witness leaves the visits where it takes away the last person."""
    cells = [Cell("visits", 3, 5), Cell("persons", 2, 5), Cell("again", 1, is_proposed=False)]
    system = System.of(cells, [Equation.total("visits", ["persons", "again"])], [("visits", "persons")])
    net = Net.of(system)
    (component,) = net.components(net.published_until(None))
    found = witnesses(component, component.reach > -1, list(component.doubts()))
    assert len(found) == 4
    for change in found.values():
        visits_, persons, _again = component.values + change
        assert (visits_ > 0) == (persons > 0)


def test_who_is_left_over_is_hidden_like_who_is_counted():
    """Of 20 children 18 are paired: the two who are not would be known."""
    children, paired = (Address(code, "street", OCTOBER) for code in ("children", "paired"))
    series = (Series("children", RULE), Series("paired", RULE, part_of="children"))
    pattern = protect(tables(children, paired, series=series).system({children: 20, paired: 18}))
    assert pattern.withheld == {paired: Withheld(Reason.SECONDARY)}


def test_who_is_left_over_stays_hidden_where_the_whole_was_published_before():
    children, paired = (Address(code, "street", OCTOBER) for code in ("children", "paired"))
    series = (Series("children", RULE), Series("paired", RULE, part_of="children"))
    held = tables(paired, series=series, earlier=(published(SEPTEMBER_BULLETIN, children),))
    pattern = protect(held.system({children: 20, paired: 18}))
    assert pattern.withheld == {paired: Withheld(Reason.EARLIER, SEPTEMBER_BULLETIN)}


@pytest.mark.parametrize("with_mentor", [0, 30])
def test_of_children_none_and_all_tell_of_each_one(with_mentor):
    """That every child of a street has a hardship is a word about each of them."""
    children, paired = (Address(code, "street", OCTOBER) for code in ("children", "paired"))
    rule = RULES[Protection.SENSITIVE]
    series = (Series("children", rule), Series("paired", rule, part_of="children"))
    pattern = protect(tables(children, paired, series=series).system({children: 30, paired: with_mentor}))
    # One of the two is enough, and the percentage goes with it.
    assert len(pattern.withheld) == 1
    assert not pattern.shows(children, paired)


def test_units_that_were_joined_are_parts_of_the_new_one():
    """North was told in September; north and south are one since, and what is told of both would tell of south."""
    north, south, both = (Address("visits", unit, TO_SEPTEMBER) for unit in ("north", "south", "both"))
    held = tables(
        both, series=(Series("visits", RULE),), units={"both": ("north", "south")},
        earlier=(published(SEPTEMBER_BULLETIN, north),),
    )  # fmt: skip
    assert set(protect(held.system({north: 40, south: 3, both: 43})).withheld) == {both}


def test_earlier_figures_of_an_indicator_that_is_not_told_of_are_not_passed_over():
    held = tables(series=(), earlier=(published(SEPTEMBER_BULLETIN, Address("visits", "street", OCTOBER)),))
    with pytest.raises(ValueError, match="without its series"):
        held.needed()


def test_persons_of_whom_all_others_are_known_are_at_least_the_rest():
    """18 persons in the district, 15 in the south: three at least are in the north, though persons do not add up."""
    north, south, all_of_it = (Address("helped", unit, OCTOBER) for unit in ("north", "south", DISTRICT))
    held = tables(
        north, south, all_of_it,
        series=(Series("helped", RULE, over_units=Holds.OVERLAPS),), units={DISTRICT: ("north", "south")},
    )  # fmt: skip
    system = held.system({north: 4, south: 15, all_of_it: 18})
    assert attack({south: 15, all_of_it: 18}, system.equations, asked=[north]) == {north: (3, 18)}
    withheld = protect(system).withheld
    assert withheld[north] == Withheld(Reason.SMALL)
    assert withheld.keys() & {south, all_of_it}


def test_what_happened_at_the_whole_s_own_place_is_a_number_too():
    """Two visits were made by the district's office, in no street."""
    street, all_of_it = (Address("visits", unit, OCTOBER) for unit in ("street", DISTRICT))
    held = tables(street, all_of_it, series=(Series("visits", RULE),), units={DISTRICT: ("street",)})
    system = held.system({street: 20, all_of_it: 22})
    assert [cell.value for cell in system.cells.values() if isinstance(cell.key, Beside) and cell.reach] == [2]
    assert len(protect(system).withheld) == 1


def test_months_that_hold_less_than_their_year_are_refused():
    before, now, october = (Address("visits", "street", span) for span in (TO_SEPTEMBER, TO_OCTOBER, OCTOBER))
    held = tables(before, now, series=(Series("visits", RULE),))
    with pytest.raises(ValueError, match="less than the whole"):
        held.system({before: 40, now: 45, october: 3})


def test_a_figure_revised_since_counts_as_known_at_what_it_is_today():
    """September was printed as 40 and is 41 by now. Who knows both takes 41 from 44."""
    before, now, october = (Address("visits", "street", span) for span in (TO_SEPTEMBER, TO_OCTOBER, OCTOBER))
    held = tables(now, series=(Series("visits", RULE),), earlier=(published(SEPTEMBER_BULLETIN, before),))
    pattern = protect(held.system({before: 41, now: 44, october: 3}))
    assert pattern.withheld == {now: Withheld(Reason.EARLIER, SEPTEMBER_BULLETIN)}


def test_a_figure_shown_and_small_by_now_is_named_as_given_away():
    shown = Address("visits", "street", OCTOBER)
    held = tables(shown, series=(Series("visits", RULE),), earlier=(published(OCTOBER_BULLETIN, shown),))
    pattern = protect(held.system({shown: 4}))
    assert (pattern.given_away, set(pattern.withheld)) == ({shown}, {shown})


@pytest.fixture(scope="module")
def published_year() -> Published:
    """Twelve months on pages, each with a bulletin of the year so far: what stands, who came, visits and persons."""
    held = Published(Year.planted(2, units=2), bulletins.together, has_pages=True)
    for month in range(1, 13):
        held.publish(month)
    return held


def test_no_protected_number_is_recovered_from_a_year_of_pages_and_bulletins(published_year):
    system = published_year.system(12)
    found = leak(system, {key: system.cells[key].value for key in published_year.shown()}, system.equations)
    assert found.protected > 50
    assert (found.exactly, found.too_closely) == (0, 0)
    assert len(published_year.shown()) > 100


@pytest.mark.parametrize("way", [bulletins.small_ones_only, bulletins.each_table_by_itself])
def test_the_same_year_of_pages_and_bulletins_leaks_where_it_is_protected_table_by_table(published_year, way):
    held = Published(published_year.year, way, has_pages=True)
    for month in range(1, 13):
        held.publish(month)
    system = held.system(12)
    assert leak(system, {key: system.cells[key].value for key in held.shown()}, system.equations).exactly > 15


@pytest.fixture(scope="module")
def year() -> Year:
    return Year.planted(3)


@pytest.fixture(scope="module")
def bulletins_of_a_year(year) -> Published:
    """Files, pairs and visits of twelve sub-districts, each month and the year to its end."""
    held = Published(year, bulletins.together, SERIES[:3])
    for month in range(1, 13):
        held.publish(month)
    return held


def test_no_protected_number_is_recovered_from_a_year_of_bulletins(bulletins_of_a_year):
    system = bulletins_of_a_year.system(12)
    protected = [cell for cell in system.cells.values() if cell.reach]
    shown = {address: system.cells[address].value for address in bulletins_of_a_year.shown()}
    found = attack(shown, system.equations, asked=[cell.key for cell in protected])
    assert len(protected) > 100
    assert [cell for cell in protected if not is_in_doubt(found.get(cell.key), cell.reach)] == []


def test_a_year_of_bulletins_still_says_most_of_what_it_could(bulletins_of_a_year):
    system = bulletins_of_a_year.system(12)
    free = [cell for cell in system.cells.values() if cell.is_proposed and not cell.reach]
    assert len(bulletins_of_a_year.shown()) > 0.7 * len(free)


@pytest.mark.parametrize("way", [bulletins.small_ones_only, bulletins.each_table_by_itself])
def test_the_same_year_leaks_where_bulletins_or_tables_are_protected_one_by_one(year, way):
    """So the year has something to recover, and the attack recovers it."""
    held = Published(year, way, SERIES[:3])
    for month in range(1, 5):
        held.publish(month)
    system = held.system(4)
    assert leak(system, {key: system.cells[key].value for key in held.shown()}, system.equations).exactly > 5


def test_no_protected_number_is_recovered_where_persons_count_once_over_the_year(year):
    few = replace(year, units=year.units[:3])
    held = Published(few, bulletins.together, SERIES[3:])
    for month in range(1, 5):
        held.publish(month)
    system = held.system(4)
    found = leak(system, {key: system.cells[key].value for key in held.shown()}, system.equations)
    assert found.protected > 5
    assert found.too_closely == 0


def test_a_bulletin_decided_again_after_it_was_published_shows_what_it_showed(year):
    """No number that was hidden then is let out now, and none that was shown is taken back in vain."""
    held = Published(replace(year, units=year.units[:4]), bulletins.together, SERIES[2:3])
    for month in (1, 2):
        held.publish(month)
    again = Tables(SERIES[2:3], held.units, held.year.bulletin(2, SERIES[2:3]), tuple(held.publications))
    hidden = bulletins.together(again, {address: held.year.count(address) for address in again.needed()})
    assert again.proposed & hidden
    assert again.proposed - hidden == held.publications[1].shown


HOME = (
    Series("children", IN_HOUSE, over_months=Holds.NOTHING),
    Series("with_mentor", IN_HOUSE, over_months=Holds.NOTHING, part_of="children"),
    Series("silent", IN_HOUSE, over_months=Holds.NOTHING, part_of="children"),
)
STREETS = ("north", "middle", "south")
ROWS = st.lists(
    st.integers(0, 30).flatmap(lambda most: st.tuples(st.just(most), st.integers(0, most), st.integers(0, most))),
    min_size=3, max_size=3,
)  # fmt: skip


def home_of(rows) -> tuple[Tables, dict[Address, int]]:
    """The columns of the leader's home, by sub-district and together."""
    numbers = {
        Address(series.code, unit, OCTOBER): value
        for unit, row in zip((*STREETS, DISTRICT), [*rows, map(sum, zip(*rows, strict=True))], strict=True)
        for series, value in zip(HOME, row, strict=True)
    }
    return tables(*numbers, series=HOME, units={DISTRICT: STREETS}), numbers


@settings(max_examples=12, deadline=None)
@given(ROWS)
def test_the_columns_of_the_leaders_home_give_nothing_away_when_they_are_decided_here(rows):
    held, numbers = home_of(rows)
    system = held.system(numbers)
    hidden = protect(system).withheld
    shown = {address: value for address, value in numbers.items() if address not in hidden}
    assert leak(system, shown, system.equations).too_closely == 0


def test_months_of_persons_are_decided_with_a_view_to_running_totals_that_may_follow():
    """Eight in January and eleven in February: at least three came in anew, and how many did is a small number."""
    january, february, both = (Span(date(2026, first, 1), last) for first, last in (
        (1, date(2026, 1, 31)), (2, date(2026, 2, 28)), (1, date(2026, 2, 28)),
    ))  # fmt: skip
    persons = Series("helped", RULES[Protection.PERSONS], Holds.OVERLAPS, Holds.OVERLAPS)
    numbers = {Address("helped", "a", span): value for span, value in ((january, 8), (february, 11), (both, 12))}
    proposed = Address("helped", "a", february)
    earlier = (Publication(date(2026, 2, 5), frozenset({Address("helped", "a", january)})),)
    plain = Tables((persons,), {}, frozenset({proposed}), earlier)
    careful = replace(plain, ahead=frozenset({january, both}))
    assert not protect(plain.system(numbers)).withheld
    assert proposed in protect(careful.system(numbers)).withheld
