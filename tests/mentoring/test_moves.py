"""What stands at the end of a month is no more than what stood before it and who came: proved on records.

Disclosure control takes it for an equation (`Indicator.moved_by`). Lives are written as the acts write them: by the
table of states, the last step undone, the child moved to another street, files closed and opened again.
"""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from sunward.figures.counting.figure import Figure
from sunward.figures.declared import indicators
from sunward.figures.definition import Standing
from sunward.figures.pins import month_of
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.mentoring.enums import TRANSITIONS, MatchState
from tests.factories import make_district, make_subdistrict

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 1, tzinfo=UTC)
MONTHS = [month_of(date(2026, month, 1)) for month in range(1, 5)]
STREETS = ("310110012", "310110016")
DECLARED = [one for one in indicators().values() if one.moved_by]


def live(number, streets, chance, *, moves):
    """A match from its proposal on; the file of its child opened before, and now and then closed and opened again."""
    state, day, street, written = MatchState.PROPOSED, MONTHS[0].first + timedelta(chance.randrange(90)), streets[0], []

    def write(kind, subject, **said):
        fact = NewFact(
            kind=kind, subject_kind=subject, subject_id=number, person_id=number, unit_id=street.pk,
            unit_path=street.path, happened_on=day, attributes=said,
        )  # fmt: skip
        return record_fact(fact, now=AT + timedelta(minutes=len(written)))

    write("casework.case_opened", "case", programme="mentoring")
    while TRANSITIONS[state] and day <= MONTHS[-1].last:
        day += timedelta(chance.randrange(25))
        if moves and chance.random() < 0.2:
            street = chance.choice(streets)
        before, state = state, chance.choice(TRANSITIONS[state])
        written.append(write(f"mentoring.match_{state}", "match"))
        if chance.random() < 0.2:
            correct_fact(old=written[-1], new=None, now=AT + timedelta(minutes=len(written)))
            state = before
        if chance.random() < 0.2:
            write("casework.case_closed", "case", programme="mentoring")
            day += timedelta(chance.randrange(20))
            write("casework.case_reopened", "case", programme="mentoring")


def count(measure, span, unit):
    return int(Figure(measure, span, unit.path).number().value or 0)


def broken(indicator, units):
    """Months and units in which more stand than stood before and came."""
    measure, came = indicator.newest.measure, indicator.moved_by.came
    return [
        (indicator.code, unit.code, after.first.month)
        for unit in units
        for before, after in pairwise(MONTHS)
        if count(measure, after, unit) - count(measure, before, unit) > count(came, after, unit)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_no_more_stand_in_the_district_than_stood_and_came(seed):
    chance = random.Random(seed)
    streets = [make_subdistrict(code, name=f"街道{code}") for code in STREETS]
    for number in range(1, 16):
        live(number, streets, chance, moves=True)
    assert DECLARED
    for indicator in DECLARED:
        assert isinstance(indicator.newest.measure, Standing)
        assert broken(indicator, [make_district()]) == []
    assert count(DECLARED[0].newest.measure, MONTHS[-1], make_district()) > 0


def test_in_a_street_it_holds_as_long_as_nobody_moves():
    chance = random.Random(5)
    streets = [make_subdistrict(code, name=f"街道{code}") for code in STREETS]
    for number in range(1, 16):
        live(number, chance.sample(streets, 2), chance, moves=False)
    assert [broken(indicator, streets) for indicator in DECLARED] == [[] for _indicator in DECLARED]


def test_who_moves_to_another_street_stands_there_and_did_not_come():
    """So that in a street it is no law, and disclosure control takes it for none where it does not hold."""
    here, there = (make_subdistrict(code, name=f"街道{code}") for code in STREETS)
    for street, month, state in ((here, 0, "trial"), (there, 1, "active")):
        fact = NewFact(
            kind=f"mentoring.match_{state}", subject_kind="match", subject_id=1, person_id=1, unit_id=street.pk,
            unit_path=street.path, happened_on=MONTHS[month].first,
        )  # fmt: skip
        record_fact(fact, now=AT)
    (matches,) = (one for one in DECLARED if one.code == "mentoring.matches_running")
    assert broken(matches, [here, there]) == [("mentoring.matches_running", there.code, 2)]
    assert broken(matches, [make_district()]) == []
