"""What the lights read of figures is what the figures say, period by period."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.blueprint.enums import Rhythm
from sunward.blueprint.lights.light import period_ends
from sunward.blueprint.queries.figure_totals import count_series, month_ends, read_series
from sunward.blueprint.queries.published_totals import Series, is_of_persons
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import indicators
from sunward.figures.definition import Count, Share
from sunward.figures.pins import Span, month_of
from sunward.ledger.actions import NewFact, record_many
from tests.factories import NOW

pytestmark = pytest.mark.django_db
START, TODAY = date(2026, 3, 2), date(2026, 11, 25)
PATHS = ("/310110/", "/310110/310110012/", "/310109/")


@pytest.fixture
def facts() -> None:
    draw = Random(7)
    measures = [one.newest.measure for one in indicators().values()]
    counts = [one for one in measures if isinstance(one, Count)]
    counts += [part for one in measures if isinstance(one, Share) for part in (one.part, one.whole)]
    record_many(
        [
            NewFact(
                kind=draw.choice(count.facts.kinds), subject_kind="x", subject_id=draw.randint(1, 6), unit_id=None,
                happened_on=START + timedelta(draw.randint(-20, 260)), person_id=draw.choice([None, 1, 2, 3]),
                unit_path=draw.choice(["/310110/", "/310110/310110012/", "/310110/310110012/001/", "/310109/"]),
                attributes={key: draw.choice(values) for key, values in count.facts.where} | draw.choice(
                    [{}, {"minutes": 45}, {"minutes": 100}]
                ),
            )
            for count in counts
            for _time in range(8)
        ],
        now=NOW,
    )  # fmt: skip


def test_every_total_is_the_figure_from_the_first_day_to_the_end_of_the_period(facts):
    ends = period_ends(START, Rhythm.WEEK, until=TODAY)[::9]
    counts = {one.code: one.newest.measure for one in indicators().values() if isinstance(one.newest.measure, Count)}
    asked = [Series(code, path, START, ends) for code in counts for path in PATHS]
    found = count_series(asked, on=TODAY)
    for one in asked[:: max(1, len(asked) // 120)]:
        figures = [Figure(counts[one.code], Span(START, end), one.path).number().value for end in ends]
        assert [reading.value for reading in found[one]] == figures, one
    assert any(reading.value for readings in found.values() for reading in readings)


def test_every_percentage_is_that_of_its_month_and_nothing_to_divide_by_is_no_number(facts):
    ends = month_ends(START, until=TODAY)
    shares = {one.code: one.newest.measure for one in indicators().values() if isinstance(one.newest.measure, Share)}
    asked = [Series(code, PATHS[0], START, ends) for code in shares]
    found = count_series(asked, on=TODAY)
    for one in asked:
        figures = [Figure(shares[one.code], month_of(end), one.path).number().value for end in ends]
        assert [reading.value for reading in found[one]] == figures, one


def test_a_figure_that_is_declared_no_more_tells_nothing_and_asks_nothing():
    one = Series("was.once", PATHS[0], START, (TODAY,))
    with CaptureQueriesContext(connection) as asked:
        assert [reading.value for reading in read_series([one], on=TODAY)[one]] == [None]
    assert len(asked) == 0


def test_of_a_figure_about_persons_nothing_is_counted_for_a_line(facts):
    codes = [code for code in indicators() if is_of_persons(code)]
    asked = [Series(code, PATHS[0], START.replace(day=1), month_ends(START, until=TODAY)) for code in codes]
    with CaptureQueriesContext(connection) as queries:
        assert set(read_series(asked, on=TODAY).values()) == {()}
    assert len(queries) == 1
