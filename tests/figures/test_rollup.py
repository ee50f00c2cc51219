"""The roll-up says what counting says: whatever was recorded late, corrected or merged, and whenever it was built."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.accounts.models import UnitSuccession
from sunward.core.jobs.queue import enqueue
from sunward.figures import jobs
from sunward.figures.counting import cells as counting
from sunward.figures.counting.cells import kept_in, read_many, read_months
from sunward.figures.counting.figure import Figure
from sunward.figures.counting.rolling import kept_of, last_settled_fact, roll_up
from sunward.figures.counting.rollup import read_rolled
from sunward.figures.declared import indicators
from sunward.figures.definition import Conversion, Count, Facts, Mean, Share, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.models import RolledCount, RolledStep
from sunward.figures.pins import NOW, Pin, months
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.models import Fact

pytestmark = pytest.mark.django_db

NORTH, SOUTH, DISTRICT = "/310110/310110012/", "/310110/310110016/", "/310110/"
COMMITTEE, OFFICE = f"{NORTH}310110012001/", "/310110/310110RS/"
PATHS = (DISTRICT, NORTH, SOUTH, COMMITTEE, OFFICE)
PLACED, ASKED = Facts(("employment.placed",)), Facts(("employment.asked",))
ONLINE = Facts(("employment.placed", "employment.fair"), (("kind", ("online", "both")),))
MEASURES = [
    *(Count(PLACED, unit) for unit in CountingUnit),
    *(Count(ONLINE, unit) for unit in CountingUnit),
    Share(Count(PLACED, CountingUnit.PERSON), Count(ASKED, CountingUnit.PERSON)),
    Mean(PLACED),
    Standing(ASKED, PLACED),
    Standing(ONLINE, ASKED),
    Conversion(ASKED, PLACED, days=20),
    Wait(ASKED, PLACED),
]
LOOKING = [measure for measure in MEASURES if isinstance(measure, Standing | Conversion | Wait)]
COUNTS = list(dict.fromkeys(kept for measure in MEASURES for kept in kept_in(measure)))
QUARTER = list(months(date(2022, 9, 1), date(2022, 11, 30)))
FIRST = date(2022, 8, 20)


def end_of(day: date) -> Pin:
    return Pin(known_until=timezone.make_aware(datetime.combine(day, time.max)))


@dataclass(frozen=True)
class Told:
    """`corrects` says which fact before it is put right, by this one or by nothing; `days` run from `FIRST`."""

    kind: str
    person: int | None
    path: str
    happened: int
    known: int
    hour: int
    form: str | None
    corrects: int | None
    is_withdrawal: bool


TOLD = st.lists(
    st.builds(
        Told,
        kind=st.sampled_from(("employment.asked", "employment.placed", "employment.fair")),
        person=st.one_of(st.none(), st.integers(1, 3)),
        path=st.sampled_from(PATHS),
        happened=st.integers(0, 100),
        known=st.integers(0, 100),
        hour=st.integers(0, 23),
        form=st.sampled_from((None, "online", "both", "hall")),
        corrects=st.one_of(st.none(), st.integers(0, 12)),
        is_withdrawal=st.booleans(),
    ),
    max_size=12,
)


def write(told: list[Told], before: list[Fact]) -> list[Fact]:
    facts = list(before)
    for one in told:
        now = datetime.combine(FIRST, time(one.hour), tzinfo=UTC) + timedelta(days=one.known)
        new = NewFact(
            kind=one.kind, subject_kind=("case", "step")[one.happened % 2], subject_id=one.person or 9,
            person_id=one.person, unit_path=one.path, happened_on=FIRST + timedelta(days=one.happened),
            quantity=Decimal(one.happened),
            attributes={"minutes": 7 * one.happened} | ({"kind": one.form} if one.form else {}),
        )  # fmt: skip
        if one.corrects is not None and one.corrects < len(facts):
            facts.append(correct_fact(old=facts[one.corrects], new=None if one.is_withdrawal else new, now=now))
        else:
            facts.append(record_fact(new, now=now))
    return facts


def build(now: datetime = datetime(2022, 12, 1, tzinfo=UTC)) -> None:
    until = last_settled_fact()
    for count in COUNTS:
        roll_up(count, until=until, now=now)


def counted(measure, pin, paths=PATHS):
    return {(month, path): Figure(measure, month, path, pin).number() for month in QUARTER for path in paths}


@settings(max_examples=5, deadline=None)
@given(
    parts=st.lists(TOLD, min_size=1, max_size=3),
    known=st.integers(-3, 104),
    is_whole_day=st.booleans(),
    is_built_last=st.booleans(),
)
def test_whatever_was_recorded_and_whenever_it_was_rolled_up_every_cell_is_what_counting_says(
    parts, known, is_whole_day, is_built_last
):
    with transaction.atomic():
        facts: list[Fact] = []
        for number, told in enumerate(parts, start=1):
            facts = write(told, facts)
            if number < len(parts) or is_built_last:
                build()
        then = end_of(FIRST + timedelta(days=known))
        pin = then if is_whole_day else Pin(known_until=then.known_until - timedelta(hours=9))
        for one in (pin, NOW):
            read = read_many(COUNTS, QUARTER, PATHS, pin=one)
            with mock.patch.object(counting, "read_rolled", return_value={}):
                assert read == read_many(COUNTS, QUARTER, PATHS, pin=one)
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None)
@given(told=TOLD, known=st.integers(-3, 104))
def test_measures_that_look_back_or_ahead_say_the_same_in_one_pass_as_each_figure_alone(told, known):
    with transaction.atomic():
        write(told, [])
        pin = end_of(FIRST + timedelta(days=known))
        cells = read_many(LOOKING, QUARTER, PATHS[:4], pin=pin)
        for measure in LOOKING:
            assert cells[measure] == counted(measure, pin, PATHS[:4]), measure
        transaction.set_rollback(True)


@pytest.fixture
def autumn() -> list[Fact]:
    """Persons asked for and placed in three months, told within the week; every seventh was withdrawn in December."""
    facts = [
        record_fact(
            NewFact(
                kind=("employment.asked", "employment.placed")[number % 2], subject_kind="case", subject_id=number % 11,
                person_id=number % 7 or None, unit_path=PATHS[number % 5], quantity=Decimal(number),
                happened_on=date(2022, 9, 1) + timedelta(days=number), attributes={"kind": "online"},
            ),
            now=datetime(2022, 9, 4, 4, tzinfo=UTC) + timedelta(days=number),
        )
        for number in range(90)
    ]  # fmt: skip
    for fact in facts[::7]:
        correct_fact(old=fact, new=None, now=datetime(2022, 12, 5, tzinfo=UTC))
    return facts


def say_nothing(*_args, **_said):
    raise AssertionError("What the roll-up knows is not counted.")


@pytest.mark.parametrize("pin", [NOW, end_of(date(2022, 10, 31)), end_of(date(2022, 12, 4))])
def test_a_year_that_is_rolled_up_is_read_and_not_counted(autumn, monkeypatch, pin):
    build()
    expected = {count: counted(count, pin, PATHS[:3]) for count in COUNTS}
    monkeypatch.setattr(counting, "_counted", say_nothing)
    assert {count: read_months(count, QUARTER, PATHS[:3], pin=pin) for count in COUNTS} == expected


def test_the_month_of_a_late_fact_alone_is_counted_until_the_next_night(autumn):
    build()
    persons, later = Count(PLACED, CountingUnit.PERSON), datetime(2022, 12, 20, tzinfo=UTC)
    record_fact(
        NewFact(
            kind="employment.placed", subject_kind="case", subject_id=1, person_id=77, unit_path=COMMITTEE,
            happened_on=date(2022, 10, 3),
        ),
        now=later,
    )  # fmt: skip
    known = {month for month, _path in read_rolled([persons], QUARTER, PATHS, pin=NOW)[persons]}
    assert known == {QUARTER[0], QUARTER[2]}
    # As known before, nothing has changed.
    then = read_rolled([persons], QUARTER, PATHS, pin=end_of(date(2022, 12, 19)))[persons]
    assert {month for month, _path in then} == set(QUARTER)
    assert read_months(persons, QUARTER, PATHS, pin=NOW) == counted(persons, NOW)
    build()
    assert {month for month, _path in read_rolled([persons], QUARTER, PATHS, pin=NOW)[persons]} == set(QUARTER)


def test_a_night_after_which_nothing_was_recorded_writes_nothing(autumn):
    build()
    before = list(RolledStep.objects.order_by("pk").values_list("pk", flat=True))
    build()
    assert list(RolledStep.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_who_stands_goes_on_standing_in_a_month_that_begins_after_the_night(autumn):
    build(now=datetime(2022, 11, 20, tzinfo=UTC))
    files, later = Standing(ASKED, PLACED), list(months(date(2022, 11, 1), date(2022, 12, 31)))
    assert {month for month, _path in read_rolled([files], later, PATHS, pin=NOW)[files]} == {later[0]}
    cells = read_months(files, later, PATHS[:2], pin=NOW)
    assert cells == {key: Figure(files, *key, NOW).number() for key in cells}
    assert cells[later[1], DISTRICT].value
    build(now=datetime(2022, 12, 20, tzinfo=UTC))
    assert {month for month, _path in read_rolled([files], later, PATHS, pin=NOW)[files]} == set(later)
    assert read_months(files, later, PATHS[:2], pin=NOW) == cells


def test_after_a_merger_the_units_it_moved_are_counted_and_the_others_read(autumn):
    build()
    UnitSuccession.objects.create(
        old_path=NORTH, new_path=SOUTH, on=date(2022, 11, 1), reason="merged",
        recorded_at=datetime(2022, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    persons, later = Count(PLACED, CountingUnit.PERSON), Pin(tree_on=date(2022, 11, 2))
    known = {path for _month, path in read_rolled([persons], QUARTER, PATHS, pin=later)[persons]}
    assert known == {DISTRICT, OFFICE}
    for pin in (later, Pin(tree_on=date(2022, 10, 31)), NOW):
        assert read_months(persons, QUARTER, PATHS, pin=pin) == counted(persons, pin)


def test_how_many_units_there_were_is_counted_by_a_later_tree_even_where_a_merger_stayed_inside(autumn):
    build()
    UnitSuccession.objects.create(
        old_path=NORTH, new_path=SOUTH, on=date(2022, 11, 1), reason="merged",
        recorded_at=datetime(2022, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    units = Count(PLACED, CountingUnit.UNIT)
    cells = {pin: read_months(units, QUARTER, PATHS, pin=pin) for pin in (NOW, Pin(tree_on=date(2022, 11, 2)))}
    assert all(cells[pin] == counted(units, pin) for pin in cells)
    assert cells[NOW] != cells[Pin(tree_on=date(2022, 11, 2))]


def test_a_roll_up_that_was_lost_costs_time_and_no_number(autumn):
    build()
    RolledCount.objects.all().delete()
    cells = read_many(MEASURES, QUARTER, PATHS[:2], pin=NOW)
    assert all(cells[measure] == counted(measure, NOW, PATHS[:2]) for measure in MEASURES)


def test_steps_of_a_cell_follow_each_other_and_only_the_last_is_open(autumn):
    build()
    by_cell = {}
    for step in RolledStep.objects.order_by("known_on"):
        by_cell.setdefault((step.count_id, step.month, step.path), []).append(step)
    assert by_cell
    for steps in by_cell.values():
        assert [step.next_on for step in steps] == [*(step.known_on for step in steps[1:]), None]


def test_the_night_rolls_up_every_declared_count_and_forgets_the_others(autumn, run_jobs):
    roll_up(Count(Facts(("gone.away",))), until=last_settled_fact(), now=datetime(2022, 12, 1, tzinfo=UTC))
    enqueue(jobs.roll_up_figures)
    assert run_jobs() == 1
    declared = kept_of(indicators().values())
    assert RolledCount.objects.count() == len(declared) > 10
    assert set(RolledCount.objects.values_list("facts_until", flat=True)) == {Fact.objects.latest("pk").pk}
    assert RolledStep.objects.filter(path=DISTRICT).exists()
