"""The life of a match: each step with what it needs, what it leaves behind and who may take it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.mentoring.access import own_matches
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.agreements import say_farewell, sign_agreement
from sunward.mentoring.actions.match_steps import MatchChanged
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.enums import TRANSITIONS, EndReason, MatchFollowUp, MatchState, PauseReason, VettingKind
from sunward.mentoring.models import Match, MatchStep
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    add_vetting,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Actor:
    return actor_of(make_officer())


def step(act: Any, actor: Actor, match: Match, **more: Any) -> Match:
    return act(actor=actor, match_id=match.uid, on=TODAY, now=NOW, **more)


def start(actor: Actor, match: Match, **more: Any) -> Match:
    days = {"first_meeting_on": TODAY, "until_on": TODAY + timedelta(days=30)} | more
    return step(acts.start_trial, actor, match, **days)


def sign(actor: Actor, match: Match, **more: Any) -> Match:
    return step(sign_agreement, actor, match, **{"signed_on": TODAY} | more)


def due(match: Match) -> set[str]:
    return set(FollowUp.objects.filter(case=match.case, state=FollowUpState.DUE).values_list("kind", flat=True))


def propose(actor: Actor) -> Match:
    return acts.approve_match(actor=actor, case_id=make_child().pk, mentor_id=make_mentor().pk, on=TODAY, now=NOW)


# The whole road.


def test_a_match_goes_from_proposed_to_closed_and_leaves_a_step_a_fact_and_an_audit_entry_each_time(
    officer: Actor,
) -> None:
    match = propose(officer)
    start(officer, match, agreed_times="每周六下午")
    sign(officer, match)
    step(acts.confirm_match, officer, match)
    step(acts.pause_match, officer, match, why=PauseReason.CHILD_AWAY, reason="回老家")
    step(acts.resume_match, officer, match)
    match = step(acts.close_match, officer, match, why=EndReason.GOAL_REACHED)

    road = ["proposed", "trial", "active", "paused", "active", "closed"]
    assert list(match.steps.order_by("pk").values_list("to_state", flat=True)) == road
    kinds = [f"mentoring.match_{state}" for state in road]
    kinds.insert(2, "mentoring.agreement_signed")
    assert list(Fact.objects.filter(subject_kind="match").order_by("pk").values_list("kind", flat=True)) == kinds
    entries = AuditEntry.objects.filter(subject_kind="case", code__startswith="mentoring.").order_by("number")
    assert list(entries.values_list("code", flat=True)) == kinds
    assert (match.ended_on, match.end_reason, match.version) == (TODAY, "goal_reached", 7)


def test_no_name_and_no_free_text_goes_into_the_ledger_or_the_audit_record(officer: Actor) -> None:
    match = propose(officer)
    start(officer, match)
    step(acts.pause_match, officer, match, why=PauseReason.CONCERN, reason="邻居反映有争吵")
    said = str(list(Fact.objects.values())) + str(list(AuditEntry.objects.values("detail")))
    assert "争吵" not in said
    assert match.case.person.name not in said
    assert MatchStep.objects.get(to_state="paused").reason == "邻居反映有争吵"


@pytest.mark.parametrize("before", MatchState.values)
@pytest.mark.parametrize("act", ["start", "confirm", "pause", "resume", "close", "keep"])
def test_only_the_steps_of_the_table_are_possible(officer: Actor, before: str, act: str) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState(before))
    if before == "paused":
        Match.objects.filter(pk=match.pk).update(active_from_on=TODAY)
    goal = {"start": "trial", "confirm": "active", "pause": "paused", "resume": "active", "close": "closed",
            "keep": "active"}[act]  # fmt: skip
    origin = {"start": {"proposed", "paused"}, "confirm": {"trial"}, "resume": {"paused"}, "keep": {"handover"}}
    is_possible = MatchState(goal) in TRANSITIONS[MatchState(before)] and before in origin.get(act, MatchState.values)
    if act == "start" and before == "paused":
        return  # a paused match is resumed, see below
    calls = {
        "start": lambda: start(officer, match),
        "confirm": lambda: step(acts.confirm_match, officer, match),
        "pause": lambda: step(acts.pause_match, officer, match, why=PauseReason.CHILD_AWAY),
        "resume": lambda: step(acts.resume_match, officer, match),
        "close": lambda: step(acts.close_match, officer, match, why=EndReason.MOVED),
        "keep": lambda: step(acts.keep_match, officer, match),
    }
    if is_possible:
        assert calls[act]().state == goal
    else:
        with pytest.raises(Refusal):
            calls[act]()
        assert Match.objects.get(pk=match.pk).state == before


# The trial.


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (TODAY - timedelta(days=1), TODAY + timedelta(days=20)),
        (TODAY + timedelta(days=61), TODAY + timedelta(days=80)),
        (TODAY, TODAY),
        (TODAY, TODAY - timedelta(days=1)),
        (TODAY, TODAY + timedelta(days=184)),
    ],
)
def test_a_trial_needs_a_first_meeting_after_the_match_was_made_and_a_later_end(
    officer: Actor, first: date, until: date
) -> None:
    match = propose(officer)
    with pytest.raises(Refusal):
        start(officer, match, first_meeting_on=first, until_on=until)
    assert Match.objects.get(pk=match.pk).state == "proposed"


def test_the_last_possible_days_of_a_trial_are_accepted(officer: Actor) -> None:
    first = TODAY + timedelta(days=60)
    match = start(officer, propose(officer), first_meeting_on=first, until_on=first + timedelta(days=183))
    assert (match.trial_from_on, match.trial_until_on) == (first, first + timedelta(days=183))


def test_a_first_meeting_to_come_is_not_written_as_something_that_happened(officer: Actor) -> None:
    first = TODAY + timedelta(days=5)
    start(officer, propose(officer), first_meeting_on=first, until_on=first + timedelta(days=30))
    assert Fact.objects.get(kind="mentoring.match_trial").happened_on == TODAY


def test_the_database_itself_refuses_a_trial_without_an_end_and_a_handover_without_one() -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState.TRIAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(trial_until_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(state="handover", handover_until_on=None)


def test_the_database_itself_refuses_to_rewrite_a_step(officer: Actor) -> None:
    propose(officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        MatchStep.objects.update(reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        MatchStep.objects.all().delete()


@pytest.mark.parametrize("state", ["proposed", "trial", "paused"])
def test_nobody_goes_to_a_child_with_an_expired_background_check(officer: Actor, state: str) -> None:
    mentor = make_mentor(vetted_on=TODAY - timedelta(days=365))  # valid until yesterday's end
    match = make_match(make_child(), mentor, state=MatchState(state))
    act = {
        "proposed": lambda: start(officer, match),
        "trial": lambda: step(acts.confirm_match, officer, match),
        "paused": lambda: step(acts.resume_match, officer, match),
    }[state]
    with pytest.raises(Refusal, match="vetting_not_clear"):
        act()


# Pause and resume.


def test_a_match_paused_in_its_trial_goes_on_in_its_trial(officer: Actor) -> None:
    match = start(officer, propose(officer))
    step(acts.pause_match, officer, match, why=PauseReason.MENTOR_AWAY)
    match = step(acts.resume_match, officer, match)
    assert (match.state, match.pause_reason) == ("trial", "")


def test_a_paused_match_still_takes_her_place(officer: Actor) -> None:
    mentor = make_mentor(capacity=1)
    make_match(make_child(), mentor, state=MatchState.PAUSED)
    with pytest.raises(Conflict, match="capacity_full"):
        acts.approve_match(actor=officer, case_id=make_child().pk, mentor_id=mentor.pk, on=TODAY, now=NOW)


# Handover.


def test_in_a_handover_both_know_the_child_until_the_last_day(officer: Actor) -> None:
    old_user, new_user = make_user(), make_user()
    for user in (old_user, new_user):
        give_post(user, Role.MENTOR, make_committee())
    old, new = make_mentor(user=old_user), make_mentor(user=new_user)
    match = make_match(make_child(), old)
    until = TODAY + timedelta(days=7)
    follower = step(acts.hand_over_match, officer, match, to_mentor_id=new.uid, until_on=until)
    assert (follower.state, follower.follows_id, follower.case_id) == ("proposed", match.pk, match.case_id)
    start(officer, follower)

    def sees(user: Any, on: date) -> bool:
        return own_matches(actor_of(user, on=on)).exists()

    assert sees(old_user, until)
    assert sees(new_user, until)
    assert not sees(old_user, until + timedelta(days=1))
    assert sees(new_user, until + timedelta(days=1))


def test_a_handover_to_somebody_without_a_place_changes_nothing(officer: Actor) -> None:
    full = make_mentor(capacity=1)
    make_match(make_child(), full)
    match = make_match(make_child(), make_mentor())
    with pytest.raises(Conflict, match="capacity_full"):
        step(acts.hand_over_match, officer, match, to_mentor_id=full.uid, until_on=TODAY)
    assert Match.objects.get(pk=match.pk).state == "active"
    assert MatchStep.objects.count() == 0


@pytest.mark.parametrize("days", [-1, 61])
def test_a_handover_does_not_end_in_the_past_nor_after_two_months(officer: Actor, days: int) -> None:
    match = make_match(make_child(), make_mentor())
    with pytest.raises(Refusal, match="handover_out_of_range"):
        step(
            acts.hand_over_match, officer, match, to_mentor_id=make_mentor().uid, until_on=TODAY + timedelta(days=days)
        )


def test_a_mentor_whose_check_has_expired_is_not_let_in_again_by_a_handover(officer: Actor) -> None:
    expired = make_mentor(vetted_on=TODAY - timedelta(days=400))
    match = make_match(make_child(), expired, state=MatchState.PAUSED)
    with pytest.raises(Refusal, match="vetting_not_clear"):
        step(acts.hand_over_match, officer, match, to_mentor_id=make_mentor().uid, until_on=TODAY)


def test_a_handover_is_taken_back_only_after_the_match_that_was_to_follow_is_closed(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    follower = step(acts.hand_over_match, officer, match, to_mentor_id=make_mentor().uid, until_on=TODAY)
    with pytest.raises(Conflict, match="child_taken"):
        step(acts.keep_match, officer, match)
    step(acts.close_match, officer, follower, why=EndReason.MISTAKE)
    match = step(acts.keep_match, officer, match)
    assert (match.state, match.handover_until_on) == ("active", None)


# Ends.


@pytest.mark.parametrize("why", list(EndReason))
def test_after_a_sudden_end_somebody_has_to_talk_with_the_child(officer: Actor, why: EndReason) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.close_match, officer, match, why=why)
    talks = FollowUp.objects.filter(case=match.case, kind=MatchFollowUp.CLOSING_TALK, role=Role.WORKER)
    is_sudden = why in {EndReason.MENTOR_STOPPED, EndReason.FAMILY_STOPPED, EndReason.SAFETY}
    assert [talk.due_on for talk in talks] == ([TODAY + timedelta(days=3)] if is_sudden else [])


def test_a_match_that_never_began_ends_without_a_talk(officer: Actor) -> None:
    match = propose(officer)
    step(acts.close_match, officer, match, why=EndReason.FAMILY_STOPPED)
    assert not FollowUp.objects.exists()
    with pytest.raises(Refusal, match="no_farewell"):
        step(say_farewell, officer, match, said_on=TODAY)


# Who may.


def test_a_worker_of_another_committee_and_the_mentor_herself_cannot_move_a_match() -> None:
    user = make_user()
    give_post(user, Role.MENTOR, make_committee())
    match = make_match(make_child(), make_mentor(user=user))
    neighbour = make_officer(Role.WORKER, make_committee("310110012002"))
    former = make_user()
    give_post(former, Role.WORKER, make_committee(), until_on=TODAY)
    leader = make_officer(Role.LEADER)
    for person in (user, neighbour, former, leader):
        with pytest.raises(NotThere):
            step(acts.close_match, actor_of(person), match, why=EndReason.MOVED)
    worker = make_officer(Role.WORKER, make_committee())
    assert step(acts.close_match, actor_of(worker), match, why=EndReason.MOVED).state == "closed"


def test_who_saw_an_older_version_is_told_and_nothing_is_overwritten(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    seen = match.version
    step(acts.pause_match, officer, match, why=PauseReason.CHILD_AWAY, version=seen)
    with pytest.raises(MatchChanged):
        step(acts.close_match, officer, match, why=EndReason.MOVED, version=seen)
    assert Match.objects.get(pk=match.pk).state == "paused"


# Undoing.


@pytest.mark.parametrize("last", ["trial", "active", "paused", "resumed", "closed"])
def test_the_last_step_is_taken_back_by_the_same_person_on_the_same_day(officer: Actor, last: str) -> None:
    match = propose(officer)
    road: list[Any] = [
        lambda: start(officer, match),
        lambda: step(acts.confirm_match, officer, match),
        lambda: step(acts.pause_match, officer, match, why=PauseReason.CHILD_AWAY),
        lambda: step(acts.resume_match, officer, match),
        lambda: step(acts.close_match, officer, match, why=EndReason.SAFETY),
    ]
    wanted = ["trial", "active", "paused", "resumed", "closed"].index(last)
    for act in road[:wanted]:
        act()
        if match.steps.count() == 2:
            sign(officer, match)
    before, was_due = Match.objects.values().get(pk=match.pk), due(match)
    road[wanted]()
    undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)

    after = Match.objects.values().get(pk=match.pk)
    assert after.pop("version") == before.pop("version") + 2
    assert after == before
    moved = standing_facts().filter(subject_kind="match", kind__startswith="mentoring.match_")
    assert moved.count() == wanted + 1
    assert due(match) == was_due
    assert AuditEntry.objects.filter(code="mentoring.match_step_undone").count() == 1


def test_nobody_else_and_not_the_next_day_and_not_twice(officer: Actor) -> None:
    match = start(officer, propose(officer))
    other = actor_of(make_officer())
    with pytest.raises(Refusal, match="not_undoable"):
        undo_step(actor=other, match_id=match.uid, on=TODAY, now=NOW)
    with pytest.raises(Refusal, match="not_undoable"):
        undo_step(actor=officer, match_id=match.uid, on=TODAY + timedelta(days=1), now=NOW + timedelta(days=1))
    undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    with pytest.raises(Refusal, match="not_undoable"):
        undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)


def test_a_closing_is_not_taken_back_once_the_child_has_somebody_else(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.close_match, officer, match, why=EndReason.MISTAKE)
    acts.approve_match(actor=officer, case_id=match.case_id, mentor_id=make_mentor().pk, on=TODAY, now=NOW)
    with pytest.raises(Conflict, match="child_taken"):
        undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)


def test_a_pause_is_not_taken_back_after_her_check_has_been_found_unfit(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.pause_match, officer, match, why=PauseReason.CONCERN)
    add_vetting(match.mentor, VettingKind.BACKGROUND_CHECK, on=TODAY, result="unfit")  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="vetting_not_clear"):
        undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    assert Match.objects.get(pk=match.pk).state == "paused"


def test_a_closing_is_not_taken_back_once_the_childs_file_is_closed(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.close_match, officer, match, why=EndReason.MOVED)
    type(match.case).objects.filter(pk=match.case_id).update(state="closed", closed_on=TODAY)
    with pytest.raises(Refusal):
        undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    assert Match.objects.get(pk=match.pk).state == "closed"
