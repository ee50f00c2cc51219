"""A run: what it takes in, what it leaves, and that it can be repeated."""

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import RiskLevel
from sunward.matching.actions.runs import start_run
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Policy, Proposal, Run, Unserved
from sunward.matching.snapshots import digest, unpack
from sunward.matching.solving import solve
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_mentor, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(make_officer())


def start(actor, *, unit_path="/310110/"):
    policy = Policy.objects.get(programme="mentoring")
    return start_run(actor=actor, policy_id=policy.uid, unit_path=unit_path, on=TODAY, now=NOW)


def test_a_run_proposes_a_neighbour_mom_for_a_child(officer, run_jobs):
    child, mentor = make_child(), make_mentor()
    run = start(officer)
    run_jobs()
    run.refresh_from_db()
    assert run.state == "done", run.summary
    proposal = Proposal.objects.get(run=run)
    assert (proposal.left_id, proposal.right_id, proposal.unit_path) == (child.pk, mentor.pk, child.unit_path)
