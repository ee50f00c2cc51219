"""A mentor on her way to a home: whoever does not say that she is back is asked after, on time and once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.ways import climb, close_way, come_back, set_out
from sunward.mentoring.enums import MatchState
from sunward.mentoring.jobs import watch_ways
from sunward.mentoring.models import Match, SafeReturn
from sunward.mentoring.queries.ways import list_due_ways, list_not_back
from sunward.mentoring.rules import WAY_CLIMB_MINUTES, WAY_GRACE_MINUTES
from sunward.mentoring.ways import LAST_RUNG, rung_due
from sunward.outreach.models import Message
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
    make_user,
)

MINUTE = timedelta(minutes=1)
GRACE, CLIMB = WAY_GRACE_MINUTES * MINUTE, WAY_CLIMB_MINUTES * MINUTE


@given(late=st.timedeltas(min_value=-2 * GRACE, max_value=4 * GRACE))
@settings(max_examples=300)
def test_the_clock_tells_nobody_within_the_grace_and_everybody_after_the_last_rung(late: timedelta) -> None:
    rung = rung_due(NOW, now=NOW + late)
    assert rung == (0 if late < GRACE else 1 if late < GRACE + CLIMB else 2)
    assert rung_due(NOW, now=NOW + late + timedelta(microseconds=1)) >= rung


@pytest.mark.parametrize("wait", [GRACE, GRACE + CLIMB])
def test_each_rung_is_due_at_its_very_moment_and_not_a_moment_before(wait: timedelta) -> None:
    assert rung_due(NOW, now=NOW + wait) == rung_due(NOW, now=NOW + wait - timedelta(microseconds=1)) + 1


@pytest.fixture
def staff(db: None) -> dict[str, User]:
    """A worker and a supervisor of the child's committee, and the worker next door."""
    subdistrict = make_subdistrict()
    return {
        "worker": make_officer(Role.WORKER, make_committee()),
        "supervisor": make_officer(Role.SUPERVISOR, subdistrict),
        "next_door": make_officer(Role.WORKER, make_committee("310110012002")),
    }


@pytest.fixture
def match(staff: dict[str, User]) -> Match:
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    return make_match(make_child(), make_mentor(user=mom))


@pytest.fixture
def mother(match: Match) -> Actor:
    assert match.mentor.user
    return actor_of(match.mentor.user)


@pytest.fixture
def way(mother: Actor, match: Match) -> SafeReturn:
    return set_out(actor=mother, match_id=match.uid, minutes=90, now=NOW)


BACK_BY = NOW + 90 * MINUTE


def watch(now: datetime) -> int:
    return sum(climb(way_pk=pk, on=TODAY, now=now) for pk in list_due_ways(now=now))


def told(*users: User) -> list[tuple[int, str]]:
    return [(message.user_id or 0, message.purpose) for message in Message.objects.order_by("pk")]


def test_a_second_tap_is_the_same_way_and_only_offered_times_are_taken(mother: Actor, match: Match) -> None:
    first = set_out(actor=mother, match_id=match.uid, minutes=90, now=NOW)
    assert set_out(actor=mother, match_id=match.uid, minutes=60, now=NOW + MINUTE).pk == first.pk
    assert first.expected_back_at == BACK_BY
    come_back(actor=mother, way_id=first.uid, now=NOW + MINUTE)
    with pytest.raises(Refusal, match="way_too_long"):
        set_out(actor=mother, match_id=match.uid, minutes=600, now=NOW)


def test_the_worker_is_told_after_the_grace_and_the_supervisor_half_an_hour_later_each_once(
    way: SafeReturn, staff: dict[str, User]
) -> None:
    assert watch(BACK_BY + GRACE - MINUTE) == 0
    assert watch(BACK_BY + GRACE) == 1
    assert watch(BACK_BY + GRACE + MINUTE) == 0
    assert told() == [(staff["worker"].pk, "urgent")]
    assert watch(BACK_BY + GRACE + CLIMB) == 1
    assert watch(BACK_BY + 9 * GRACE) == 0
    assert told() == [(staff["worker"].pk, "urgent"), (staff["supervisor"].pk, "urgent")]
    way.refresh_from_db()
    assert (way.rung, way.alerted_at) == (LAST_RUNG, BACK_BY + GRACE)
    assert standing_facts().filter(kind="mentoring.not_back").count() == 2


def test_a_clock_that_stood_still_tells_both_at_once(way: SafeReturn, staff: dict[str, User]) -> None:
    assert watch(BACK_BY + 3 * GRACE) == 2
    assert {user for user, _purpose in told()} == {staff["worker"].pk, staff["supervisor"].pk}


def test_whoever_stands_in_for_an_absent_worker_is_told_and_then_whoever_is_above(
    way: SafeReturn, staff: dict[str, User]
) -> None:
    Absence.objects.create(user=staff["worker"], from_on=TODAY, until_on=TODAY + timedelta(days=3), recorded_at=NOW)
    district = make_officer()
    watch(BACK_BY + GRACE)
    assert told() == [(staff["supervisor"].pk, "urgent")]
    watch(BACK_BY + GRACE + CLIMB)
    assert {user for user, _purpose in told()} == {staff["supervisor"].pk, district.pk}


def test_messages_say_the_mentors_reference_and_nothing_of_the_child(way: SafeReturn, match: Match) -> None:
    watch(BACK_BY + 3 * GRACE)
    for message in Message.objects.all():
        assert match.mentor.reference in message.body + message.reference
        assert match.case.person.name not in message.body
        assert match.mentor.person.name not in message.body


def test_who_is_back_in_time_is_not_asked_after(way: SafeReturn, mother: Actor) -> None:
    come_back(actor=mother, way_id=way.uid, now=BACK_BY + GRACE - MINUTE)
    assert watch(BACK_BY + 3 * GRACE) == 0
    assert not Message.objects.exists()


def test_who_is_back_late_calms_those_who_were_told_and_a_second_tap_changes_nothing(
    way: SafeReturn, mother: Actor, staff: dict[str, User]
) -> None:
    watch(BACK_BY + GRACE)
    back = come_back(actor=mother, way_id=way.uid, now=BACK_BY + GRACE + MINUTE)
    again = come_back(actor=mother, way_id=way.uid, now=BACK_BY + 5 * GRACE)
    assert again.back_at == back.back_at == BACK_BY + GRACE + MINUTE
    assert told() == [(staff["worker"].pk, "urgent"), (staff["worker"].pk, "duty")]
    assert watch(BACK_BY + 3 * GRACE) == 0


def test_she_can_say_that_she_is_back_after_the_match_was_closed_and_nobody_else_can(
    way: SafeReturn, match: Match, mother: Actor
) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.PAUSED)
    other = make_user()
    give_post(other, Role.MENTOR, make_committee())
    with pytest.raises(NotThere):
        come_back(actor=actor_of(other), way_id=way.uid, now=NOW)
    assert come_back(actor=mother, way_id=way.uid, now=NOW + MINUTE).back_at


def test_the_staff_close_it_with_words_which_are_sealed(way: SafeReturn, staff: dict[str, User]) -> None:
    watch(BACK_BY + GRACE)
    worker = actor_of(staff["worker"])
    assert list(list_not_back(worker)) == [way]
    with pytest.raises(Refusal, match="way_words_missing"):
        close_way(actor=worker, way_id=way.uid, words=" ", now=BACK_BY + GRACE)
    closed = close_way(actor=worker, way_id=way.uid, words="电话联系上了", now=BACK_BY + GRACE + MINUTE)
    assert (closed.closed_by_id, closed.words) == (worker.user_id, "电话联系上了")
    assert "电话" not in str(list(SafeReturn.objects.extra(select={"raw": "words"}).values("raw")))
    assert "电话" not in str(list(AuditEntry.objects.values()))
    assert not list_not_back(worker).exists()
    assert watch(BACK_BY + 9 * GRACE) == 0


def test_the_worker_next_door_neither_sees_nor_closes_it(way: SafeReturn, staff: dict[str, User]) -> None:
    watch(BACK_BY + GRACE)
    neighbour = actor_of(staff["next_door"])
    assert not list_not_back(neighbour).exists()
    with pytest.raises(NotThere):
        close_way(actor=neighbour, way_id=way.uid, words="我去过了", now=NOW)


def test_a_closed_match_sets_nobody_out(match: Match, mother: Actor) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.PAUSED)
    with pytest.raises(NotThere):
        set_out(actor=mother, match_id=match.uid, minutes=90, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_minutely_job_tells_what_is_due(
    way: SafeReturn, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: BACK_BY + GRACE)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    for _again in range(2):
        enqueue(watch_ways)
        run_jobs()
    assert Message.objects.filter(purpose="urgent").count() == 1
