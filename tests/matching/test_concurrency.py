"""Two officers at once: whatever the order of things, no mentor gets more children than she has places."""

from collections.abc import Callable
from typing import Any

import pytest

from sunward.matching.actions.decisions import approve
from sunward.matching.models import Policy, PolicyVersion, Proposal, Run
from sunward.mentoring.models import Match
from tests.factories import NOW, TODAY, actor_of, make_child, make_mentor, make_officer
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def propose(case: Any, mentor: Any) -> Proposal:
    """A proposal of a run of its own, as two officers of two units may have."""
    version = PolicyVersion.objects.get(policy=Policy.objects.get(programme="mentoring"))
    run = Run.objects.create(version=version, unit_path="/310110/", matched_on=TODAY, state="done", made_at=NOW)
    return Proposal.objects.create(run=run, left_id=case.pk, right_id=mentor.pk, unit_path=case.unit_path, fit=50)


def approving(proposal: Proposal) -> Callable[[], Any]:
    actor = actor_of(make_officer())
    return lambda: approve(actor=actor, proposal_id=proposal.uid, on=TODAY, now=NOW)


@pytest.mark.parametrize(("capacity", "officers"), [(1, 2), (2, 4)])
def test_officers_approving_at_once_never_go_beyond_her_places(capacity: int, officers: int) -> None:
    mentor = make_mentor(capacity=capacity)
    proposals = [propose(make_child(), mentor) for _ in range(officers)]
    answers = at_once(*(approving(proposal) for proposal in proposals))
    assert refusals(answers) == ["mentoring.capacity_full"] * (officers - capacity)
    assert Match.objects.filter(mentor=mentor).count() == capacity
    assert Proposal.objects.filter(state="approved").count() == capacity
    assert Proposal.objects.filter(state="open").count() == officers - capacity


def test_one_proposal_approved_twice_at_once_makes_one_match() -> None:
    proposal = propose(make_child(), make_mentor(capacity=2))
    answers = at_once(approving(proposal), approving(proposal))
    assert refusals(answers) == ["matching.already_decided"]
    assert Match.objects.count() == 1


def test_one_child_given_to_two_at_once_gets_one() -> None:
    child = make_child()
    answers = at_once(*(approving(propose(child, make_mentor())) for _ in range(2)))
    assert refusals(answers) == ["mentoring.child_taken"]
    assert Match.objects.filter(case=child).count() == 1
