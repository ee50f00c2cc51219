"""The chain by itself: which step may follow which, who may take it, and what the steps add up to."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sunward.blueprint.enums import Lifecycle, Side, StepKind
from sunward.blueprint.following.chain import NEXT, TAKEN_BY, TIMES_UP, may_follow, may_take, next_up, read_course
from sunward.blueprint.following.steps import Step, standing

K, L, S = StepKind, Lifecycle, Side
DAY, DUE = date(2026, 11, 25), date(2026, 12, 31)
MOMENT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LEAD, JOINT, DISTRICT = 1, 2, 3


def steps(*told: tuple[StepKind, dict[str, object]] | StepKind) -> list[Step]:
    numbers = count(1)
    found = []
    for one in told:
        kind, more = one if isinstance(one, tuple) else (one, {})
        at = next(numbers)
        given = {"unit_id": LEAD, "day": DAY} | more
        found.append(Step(at, kind, DAY, MOMENT + timedelta(minutes=at), **given))
    return found


def course(*told: tuple[StepKind, dict[str, object]] | StepKind):
    return read_course(steps(*told), decided_on=DUE, lead_id=LEAD)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((), L.DRAFT),
        ((K.ISSUED,), L.ISSUED),
        ((K.ISSUED, (K.ACKNOWLEDGED, {"unit_id": JOINT})), L.ISSUED),
        ((K.ISSUED, K.ACKNOWLEDGED), L.ACKNOWLEDGED),
        ((K.ISSUED, K.ACKNOWLEDGED, K.PROGRESS, K.CLAIMED), L.SUBMITTED),
        ((K.ISSUED, K.ACKNOWLEDGED, K.CLAIMED, (K.RETURNED, {"about": 3})), L.RETURNED),
        ((K.ISSUED, K.ACKNOWLEDGED, K.CLAIMED, (K.ACCEPTED, {"about": 3})), L.CLOSED),
    ],
)
def test_a_line_is_as_far_as_its_steps_say(told, expected):
    assert course(*told).lifecycle == expected


def test_a_unit_that_leads_by_a_later_decision_has_still_to_acknowledge():
    rows = steps(K.ISSUED, K.ACKNOWLEDGED)
    assert read_course(rows, decided_on=DUE, lead_id=JOINT).lifecycle == L.ISSUED


def test_a_part_that_was_acknowledged_is_not_the_whole_once_its_unit_leads():
    rows = steps(K.ISSUED, (K.ACKNOWLEDGED, {"unit_id": JOINT}), K.ACKNOWLEDGED)
    changed = rows[-1].recorded_at + timedelta(minutes=5)
    before = read_course(rows, decided_on=DUE, lead_id=JOINT, led_since=changed)
    assert (before.lifecycle, before.acknowledged_by) == (L.ISSUED, {LEAD})
    anew = Step(9, K.ACKNOWLEDGED, DAY, changed + timedelta(minutes=1), unit_id=JOINT)
    after = read_course([*rows, anew], decided_on=DUE, lead_id=JOINT, led_since=changed)
    assert (after.lifecycle, after.acknowledged_by) == (L.ACKNOWLEDGED, {LEAD, JOINT})


def test_more_time_that_was_asked_for_is_decided_though_another_unit_leads_since():
    rows = steps(K.ISSUED, K.ACKNOWLEDGED, (K.EXTENSION_ASKED, {"day": date(2027, 2, 1)}))
    found = read_course(rows, decided_on=DUE, lead_id=JOINT)
    assert found.extension is not None
    assert may_follow(found, K.EXTENSION_GRANTED)
    assert may_follow(found, K.EXTENSION_DECLINED)
    assert not may_follow(found, K.EXTENSION_ASKED)


def test_an_old_report_that_is_put_right_later_is_not_what_was_reached_last():
    rows = steps(K.ISSUED, K.ACKNOWLEDGED, (K.PROGRESS, {"number": Decimal(3)}), (K.PROGRESS, {"number": Decimal(9)}))
    rows[3] = replace(rows[3], happened_on=DAY + timedelta(days=7))
    right = Step(
        5, K.PROGRESS, DAY, MOMENT + timedelta(days=8), unit_id=LEAD, number=Decimal(4), corrects=3
    )  # fmt: skip
    assert read_course([*rows, right], decided_on=DUE, lead_id=LEAD).reached == 9


def test_what_was_granted_is_in_force_and_what_was_decided_stays():
    asked = course(K.ISSUED, K.ACKNOWLEDGED, (K.EXTENSION_ASKED, {"day": date(2027, 2, 1)}))
    assert (asked.extension.id, asked.due_on) == (3, DUE)
    granted = course(
        K.ISSUED, K.ACKNOWLEDGED, K.EXTENSION_ASKED, (K.EXTENSION_GRANTED, {"about": 3, "day": date(2027, 1, 15)})
    )
    assert (granted.extension, granted.due_on, granted.decided_on) == (None, date(2027, 1, 15), DUE)
    declined = course(K.ISSUED, K.ACKNOWLEDGED, K.EXTENSION_ASKED, (K.EXTENSION_DECLINED, {"about": 3, "day": None}))
    assert (declined.extension, declined.due_on) == (None, DUE)


def test_an_obstacle_waits_until_it_is_answered_and_goes_up_twice_at_most():
    waiting = course(K.ISSUED, K.ACKNOWLEDGED, (K.OBSTACLE, {"asked_unit_id": JOINT})).obstacles[0]
    assert (waiting.asked_unit_id, waiting.by, waiting.times_up) == (JOINT, DAY, 0)
    assert next_up(waiting, on=DAY) is None
    assert next_up(waiting, on=DAY + timedelta(1)) == DAY + timedelta(4)
    up = (K.WENT_UP, {"about": 3, "asked_unit_id": DISTRICT, "day": DAY + timedelta(4)})
    above = course(K.ISSUED, K.ACKNOWLEDGED, (K.OBSTACLE, {"asked_unit_id": JOINT}), up).obstacles[0]
    assert (above.asked_unit_id, above.by, above.times_up) == (DISTRICT, DAY + timedelta(4), 1)
    twice = course(K.ISSUED, K.ACKNOWLEDGED, (K.OBSTACLE, {"asked_unit_id": JOINT}), *[up] * TIMES_UP).obstacles[0]
    assert next_up(twice, on=DAY + timedelta(90)) is None
    answered = course(K.ISSUED, K.ACKNOWLEDGED, K.OBSTACLE, up, (K.ANSWERED, {"about": 3}))
    assert answered.obstacles == ()


def test_a_correction_stands_for_the_row_it_corrects_and_a_withdrawal_for_none():
    rows = steps(
        K.PROGRESS, (K.PROGRESS, {"corrects": 1}), K.PROGRESS, (K.PROGRESS, {"corrects": 3, "is_withdrawal": True})
    )
    assert [row.id for row in standing(rows)] == [2]
    assert [row.id for row in standing(rows, known_until=MOMENT + timedelta(minutes=1))] == [1]


def test_the_real_completion_is_kept():
    done = course(
        K.ISSUED, K.ACKNOWLEDGED, (K.PROGRESS, {"number": Decimal(6)}), (K.CLAIMED, {"number": Decimal(8)}),
        (K.ACCEPTED, {"about": 4, "number": Decimal(8)}),
    )  # fmt: skip
    assert (done.reached, done.accepted.number) == (8, 8)


def test_nobody_accepts_returns_or_grants_but_who_keeps_the_plan():
    for kind in (K.ACCEPTED, K.RETURNED, K.EXTENSION_GRANTED, K.EXTENSION_DECLINED, K.CHASED, K.ISSUED):
        assert [side for side in Side if may_take({side}, kind)] == [S.KEEPER], kind
    for kind in (K.CLAIMED, K.EXTENSION_ASKED):
        assert [side for side in Side if may_take({side}, kind)] == [S.LEAD], kind
    for kind in (K.PUSHED, K.COORDINATED, K.SUPERVISED):
        assert [side for side in Side if may_take({side}, kind)] == [S.HEAD], kind
    assert set(TAKEN_BY) == set(StepKind)
    assert not any(may_take(set(Side), kind) for kind in (K.NOTICED, K.WENT_UP))


def test_a_closed_line_takes_thanks_and_nothing_else_that_would_change_it():
    closed = course(K.ISSUED, K.ACKNOWLEDGED, K.CLAIMED, (K.ACCEPTED, {"about": 3}))
    assert {kind for kind in StepKind if may_follow(closed, kind)} == {K.THANKED, K.COVERED}


@given(some.lists(some.sampled_from([kind for kind in StepKind if kind not in (K.WENT_UP, K.NOTICED)]), max_size=12))
def test_however_steps_follow_each_other_a_line_is_closed_by_an_acceptance_of_a_completion_alone(kinds):
    """Take each step that may follow, in any order: only issue, acknowledgement, completion, acceptance leads there."""
    told: list[tuple[StepKind, dict[str, object]]] = []
    for kind in kinds:
        now = course(*told)
        if not may_follow(now, kind):
            continue
        about = now.claim.id if now.claim and kind in (K.ACCEPTED, K.RETURNED) else None
        told.append((kind, {"about": about}))
    found = course(*told)
    taken = [kind for kind, _more in told]
    assert found.is_closed == (K.ACCEPTED in taken)
    if found.is_closed:
        path = [kind for kind in taken if kind in (K.ISSUED, K.ACKNOWLEDGED, K.CLAIMED, K.ACCEPTED)]
        assert path[0] == K.ISSUED
        assert path.index(K.ACKNOWLEDGED) < path.index(K.CLAIMED) < path.index(K.ACCEPTED)
        assert taken.count(K.ACCEPTED) == 1


def test_every_place_of_a_line_says_what_may_follow():
    assert set(NEXT) == set(Lifecycle)
