"""Many cells at once say what each figure says alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sunward.figures.counting.cells import read_months
from sunward.figures.counting.figure import Figure
from sunward.figures.definition import Conversion, Count, Facts, Mean, Share, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import Pin, months
from sunward.ledger.actions import NewFact, correct_fact, record_fact

pytestmark = pytest.mark.django_db

PATHS = ("/310110/", "/310110/310110012/", "/310110/310110016/", "/310110/310110012/310110012001/", "/310110/310110RS/")
PLACED, ASKED = Facts(("employment.placed",)), Facts(("employment.asked",))
YEAR = list(months(date(2022, 1, 1), date(2022, 12, 31)))
MEASURES = [
    *(Count(PLACED, unit) for unit in CountingUnit),
    Share(Count(PLACED, CountingUnit.PERSON), Count(ASKED, CountingUnit.PERSON)),
    Mean(PLACED),
    Standing(ASKED, PLACED),
    Conversion(ASKED, PLACED, days=40),
    Wait(ASKED, PLACED),
]


@pytest.fixture
def year() -> None:
    """Persons who come again, in other months, units and kinds; every ninth fact was withdrawn in July."""
    for number in range(90):
        fact = record_fact(
            NewFact(
                kind=(PLACED, ASKED)[number % 2].kinds[0], subject_kind=("case", "step")[number % 3 % 2],
                subject_id=number % 7, person_id=number % 5 or None,
                happened_on=date(2022, 1 + number % 12, 1 + number % 28),
                unit_path=PATHS[number * 3 % 5], quantity=Decimal(number),
            ),
            now=datetime(2022, 6, 1, tzinfo=UTC),
        )  # fmt: skip
        if number % 9 == 0:
            correct_fact(old=fact, new=None, now=datetime(2022, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "measure", MEASURES, ids=lambda measure: f"{type(measure).__name__} {getattr(measure, 'unit', '')}"
)
@pytest.mark.parametrize("known", [None, datetime(2022, 6, 15, tzinfo=UTC)], ids=["now", "then"])
def test_each_cell_of_a_year_is_the_figure_of_its_month_and_unit(year, measure, known):
    pin = Pin(known_until=known)
    cells = read_months(measure, YEAR, PATHS, pin=pin)
    assert set(cells) == {(month, path) for month in YEAR for path in PATHS}
    assert cells == {key: Figure(measure, *key, pin).number() for key in cells}


@pytest.mark.parametrize("measure", [Standing(ASKED, PLACED), Conversion(ASKED, PLACED, days=40), Wait(ASKED, PLACED)])
def test_what_looks_back_or_ahead_takes_two_queries_beside_the_roll_up_however_many_cells(
    year, measure, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        read_months(measure, YEAR, PATHS, pin=Pin())


def test_a_year_of_thirteen_units_takes_one_query_for_each_depth(year, django_assert_num_queries):
    # The roll-up, which knows nothing yet; the district, streets, committees, and offices with letters in their codes.
    with django_assert_num_queries(5):
        read_months(MEASURES[1], YEAR, PATHS, pin=Pin())
