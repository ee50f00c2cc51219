"""How a match begins with somebody of the staff, is signed by three, and is said goodbye to; who is kept apart."""

from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.matching.solving import rate_everybody
from sunward.mentoring.access import own_matches
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.agreements import say_farewell, sign_agreement
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.actions.vetting_pauses import end_handover
from sunward.mentoring.enums import EndReason, MatchFollowUp, MatchState, MentorState, PauseReason
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.pairing.reading import read_snapshot
from sunward.mentoring.policies import DECLARATION
from sunward.mentoring.queries.successors import list_successors
from sunward_match.pairing import write_policy
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_district,
    make_match,
    make_mentor,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> Actor:
    return actor_of(make_officer(name="区干事"))


def step(act: Any, actor: Actor, match: Match, on: date = TODAY, **more: Any) -> Match:
    return act(actor=actor, match_id=match.uid, on=on, now=NOW + (on - TODAY), **more)


def start(actor: Actor, match: Match, **more: Any) -> Match:
    return step(
        acts.start_trial, actor, match, **{"first_meeting_on": TODAY + 3 * DAY, "until_on": TODAY + 33 * DAY} | more
    )


def proposed() -> Match:
    return make_match(make_child(), make_mentor(), state=MatchState.PROPOSED)


# The beginning.


def test_somebody_of_the_committee_is_there_at_the_first_meeting_and_it_is_on_her_list(officer: Actor) -> None:
    worker = make_officer(Role.WORKER, make_committee(), name="李社工")
    match = proposed()
    Match.objects.filter(pk=match.pk).update(proposed_on=TODAY)
    match = start(officer, match, first_meeting_with=worker.pk)
    task = FollowUp.objects.get(kind=MatchFollowUp.FIRST_MEETING)
    assert (match.first_meeting_with, task.due_on, task.role) == (worker, TODAY + 3 * DAY, Role.WORKER)
    assert "李社工" in task.note
    assert match.case.person.name not in task.note
    talk = FollowUp.objects.get(kind=MatchFollowUp.TRIAL_ENDING)
    assert talk.due_on == TODAY + 28 * DAY


@pytest.mark.parametrize("who", ["next_door", "former", "mentor"])
def test_nobody_else_is_named_for_the_first_meeting(officer: Actor, who: str) -> None:
    user = make_user()
    role, unit = (Role.MENTOR, make_committee()) if who == "mentor" else (Role.WORKER, make_committee())
    unit = make_committee("310110012002") if who == "next_door" else unit
    give_post(user, role, unit, until_on=TODAY if who == "former" else None)
    with pytest.raises(Refusal, match="not_staff_here"):
        start(officer, proposed(), first_meeting_with=user.pk)


def test_without_three_signatures_a_match_does_not_run_for_good(officer: Actor) -> None:
    match = start(officer, proposed(), first_meeting_on=TODAY)
    with pytest.raises(Refusal, match="agreement_missing"):
        step(acts.confirm_match, officer, match)
    for day in (TODAY + DAY, TODAY - 41 * DAY):
        with pytest.raises(Refusal, match="signed_out_of_range"):
            step(sign_agreement, officer, match, signed_on=day)
    step(sign_agreement, officer, match, signed_on=TODAY)
    with pytest.raises(Refusal, match="nothing_to_sign"):
        step(sign_agreement, officer, match, signed_on=TODAY)
    assert step(acts.confirm_match, officer, match).state == MatchState.ACTIVE
    assert not FollowUp.objects.filter(state=FollowUpState.DUE).exists()


def test_a_match_that_ran_before_the_agreement_was_asked_for_goes_on_and_can_still_be_signed(officer: Actor) -> None:
    match = make_match(make_child(), make_mentor())
    Match.objects.filter(pk=match.pk).update(agreement_signed_on=None)
    step(acts.pause_match, officer, match, why=PauseReason.CHILD_AWAY)
    assert step(acts.resume_match, officer, match).state == MatchState.ACTIVE
    assert step(sign_agreement, officer, match, signed_on=TODAY).agreement_signed_on == TODAY


def test_a_trial_is_not_taken_back_once_it_is_signed(officer: Actor) -> None:
    match = start(officer, proposed(), first_meeting_on=TODAY)
    step(sign_agreement, officer, match, signed_on=TODAY)
    with pytest.raises(Refusal, match="not_undoable"):
        step(undo_step, officer, match)


# The end.


@pytest.mark.parametrize("why", list(EndReason))
def test_after_a_planned_end_the_two_say_goodbye_and_after_a_mistake_nobody_does(
    officer: Actor, why: EndReason
) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.close_match, officer, match, why=why)
    planned = not why.is_sudden and why != EndReason.MISTAKE
    due = set(FollowUp.objects.values_list("kind", "due_on"))
    expected = {(MatchFollowUp.FAREWELL, TODAY + 7 * DAY)} if planned else set()
    assert {(kind, day) for kind, day in due if kind == MatchFollowUp.FAREWELL} == expected
    if why == EndReason.MISTAKE:
        with pytest.raises(Refusal, match="no_farewell"):
            step(say_farewell, officer, match, said_on=TODAY)
        return
    match = step(say_farewell, officer, match, on=TODAY + DAY, said_on=TODAY + DAY, words="谢谢王妈妈陪我")
    assert (match.farewell_on, match.farewell_words) == (TODAY + DAY, "谢谢王妈妈陪我")
    assert not FollowUp.objects.filter(kind=MatchFollowUp.FAREWELL, state=FollowUpState.DUE).exists()
    with pytest.raises(Refusal, match="no_farewell"):
        step(say_farewell, officer, match, on=TODAY + DAY, said_on=TODAY + DAY)
    with pytest.raises(Refusal, match="not_undoable"):
        step(undo_step, officer, match)


def test_two_who_were_to_meet_later_have_nothing_to_say_goodbye_to(officer: Actor) -> None:
    match = start(officer, proposed())
    step(acts.close_match, officer, match, why=EndReason.MOVED)
    assert not FollowUp.objects.filter(state=FollowUpState.DUE).exists()


def test_whether_either_would_be_matched_again_is_where_matching_reads_it_and_goes_with_the_undoing(
    officer: Actor,
) -> None:
    match = make_match(make_child(), make_mentor())
    step(acts.close_match, officer, match, why=EndReason.MOVED, is_child_again=False, is_mentor_again=False)
    assert standing(match) == (False, MentorState.RESTING)
    step(undo_step, officer, match)
    assert standing(match) == (True, MentorState.ACTIVE)
    step(acts.close_match, officer, match, why=EndReason.MOVED, is_child_again=True, is_mentor_again=True)
    assert standing(match) == (True, MentorState.ACTIVE)


def standing(match: Match) -> tuple[bool | None, str]:
    return Case.objects.get(pk=match.case_id).child.willing_to_pair, Mentor.objects.get(pk=match.mentor_id).state


# Kept apart.


def eligible(case: Case, mentor: Mentor) -> bool:
    content = write_policy(DECLARATION.default_policy)
    content["rules"] = [{"code": "kept_apart", "parameters": {}}]
    snapshot = read_snapshot(make_district().path, TODAY, ())
    rated = rate_everybody(content, snapshot, DECLARATION, left=case.pk)
    return next(row.is_eligible for row in rated if row.right == mentor.pk)


@pytest.mark.parametrize("seed", range(6))
def test_who_was_stopped_for_a_childs_safety_never_meets_it_again_by_any_way_and_everybody_else_may(
    officer: Actor, seed: int
) -> None:
    """Random histories of three children and three mentors, held against the definition by brute force."""
    random = Random(seed)
    children, mentors = [make_child() for _ in range(3)], [make_mentor(capacity=9) for _ in range(3)]
    ended: set[tuple[int, int]] = set()
    for _number in range(9):
        child, mentor, why = random.choice(children), random.choice(mentors), random.choice(list(EndReason))
        match = make_match(child, mentor, state=MatchState.CLOSED)
        Match.objects.filter(pk=match.pk).update(end_reason=why)
        if why == EndReason.SAFETY:
            ended.add((child.pk, mentor.pk))
    current = make_mentor("现任")
    for child, mentor in product(children, mentors):
        is_apart = (child.pk, mentor.pk) in ended
        assert eligible(child, mentor) is not is_apart
        held = make_match(child, current)
        assert (mentor.uid in {row.uid for row in list_successors(held, officer, on=TODAY)}) is not is_apart
        hand_over = {"to_mentor_id": mentor.uid, "until_on": TODAY + DAY}
        if is_apart:
            with pytest.raises(Refusal, match="kept_apart"):
                step(acts.hand_over_match, officer, held, **hand_over)
        Match.objects.filter(pk=held.pk).update(state=MatchState.CLOSED, ended_on=TODAY)
        if is_apart:
            with pytest.raises(Refusal, match="kept_apart"):
                acts.approve_match(actor=officer, case_id=child.pk, mentor_id=mentor.pk, on=TODAY, now=NOW)
        else:
            made = acts.approve_match(actor=officer, case_id=child.pk, mentor_id=mentor.pk, on=TODAY, now=NOW)
            Match.objects.filter(pk=made.pk).update(state=MatchState.CLOSED, ended_on=TODAY)


def test_a_second_file_of_the_same_person_keeps_the_two_apart_as_well(officer: Actor) -> None:
    first, mentor = make_child(), make_mentor()
    match = make_match(first, mentor, state=MatchState.CLOSED)
    Match.objects.filter(pk=match.pk).update(end_reason=EndReason.SAFETY)
    Case.objects.filter(pk=first.pk).update(state="closed", closed_on=TODAY)
    second = Case.objects.create(
        programme="mentoring", person=first.person, unit=first.unit, unit_path=first.unit_path, opened_on=TODAY
    )
    assert not eligible(second, mentor)
    with pytest.raises(Refusal, match="kept_apart"):
        acts.approve_match(actor=officer, case_id=second.pk, mentor_id=mentor.pk, on=TODAY, now=NOW)


# What she may read follows the match: held against the definition over random lives.

_READS = {MatchState.TRIAL, MatchState.ACTIVE}


@pytest.mark.parametrize("seed", range(12))
def test_a_mentor_reads_exactly_while_her_match_says_so_over_random_lives(officer: Actor, seed: int) -> None:
    random, day, reads = Random(seed), TODAY, False
    user = make_user()
    give_post(user, Role.MENTOR, make_committee())
    match = acts.approve_match(
        actor=officer, case_id=make_child().pk, mentor_id=make_mentor(user=user).pk, on=TODAY, now=NOW
    )
    until: date | None = None
    for _number in range(14):
        match = Match.objects.get(pk=match.pk)
        state, said = MatchState(match.state), {}
        act, reads_after, until_after = random.choice(possible(state, match, day))
        if act is acts.start_trial:
            said = {"first_meeting_on": day, "until_on": day + 30 * DAY}
        elif act is acts.pause_match:
            said = {"why": PauseReason.CHILD_AWAY}
        elif act is acts.close_match:
            said = {"why": random.choice([why for why in EndReason if why != EndReason.HANDED_OVER])}
        elif act is sign_agreement:
            said = {"signed_on": day}
        elif act is acts.hand_over_match:
            until_after = day + random.randrange(4) * DAY
            said = {"to_mentor_id": make_mentor().uid, "until_on": until_after}
        if act is wait:
            day += random.randrange(1, 4) * DAY
            if random.random() < 0.5:
                end_handover(match_pk=match.pk, on=day, now=NOW)  # with or without the nightly job
        else:
            step(act, officer, match, on=day, **said)
            reads, until = (reads_after if reads_after is not None else reads), until_after
        expected = reads and (until is None or day <= until)
        assert own_matches(actor_of(user, on=day)).filter(pk=match.pk).exists() is expected, (state, act)


def wait() -> None:
    """A day or three pass."""


def possible(state: MatchState, match: Match, day: date) -> list[tuple[Any, bool | None, date | None]]:
    """(act, does she read afterwards (None: as before), until when)."""
    close, pause = (acts.close_match, False, None), (acts.pause_match, False, None)
    signed = match.agreement_signed_on is not None
    return {
        MatchState.PROPOSED: [(acts.start_trial, True, None), close],
        MatchState.TRIAL: [pause, close, (acts.confirm_match, True, None) if signed else (sign_agreement, None, None)],
        MatchState.ACTIVE: [pause, close, (acts.hand_over_match, True, None)],
        MatchState.PAUSED: [(acts.resume_match, True, None), close],
        MatchState.HANDOVER: [close],
        MatchState.CLOSED: [],
    }[state] + [(wait, None, match.handover_until_on)]


# The pages.


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, officer: Actor) -> Client:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = Client()
    client.force_login(type(make_user()).objects.get(pk=officer.user_id))
    return client


def test_the_page_refuses_to_confirm_in_a_sentence_and_the_paper_names_the_three(client: Client) -> None:
    match = make_match(make_child("陈小雨"), make_mentor("王丽华"), state=MatchState.TRIAL)
    Match.objects.filter(pk=match.pk).update(agreement_signed_on=None)
    answer = client.post(reverse("mentoring:match_step", args=[match.uid, "confirm"]), {"version": match.version})
    assert "协议" in answer.content.decode()
    assert Match.objects.get(pk=match.pk).state == MatchState.TRIAL
    guardian = make_child("陈外婆").person
    match.case.person.guardianships.create(guardian=guardian, relation="外祖母")
    paper = client.get(reverse("mentoring:match_paper", args=[match.uid])).content.decode()
    for wanted in ("陈小雨", "王丽华", "陈外婆", "外祖母", match.case.unit.name, "12345"):
        assert wanted in paper
    assert guardian.phone not in paper
