"""A year of published months and bulletins, attacked with everything both ever told: no protected number is known.

The equations are written here by hand, from what a reader knows: streets make the district, months make the year, a
person is counted once. They share nothing with what decides.
"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from sunward.figures.actions import months as months_actions
from sunward.figures.actions.months import publish_month
from sunward.figures.declared import indicators
from sunward.figures.disclosure.attack import attack
from sunward.figures.disclosure.rules import RULES
from sunward.figures.disclosure.system import Equation
from sunward.figures.enums import Protection
from sunward.figures.models import MonthFigure, PublishedFigure
from sunward.figures.pins import Span, month_of, year_to
from sunward.ledger.actions import NewFact, record_many
from tests.factories import make_district, make_subdistrict
from tests.figures.bulletin_builders import SERVICES, make_bulletin, officer, publish

pytestmark = pytest.mark.django_db
RULE = RULES[Protection.PERSONS]
YEAR, LAST = 2026, 6
STREETS = ("310110012", "310110016", "310110018", "310110019")
UNITS = ("310110", *STREETS)


@pytest.fixture
def planted(monkeypatch):
    """Few visits in some streets: what is told of the others must not betray them."""
    few = {SERVICES: indicators()[SERVICES]}
    monkeypatch.setattr(months_actions, "indicators", lambda: few)
    chance, facts, numbers = random.Random(11), [], {}
    for code in STREETS:
        street, mean = make_subdistrict(code, name=f"街道{code}"), chance.choice((3, 9, 30))
        for month in range(1, LAST + 1):
            span = month_of(date(YEAR, month, 1))
            numbers[code, span] = round(chance.expovariate(1 / mean))
            facts += [
                NewFact(
                    kind="casework.contact_made", subject_kind="case", subject_id=len(facts) + each, person_id=None,
                    unit_id=street.pk, unit_path=street.path, happened_on=span.first,
                    attributes={"programme": "employment"},
                )
                for each in range(numbers[code, span])
            ]  # fmt: skip
    record_many(facts, now=datetime(YEAR, 1, 1, tzinfo=UTC))
    months = [span for code, span in numbers if code == STREETS[0]]
    for code in STREETS:
        for end in months[1:]:
            so_far = [span for span in months if span.last <= end.last]
            numbers[code, year_to(end.last)] = sum(numbers[code, span] for span in so_far)
    for span in {span for _code, span in numbers}:
        numbers["310110", span] = sum(numbers[code, span] for code in STREETS)
    return numbers


def publish_all():
    """Each month on the fifth, a bulletin with the year so far on the tenth."""
    writer, second, told = officer(), officer(), {}
    with translation.override("zh-hans"):
        for number in range(1, LAST + 1):
            month = month_of(date(YEAR, number, 1))
            at = datetime.combine(month.last + timedelta(days=5), datetime.min.time(), UTC)
            publish_month(district_id=make_district().pk, month=month, on=at.date(), now=at)
            body = f"[[{SERVICES}|{YEAR}-01~{month.last:%Y-%m}|by unit]]"
            later = at + timedelta(days=5)
            bulletin = make_bulletin(writer, body, until_on=month.last, issue=number, now=later)
            publish(second, bulletin, on=later.date(), now=later)
    for row in (*MonthFigure.objects.filter(is_told=True), *PublishedFigure.objects.filter(is_told=True)):
        told[row.unit_code, Span(row.first, row.last)] = int(row.told if isinstance(row, MonthFigure) else row.said)
    return told


def equations(numbers):
    """Streets make the district; the year to a month and the next month make the year to that."""
    spans = sorted({span for _code, span in numbers}, key=lambda span: (span.last, span.first))
    found = [Equation.total(("310110", span), [(code, span) for code in STREETS]) for span in spans]
    for unit in UNITS:
        for number in range(2, LAST + 1):
            month = month_of(date(YEAR, number, 1))
            before = Span(date(YEAR, 1, 1), month.first - timedelta(days=1))
            found.append(Equation.total((unit, year_to(month.last)), [(unit, before), (unit, month)]))
    return found


def known(numbers, told):
    """Protected numbers of which too much can be reckoned, and those reckoned exactly."""
    small = [key for key, value in numbers.items() if RULE.protects(value)]
    found = attack(told, equations(numbers), asked=small)
    exactly = [key for key in small if key in told or found[key] == (numbers[key], numbers[key])]
    closely = [
        key for key in small
        if key in told or found[key][0] > 0 or (found[key][1] is not None and found[key][1] < RULE.threshold)
    ]  # fmt: skip
    return exactly, closely


def test_months_and_bulletins_laid_together_give_no_protected_number_away(planted):
    told = publish_all()
    assert {key: value for key, value in planted.items() if key in told} == told, "what is told is true"
    assert len(told) > len(planted) // 3, "and much is told"
    assert any(RULE.protects(value) for value in planted.values())
    assert known(planted, told) == ([], [])


def test_with_small_numbers_alone_or_each_table_alone_the_same_pages_would_leak(planted):
    """As most tools do it: a second number of a table is hidden beside a single one, and no table knows another."""
    small_only = {key: value for key, value in planted.items() if not RULE.protects(value)}
    by_table = dict(small_only)
    for span in {span for _code, span in planted}:
        hidden = [code for code in UNITS if (code, span) not in small_only]
        if len(hidden) == 1:
            lightest = min((code for code in STREETS if code not in hidden), key=lambda code: planted[code, span])
            del by_table[lightest, span]
    assert known(planted, small_only)[0]
    assert known(planted, by_table)[0]


def test_what_would_leak_if_bulletins_and_months_did_not_know_of_each_other(planted, monkeypatch):
    """The test above can fail: without the other's publications it does."""
    monkeypatch.setattr("sunward.figures.actions.months.read_shown", lambda district: [])
    monkeypatch.setattr("sunward.figures.queries.bulletin_making.read_shown", lambda district: [])
    assert known(planted, publish_all())[0]


RUNNING, BEGUN = "mentoring.matches_running", "mentoring.matches_begun"


@pytest.fixture
def matched(monkeypatch):
    """Many run and few begin: of each street what stands at the end of a month, and who came in it."""
    both = {code: indicators()[code] for code in (RUNNING, BEGUN)}
    monkeypatch.setattr(months_actions, "indicators", lambda: both)
    chance, facts, numbers = random.Random(4), [], {}
    for code in STREETS:
        street, stand, first = make_subdistrict(code, name=f"街道{code}"), 0, 0
        for month in range(1, LAST + 1):
            span = month_of(date(YEAR, month, 1))
            came, went = (30, 0) if month == 1 else (chance.randrange(9), chance.randrange(3))
            facts += [
                NewFact(
                    kind=kind, subject_kind="match", subject_id=1000 * street.pk + number, unit_id=street.pk,
                    unit_path=street.path, happened_on=span.first + timedelta(kind.endswith("closed")),
                )
                for kind, numbered in (
                    ("mentoring.match_trial", range(stand, stand + came)),
                    ("mentoring.match_closed", range(first, first + went)),
                )
                for number in numbered
            ]  # fmt: skip
            stand, first = stand + came, first + went
            numbers[BEGUN, code, month], numbers[RUNNING, code, month] = came, stand - first
    record_many(facts, now=datetime(YEAR, 1, 1, tzinfo=UTC))
    for what in (RUNNING, BEGUN):
        for month in range(1, LAST + 1):
            numbers[what, "310110", month] = sum(numbers[what, code, month] for code in STREETS)
    return numbers


def known_of_matches(numbers):
    """By hand: streets make the district, and what stands is what stood and came, less who is gone."""
    for number in range(1, LAST + 1):
        month = month_of(date(YEAR, number, 1))
        on = month.last + timedelta(days=5)
        publish_month(
            district_id=make_district().pk, month=month, on=on, now=datetime.combine(on, datetime.min.time(), UTC)
        )
    told = {
        (row.code, row.unit_code, row.first.month): numbers[row.code, row.unit_code, row.last.month]
        for row in MonthFigure.objects.filter(is_told=True)
    }
    laws = [
        Equation.total((what, "310110", month), [(what, code, month) for code in STREETS])
        for what in (RUNNING, BEGUN) for month in range(1, LAST + 1)
    ]  # fmt: skip
    laws += [
        Equation(((
            (RUNNING, unit, month), 1), (("gone", unit, month), 1), ((RUNNING, unit, month - 1), -1),
            ((BEGUN, unit, month), -1),
        ))
        for unit in UNITS for month in range(2, LAST + 1)
    ]  # fmt: skip
    rule = RULES[Protection.SENSITIVE]
    small = [key for key, value in numbers.items() if rule.protects(value)]
    found = attack(told, laws, asked=small)
    return told, [
        key for key in small
        if key in told or found[key][0] > 0 or (found[key][1] is not None and found[key][1] < rule.threshold)
    ]  # fmt: skip


def test_who_began_is_not_reckoned_from_how_many_more_run(matched):
    told, closely = known_of_matches(matched)
    assert len(told) > 10
    assert closely == []


def test_where_what_stands_and_who_came_are_decided_apart_it_would_be(matched, monkeypatch):
    """The test above can fail: without the declaration it does."""
    apart = {code: replace(indicators()[code], moved_by=None) for code in (RUNNING, BEGUN)}
    monkeypatch.setattr("sunward.figures.queries.bulletin_weighing.indicators", lambda: apart)
    _told, closely = known_of_matches(matched)
    assert {what for what, _unit, _month in closely} == {BEGUN}


def test_one_match_that_goes_on_in_another_street_opens_no_other_figure(monkeypatch):
    """It is counted in both streets and once in the district: what begins does not add up, and what stands does."""
    files = "mentoring.files_open"
    three = {code: indicators()[code] for code in (RUNNING, BEGUN, files)}
    monkeypatch.setattr(months_actions, "indicators", lambda: three)
    january, facts = month_of(date(YEAR, 1, 1)), []
    streets = [make_subdistrict(code, name=f"街道{code}") for code in STREETS]
    for street, many in zip(streets, (30, 41, *[0] * len(streets)), strict=False):
        for number in range(1000 * street.pk, 1000 * street.pk + many):
            at = {"subject_id": number, "unit_id": street.pk, "unit_path": street.path}
            facts.append(NewFact(
                kind="casework.case_opened", subject_kind="case", happened_on=date(YEAR - 1, 12, 1), person_id=None,
                attributes={"programme": "mentoring"}, **at,
            ))  # fmt: skip
            facts.append(
                NewFact(kind="mentoring.match_trial", subject_kind="match", happened_on=date(YEAR, 1, 5), **at)
            )
    there = {"subject_id": 1000 * streets[0].pk, "unit_id": streets[2].pk, "unit_path": streets[2].path}
    facts.append(NewFact(kind="mentoring.match_trial", subject_kind="match", happened_on=date(YEAR, 1, 20), **there))
    record_many(facts, now=datetime(YEAR, 1, 21, tzinfo=UTC))
    on = january.last + timedelta(days=5)
    publish_month(district_id=make_district().pk, month=january, on=on, now=datetime(YEAR, 2, 5, tzinfo=UTC))
    rows = {row.unit_code: row for row in MonthFigure.objects.filter(code=files)}
    told = {code: int(row.value) for code, row in rows.items() if row.is_told}
    hidden = [code for code, row in rows.items() if not row.is_told]
    assert told
    found = attack(told, [Equation.total("310110", STREETS)], asked=hidden)
    assert [code for code in hidden if found[code][1] is not None and found[code][1] < 10] == []
