"""A month is published once, weighed with bulletins in both directions, and never told anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.worker import drain
from sunward.core.months import add_months
from sunward.figures.actions import months as months_actions
from sunward.figures.actions.months import publish_month
from sunward.figures.bulletins.document import read_document
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import indicators
from sunward.figures.disclosure.reasons import Reason
from sunward.figures.jobs import publish_months
from sunward.figures.models import MonthFigure, PublishedMonth
from sunward.figures.pins import Pin, Span, month_of
from sunward.figures.published.proposing import months_due, publishes_on, settled_month
from sunward.figures.queries import bulletin_weighing
from sunward.figures.queries.bulletin_numbers import read_numbers
from sunward.ledger.actions import correct_fact
from tests.factories import make_district
from tests.figures.bulletin_builders import (
    FAIRS,
    SERVICES,
    UNTIL,
    held_fairs,
    make_published,
    make_streets,
    served,
    words_of,
)

pytestmark = pytest.mark.django_db
OCTOBER, SEPTEMBER = month_of(UNTIL), month_of(date(2026, 9, 30))
ON, AT = date(2026, 11, 5), datetime(2026, 11, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def few_figures(monkeypatch):
    """Two of them are enough to decide, and thirty take a second."""
    few = {code: indicators()[code] for code in (SERVICES, FAIRS)}
    monkeypatch.setattr(months_actions, "indicators", lambda: few)


def publish(month=OCTOBER, on=ON, now=AT):
    return publish_month(district_id=make_district().pk, month=month, on=on, now=now)


def told(code, unit, month=OCTOBER):
    row = MonthFigure.objects.get(code=code, unit_code=unit, first=month.first, last=month.last)
    return row.told if row.is_told else Reason(row.reason)


def test_a_large_number_is_told_and_a_small_one_is_not_nor_what_gives_it_away():
    streets = list(make_streets().values())
    for street, number in zip(streets, (3, 31, 42), strict=True):
        served(street, number, first=100 * number)
    publish()
    assert told(SERVICES, "310110") == 76
    assert told(SERVICES, streets[0].code) == Reason.SMALL
    assert Reason.SECONDARY in {told(SERVICES, street.code) for street in streets[1:]}


def test_what_is_about_no_person_is_told_however_small():
    held_fairs(make_streets()["310110012"], 2)
    publish()
    assert told(FAIRS, "310110012") == 2
    assert told(FAIRS, "310110016") == 0


def test_a_month_is_published_once_and_what_comes_in_late_changes_nothing():
    street = make_streets()["310110012"]
    facts = served(street, 40)
    publish()
    correct_fact(old=facts[0], new=None, now=AT + timedelta(days=1))
    assert publish(on=ON + timedelta(days=1), now=AT + timedelta(days=1)) is None
    assert told(SERVICES, "310110") == 40


def test_what_was_published_the_database_refuses_to_change():
    make_streets()
    publish()
    for change in (
        lambda: PublishedMonth.objects.update(given_away=1),
        lambda: MonthFigure.objects.update(told=1),
        lambda: MonthFigure.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_a_bulletin_told_a_month_does_not_complete():
    """September and October were told together: September by itself would leave October, which is small."""
    street = make_streets()["310110012"]
    served(street, 40, on=SEPTEMBER.last, first=1)
    served(street, 2, on=UNTIL, first=100)
    make_published(f"九月和十月[[{SERVICES}|310110012|2026-09~2026-10]]人次。", on=ON, now=AT - timedelta(hours=1))
    publish(SEPTEMBER)
    assert told(SERVICES, "310110012", SEPTEMBER) == Reason.EARLIER


def test_what_a_month_told_a_bulletin_does_not_complete():
    street = make_streets()["310110012"]
    served(street, 40, on=UNTIL - timedelta(days=40), first=1)
    served(street, 2, on=UNTIL, first=100)
    publish(SEPTEMBER)
    assert told(SERVICES, "310110012", SEPTEMBER) == 40
    made = make_published(f"九月和十月[[{SERVICES}|2026-09~2026-10]]人次。")
    (row,) = made.figures.all()
    assert (row.is_told, row.reason, row.reason_day) == (False, "earlier", ON)
    assert "42" not in words_of(read_document(made.document))


def test_what_was_published_while_a_month_was_weighed_is_weighed_too():
    """The night weighs without a lock; a bulletin that comes in between is seen before anything is told."""
    street = make_streets()["310110012"]
    served(street, 40, on=SEPTEMBER.last, first=1)
    served(street, 2, on=UNTIL, first=100)
    district = make_district().pk
    weighed = months_actions.weigh_month(district_id=district, month=SEPTEMBER, now=AT)
    assert not [place for place in weighed.decided.withheld if place.unit == "310110012" and place.code == SERVICES]
    make_published(f"九月和十月[[{SERVICES}|310110012|2026-09~2026-10]]人次。", on=ON, now=AT - timedelta(hours=1))
    publish_month(district_id=district, month=SEPTEMBER, on=ON, now=AT, weighed=weighed)
    assert told(SERVICES, "310110012", SEPTEMBER) == Reason.EARLIER


def test_a_month_that_was_weighed_is_not_weighed_again(monkeypatch):
    served(make_streets()["310110012"], 40)
    district = make_district().pk
    weighed = months_actions.weigh_month(district_id=district, month=OCTOBER, now=AT)
    monkeypatch.setattr(months_actions, "weigh_month", None)
    publish_month(district_id=district, month=OCTOBER, on=ON, now=AT, weighed=weighed)
    assert told(SERVICES, "310110") == 40


def test_where_nobody_can_be_sure_nothing_about_persons_is_told(monkeypatch):
    def unsure(*_said, **_more):
        raise ArithmeticError

    monkeypatch.setattr(bulletin_weighing, "protect", unsure)
    street = make_streets()["310110012"]
    served(street, 40)
    held_fairs(street, 1)
    assert publish().is_unsure
    assert told(SERVICES, "310110") == Reason.SECONDARY
    assert told(FAIRS, "310110") == 1


def test_what_needs_time_is_published_once_that_time_is_over():
    conversion = indicators()["employment.hired_in_90_days"].newest.measure
    told_of = settled_month(conversion, OCTOBER)
    assert told_of == month_of(date(2026, 7, 1))
    assert told_of.last + timedelta(days=90) < publishes_on(OCTOBER)
    plain = indicators()[SERVICES].newest.measure
    assert settled_month(plain, OCTOBER) == OCTOBER


@pytest.mark.parametrize("code", ["employment.hired_in_90_days", "mentoring.matched_in_60_days"])
def test_no_month_is_left_out_or_told_twice_of_what_needs_time(code):
    measure, month, seen = indicators()[code].newest.measure, month_of(date(2024, 1, 1)), []
    for _each in range(48):
        seen.append(settled_month(measure, month).first)
        month = month_of(month.last + timedelta(days=1))
    assert seen == [add_months(seen[0], each) for each in range(48)]


def test_the_night_publishes_every_closed_month_that_is_due(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: ON)
    monkeypatch.setattr(clock, "now", lambda: AT)
    for day in (date(2026, 8, 20), UNTIL):
        held_fairs(make_streets()["310110012"], 1, on=day)
    enqueue(publish_months)
    drain()
    assert PublishedMonth.objects.count() == 3, "before August nothing is known, and a zero would tell of nothing"
    assert max(PublishedMonth.objects.values_list("month", flat=True)) == OCTOBER.first
    enqueue(publish_months)
    drain()
    assert PublishedMonth.objects.count() == 3


def test_of_a_district_that_stopped_writing_its_last_months_are_published_and_no_zeros_after():
    """As in a scenario of years ago."""
    for last in (date(2022, 10, 28), date(2022, 11, 5)):
        happened = Span(date(2022, 8, 3), last)
        assert [month.first.month for month in months_due(on=ON, happened=happened)] == [8, 9, 10]


def test_before_the_fifth_the_last_month_waits():
    assert OCTOBER not in months_due(on=date(2026, 11, 4))
    assert OCTOBER in months_due(on=date(2026, 11, 5))


def test_many_numbers_of_what_looks_back_or_ahead_equal_each_by_itself():
    """In a month read for all units at once, and in days that are none counted one by one."""
    streets = list(make_streets().values())
    for place, street in enumerate(streets):
        served(street, 4 + place, kind="casework.case_opened", first=10 * place, on=SEPTEMBER.last)
        served(street, 2 + place, kind="casework.case_closed", first=10 * place, on=UNTIL)
    open_files = indicators()["employment.files_open"].newest.measure
    spans = (OCTOBER, Span(OCTOBER.last, OCTOBER.last), SEPTEMBER, Span(SEPTEMBER.first, date(2026, 10, 15)))
    asked = [(open_files, span, unit.path) for span in spans for unit in (make_district(), *streets)]
    found = read_numbers(asked, pin=Pin())
    for measure, span, path in asked:
        assert found[measure, span, path] == Figure(measure, span, path).number()
    assert [found[open_files, span, make_district().path].value for span in spans] == [6, 6, 15, 15]
