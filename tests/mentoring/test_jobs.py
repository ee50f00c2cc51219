"""The daily jobs: an expired check pauses by itself and only a person lets the match go on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import FollowUp
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Refusal
from sunward.mentoring import jobs
from sunward.mentoring.actions.matches import resume_match
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.enums import MatchFollowUp, MatchState, VettingKind, VettingResult
from sunward.mentoring.models import Match, MatchStep, VisitDraft
from tests.factories import NOW, TODAY, actor_of, make_child, make_match, make_mentor, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, 0)


def set_day(monkeypatch: pytest.MonkeyPatch, after: int) -> datetime:
    """The jobs' clock, but not the queue's: a job enqueued is due."""
    now = NOW + timedelta(days=after)
    monkeypatch.setattr(
        jobs, "clock", type("Clock", (), {"now": lambda: now, "today": lambda: timezone.localdate(now)})
    )
    return now


@pytest.fixture
def check(run_jobs: Callable[[], int]) -> Callable[[], None]:
    def run() -> None:
        enqueue(jobs.check_vetting)
        assert run_jobs() == 1

    return run


def expired_match(state: MatchState = MatchState.ACTIVE) -> Match:
    """Her check ends today: today it is no longer valid."""
    return make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=365)), state=state)


def state_of(match: Match) -> str:
    return Match.objects.get(pk=match.pk).state


@pytest.mark.parametrize("state", ["trial", "active"])
def test_an_expired_check_pauses_the_match_and_asks_the_supervisor(check: Callable[[], None], state: str) -> None:
    match = expired_match(MatchState(state))
    check()
    match = Match.objects.get(pk=match.pk)
    assert (match.state, match.pause_reason) == ("paused", "vetting_expired")
    asked = FollowUp.objects.get()
    assert (asked.kind, asked.role, asked.state, asked.case_id) == (
        "vetting_expired", Role.SUPERVISOR, "due", match.case_id,
    )  # fmt: skip
    assert AuditEntry.objects.get(code="mentoring.match_paused").actor_id == 0


def test_run_again_it_does_nothing_more(check: Callable[[], None]) -> None:
    expired_match()
    check()
    check()
    assert MatchStep.objects.count() == 1
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("state", ["proposed", "paused", "closed"])
def test_a_match_without_access_is_left_as_it_is(check: Callable[[], None], state: str) -> None:
    match = expired_match(MatchState(state))
    check()
    assert state_of(match) == state
    assert not FollowUp.objects.exists()


def test_a_handover_cannot_rest_and_ends(check: Callable[[], None]) -> None:
    match = expired_match(MatchState.HANDOVER)
    check()
    assert state_of(match) == "closed"
    assert FollowUp.objects.get().kind == MatchFollowUp.CLOSING_TALK


def test_a_check_valid_until_tomorrow_does_not_pause_but_warns(check: Callable[[], None]) -> None:
    match = make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=364)))
    check()
    assert state_of(match) == "active"
    told = FollowUp.objects.get()
    assert (told.kind, told.due_on, told.role) == ("vetting_expiring", TODAY + timedelta(days=1), Role.SUPERVISOR)


@pytest.mark.parametrize(("days_left", "is_told"), [(90, True), (91, False)])
def test_the_warning_comes_ninety_days_before(check: Callable[[], None], days_left: int, is_told: bool) -> None:
    make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=365 - days_left)))
    check()
    assert FollowUp.objects.exists() == is_told


def test_the_warning_is_given_once_and_the_pause_takes_its_place(
    check: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    match = make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=360)))
    check()
    check()
    assert FollowUp.objects.count() == 1
    set_day(monkeypatch, 5)
    check()
    assert state_of(match) == "paused"
    assert dict(FollowUp.objects.values_list("kind", "state")) == {
        "vetting_expiring": "dropped",
        "vetting_expired": "due",
    }


def test_a_renewal_takes_the_warning_back_at_once(check: Callable[[], None]) -> None:
    match = make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=360)))
    check()
    record_vetting(
        actor=actor_of(make_officer()), mentor_id=match.mentor.uid, kind=VettingKind.BACKGROUND_CHECK,
        result=VettingResult.CLEAR, happened_on=TODAY, on=TODAY, now=NOW,
    )  # fmt: skip
    assert FollowUp.objects.get().state == "done"


def test_a_renewal_alone_does_not_resume_the_match_a_person_does(check: Callable[[], None]) -> None:
    match, officer = expired_match(), actor_of(make_officer())
    check()
    with pytest.raises(Refusal, match="vetting_not_clear"):
        resume_match(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    record_vetting(
        actor=officer, mentor_id=match.mentor.uid, kind=VettingKind.BACKGROUND_CHECK, result=VettingResult.CLEAR,
        happened_on=TODAY, on=TODAY, now=NOW,
    )  # fmt: skip
    check()
    assert state_of(match) == "paused"
    resume_match(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    assert state_of(match) == "active"
    assert FollowUp.objects.get().state == "done"


def test_one_expired_mentor_among_many_is_the_only_one_paused(check: Callable[[], None]) -> None:
    others = [make_match(make_child(), make_mentor()) for _ in range(3)]
    expired = expired_match()
    check()
    assert [state_of(match) for match in others] == ["active"] * 3
    assert state_of(expired) == "paused"


def test_a_handover_ends_after_its_last_day_and_not_on_it(
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState.HANDOVER)  # until 14 days from today
    for after, state in ((14, "handover"), (15, "closed")):
        set_day(monkeypatch, after)
        enqueue(jobs.end_handovers)
        run_jobs()
        assert state_of(match) == state
    assert Match.objects.get(pk=match.pk).end_reason == "handed_over"
    assert [task.kind for task in FollowUp.objects.all()] == ["farewell"]


def test_drafts_are_dropped_after_two_weeks(run_jobs: Callable[[], int]) -> None:
    match = make_match(make_child(), make_mentor())
    for days in (13, 15):
        VisitDraft.objects.create(match=match, author=make_user(), body="{}", updated_at=NOW - timedelta(days=days))
    enqueue(jobs.drop_old_drafts)
    run_jobs()
    assert VisitDraft.objects.get().updated_at == NOW - timedelta(days=13)


def test_the_jobs_are_scheduled_every_day() -> None:
    assert {jobs.check_vetting.cron, jobs.end_handovers.cron, jobs.drop_old_drafts.cron} == {
        "10 0 * * *", "5 0 * * *", "20 3 * * *",
    }  # fmt: skip
