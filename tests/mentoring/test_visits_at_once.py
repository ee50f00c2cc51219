"""Two at the same moment: PostgreSQL's own locks decide, nothing is doubled and nothing hangs."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.core.refusals import Conflict, NotThere
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.actions.matches import approve_match, close_match, hand_over_match, pause_match
from sunward.mentoring.actions.vetting_pauses import pause_for_vetting
from sunward.mentoring.actions.visits import record_visit
from sunward.mentoring.enums import EndReason, PauseReason
from sunward.mentoring.models import Match, MatchStep
from sunward.mentoring.visiting import VisitEntry
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
    make_user,
)
from tests.pressing import at_once

# SQLite lets one writer in at a time: there is nothing to show.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
ENTRY = VisitEntry(ContactOutcome.MADE, ServiceKind.HOME_VISIT, TODAY, 60)


def test_a_visit_sent_four_times_at_once_is_one_record() -> None:
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    match, actor, key = make_match(make_child(), make_mentor(user=mom)), actor_of(mom), uuid4()

    def save() -> int:
        return record_visit(actor=actor, match_id=match.uid, key=key, entry=ENTRY, on=TODAY, now=NOW).pk

    answers = at_once(save, save, save, save)
    assert len(set(answers)) == 1
    assert ServiceRecord.objects.count() == 1
    assert standing_facts().filter(kind="mentoring.visit_made").count() == 1


def test_two_officers_at_once_never_give_a_mentor_more_children_than_she_can_take() -> None:
    mentor, officers = make_mentor(capacity=1), [actor_of(make_officer()) for _ in range(2)]
    cases = [make_child() for _ in range(2)]

    def approve(number: int) -> Any:
        return approve_match(actor=officers[number], case_id=cases[number].pk, mentor_id=mentor.pk, on=TODAY, now=NOW)

    answers = at_once(lambda: approve(0), lambda: approve(1))
    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]
    assert Match.objects.live().count() == 1


def test_a_visit_and_a_pause_at_once_leave_either_order_and_no_third() -> None:
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    match, actor, officer = make_match(make_child(), make_mentor(user=mom)), actor_of(mom), actor_of(make_officer())
    saved, _paused = at_once(
        lambda: record_visit(actor=actor, match_id=match.uid, key=uuid4(), entry=ENTRY, on=TODAY, now=NOW),
        lambda: pause_match(actor=officer, match_id=match.uid, why=PauseReason.CONCERN, on=TODAY, now=NOW),
    )
    assert Match.objects.get(pk=match.pk).state == "paused"
    assert ServiceRecord.objects.count() == (0 if isinstance(saved, NotThere) else 1)


def test_opposite_acts_on_one_match_do_not_wait_for_each_other_in_a_ring() -> None:
    officer = actor_of(make_officer())
    match, successor = make_match(make_child(), make_mentor()), make_mentor()
    close_match(actor=officer, match_id=match.uid, why=EndReason.MISTAKE, on=TODAY, now=NOW)
    undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)
    at_once(
        lambda: hand_over_match(
            actor=officer, match_id=match.uid, to_mentor_id=successor.uid, until_on=TODAY, on=TODAY, now=NOW
        ),
        lambda: pause_for_vetting(match_pk=match.pk, on=TODAY, now=NOW),
        lambda: close_match(actor=officer, match_id=match.uid, why=EndReason.MOVED, on=TODAY, now=NOW),
        lambda: undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW),
    )
    states = list(MatchStep.objects.filter(match=match).order_by("pk").values_list("from_state", "to_state"))
    assert all(before[1] == after[0] for before, after in pairwise(states))
