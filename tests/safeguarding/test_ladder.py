"""The clock of an emergency against a slow model that looks every second, with workers that come late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sunward.safeguarding.ladder import Clock, climb, start_clock

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
WORKER, SUPERVISOR, OFFICER = 1, 2, 3
MINUTES = timedelta(minutes=1)


def run(looks, *, waits, again, rungs, answered=None):
    """What a worker that looks at these seconds tells, until somebody answers. Returns the clock and all tellings."""
    clock, told, tellings = start_clock(START), set(), []
    for second in looks:
        if answered is not None and second >= answered:
            break
        now = START + timedelta(seconds=second)
        clock, new = climb(
            clock, waits=waits, again=again, now=now, told=told, people_on=lambda rung: rungs[rung],
            everybody=lambda: [one for rung in rungs for one in rung],
        )  # fmt: skip
        told |= {one for telling in new for one in telling.people}
        tellings += [(second, telling) for telling in new]
    return clock, tellings


class Slow:
    """The rule said again, without arithmetic: somebody sits beside the clock and looks every second."""

    def __init__(self, waits, again, rungs):
        self.waits, self.again, self.rungs = waits, again, rungs
        self.rung, self.left, self.told, self.log = -1, timedelta(), set(), []

    def tick(self, second):
        while self.left <= timedelta():
            self.rung += 1
            if self.rung >= len(self.rungs):
                self.log.append((second, self.rung, {one for rung in self.rungs for one in rung}))
                self.left += self.again
                continue
            new = set(self.rungs[self.rung]) - self.told
            self.told |= new
            self.log.append((second, self.rung, new))
            if new:
                self.left += self.waits[self.rung]
        self.left -= timedelta(seconds=1)


def sit_beside(until, *, waits, again, rungs):
    model = Slow(waits, again, rungs)
    for second in range(until + 1):
        model.tick(second)
    return model


seconds = st.integers(1, 20).map(lambda number: timedelta(seconds=number))
people = st.lists(st.integers(1, 4), max_size=3, unique=True)
ladders = st.lists(st.tuples(seconds, people), min_size=1, max_size=4)
late = st.lists(st.integers(1, 90), max_size=8)


def looks_of(gaps):
    looks, at = [0], 0
    for gap in gaps:
        at += gap
        looks.append(at)
    return looks


@given(ladder=ladders, again=seconds, gaps=late)
def test_however_late_the_worker_looks_the_clock_stands_where_it_would_have_stood(ladder, again, gaps):
    waits, rungs = tuple(wait for wait, _people in ladder), [found for _wait, found in ladder]
    looks = looks_of(gaps)
    clock, tellings = run(looks, waits=waits, again=again, rungs=rungs)
    model = sit_beside(looks[-1], waits=waits, again=again, rungs=rungs)
    assert clock.rung == model.rung
    # The model has counted this second already.
    assert clock.climbs_at == START + timedelta(seconds=looks[-1] + 1) + model.left
    on_rungs = {telling.rung: set(telling.people) for _at, telling in tellings if telling.rung < len(rungs)}
    assert on_rungs == {rung: new for _second, rung, new in model.log if rung < len(rungs)}


@given(ladder=ladders, again=seconds, gaps=late)
def test_every_telling_bears_the_moment_at_which_it_was_due(ladder, again, gaps):
    waits, rungs = tuple(wait for wait, _people in ladder), [found for _wait, found in ladder]
    looks = looks_of(gaps)
    _clock, tellings = run(looks, waits=waits, again=again, rungs=rungs)
    model = sit_beside(looks[-1], waits=waits, again=again, rungs=rungs)
    due = {(rung, START + timedelta(seconds=second)) for second, rung, _new in model.log}
    assert {(telling.rung, telling.due_at) for _at, telling in tellings} <= due
    assert all(telling.due_at <= START + timedelta(seconds=at) for at, telling in tellings)


@given(ladder=ladders, again=seconds, gaps=late)
def test_nobody_is_told_twice_on_the_way_up_and_repetitions_that_were_missed_are_told_once(ladder, again, gaps):
    waits, rungs = tuple(wait for wait, _people in ladder), [found for _wait, found in ladder]
    _clock, tellings = run(looks_of(gaps), waits=waits, again=again, rungs=rungs)
    on_the_way = [one for _at, telling in tellings if telling.rung < len(rungs) for one in telling.people]
    assert len(on_the_way) == len(set(on_the_way))
    again_at = [at for at, telling in tellings if telling.rung >= len(rungs)]
    assert len(again_at) == len(set(again_at))
    assert set(on_the_way) <= {one for rung in rungs for one in rung}


@given(ladder=ladders, again=seconds, gaps=late, answered=st.integers(0, 200))
def test_after_an_answer_nobody_is_told_any_more(ladder, again, gaps, answered):
    waits, rungs = tuple(wait for wait, _people in ladder), [found for _wait, found in ladder]
    _clock, tellings = run(looks_of(gaps), waits=waits, again=again, rungs=rungs, answered=answered)
    assert all(at < answered for at, _telling in tellings)


@given(ladder=ladders, again=seconds, gaps=late, absent=st.sets(st.integers(1, 4)))
def test_whoever_is_away_costs_no_time(ladder, again, gaps, absent):
    """A rung whose people are away is passed at the very moment it is reached."""
    waits = tuple(wait for wait, _people in ladder)
    rungs = [[one for one in found if one not in absent] for _wait, found in ladder]
    _clock, tellings = run(looks_of(gaps), waits=waits, again=again, rungs=rungs)
    empty = [telling for _at, telling in tellings if telling.rung < len(rungs) and not telling.people]
    for telling in empty:
        following = [other.due_at for _at, other in tellings if other.rung == telling.rung + 1]
        # A repetition that was overtaken by the next is not made up for.
        assert following == [telling.due_at] or (telling.rung + 1 == len(rungs) and not following)
    assert not absent & {one for _at, telling in tellings for one in telling.people}


def test_the_ladder_of_the_district_climbs_at_five_ten_and_fifteen_minutes():
    waits, rungs = (5 * MINUTES,) * 3, [[WORKER], [SUPERVISOR], [OFFICER]]
    _clock, tellings = run(range(0, 1501, 30), waits=waits, again=5 * MINUTES, rungs=rungs)
    assert [(at // 60, telling.people) for at, telling in tellings] == [
        (0, (WORKER,)), (5, (SUPERVISOR,)), (10, (OFFICER,)), (15, (WORKER, SUPERVISOR, OFFICER)),
        (20, (WORKER, SUPERVISOR, OFFICER)), (25, (WORKER, SUPERVISOR, OFFICER)),
    ]  # fmt: skip


def test_where_the_supervisor_stands_in_for_the_worker_the_district_hears_after_five_minutes():
    """Her own rung brings nobody new, so that it costs no time."""
    waits, rungs = (5 * MINUTES,) * 3, [[SUPERVISOR], [SUPERVISOR], [OFFICER]]
    clock, tellings = run([0, 300], waits=waits, again=5 * MINUTES, rungs=rungs)
    assert [(at // 60, telling.rung, telling.people) for at, telling in tellings] == [
        (0, 0, (SUPERVISOR,)), (5, 1, ()), (5, 2, (OFFICER,)),
    ]  # fmt: skip
    assert clock == Clock(2, START + 10 * MINUTES)


def test_a_worker_that_was_off_for_an_hour_climbs_all_and_calls_everybody_once():
    waits, rungs = (5 * MINUTES,) * 3, [[WORKER], [SUPERVISOR], [OFFICER]]
    clock, tellings = run([0, 3600], waits=waits, again=5 * MINUTES, rungs=rungs)
    assert [telling.people for _at, telling in tellings] == [
        (WORKER,), (SUPERVISOR,), (OFFICER,), (WORKER, SUPERVISOR, OFFICER),
    ]  # fmt: skip
    assert tellings[-1][1].due_at == START + 60 * MINUTES
    assert clock.climbs_at == START + 65 * MINUTES
