"""A run: what it takes in, what it leaves, that it can be repeated, and that it happens once."""

from datetime import timedelta

import pytest
from django.conf import settings

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import RiskLevel
from sunward.core.jobs import queue, worker
from sunward.core.jobs.models import JobRun, WorkerLease
from sunward.core.refusals import Conflict, NotThere
from sunward.ledger.models import Fact
from sunward.matching import jobs
from sunward.matching.access import get_run, visible_proposals, visible_runs, visible_unserved
from sunward.matching.actions.runs import start_run
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Advice, PolicyVersion, Proposal, Run, Unserved
from sunward.matching.queries.runs import read_head
from sunward.matching.snapshots import digest, pack, unpack
from sunward.matching.solving import solve
from sunward.mentoring.enums import MatchState
from sunward.people.models import Person
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
)
from tests.matching.conftest import pairs

pytestmark = pytest.mark.django_db


def elsewhere():
    return make_committee("310110019001", subdistrict=make_subdistrict("310110019", name="五角场街道"))


def findings(officer, run) -> str:
    return " ".join(read_head(officer, get_run(actor=officer, run_id=run.uid)).findings)


# What is proposed.


def test_a_run_proposes_a_neighbour_mom_for_a_child_and_keeps_why(officer, match_now):
    child, mentor = make_child(), make_mentor()
    run = match_now(officer)
    assert run.state == "done"
    proposal = Proposal.objects.get(run=run)
    assert (proposal.left_id, proposal.right_id, proposal.unit_path) == (child.pk, mentor.pk, child.unit_path)
    assert sum(points for _code, _score, points in proposal.reasons["parts"]) == pytest.approx(proposal.fit, abs=0.1)
    assert run.summary["figures"]["gap"] == 0
    assert Fact.objects.filter(kind="matching.run_started", subject_id=run.pk).exists()
    assert AuditEntry.objects.filter(code="matching.run_started", subject_id=run.pk).exists()


def test_with_one_place_the_child_at_high_risk_goes_first_and_the_other_hears_why(officer, match_now):
    low, high = make_child(risk=RiskLevel.LOW), make_child(risk=RiskLevel.HIGH)
    make_mentor()
    run = match_now(officer)
    assert set(pairs(run)) == {high.pk}
    assert Unserved.objects.get(run=run).left_id == low.pk
    assert Unserved.objects.get(run=run).code == "outranked"


def test_a_child_who_has_somebody_is_not_in_question_and_takes_her_place(officer, match_now):
    make_match(make_child(), taken := make_mentor(capacity=1))
    make_child()
    run = match_now(officer)
    assert taken.pk not in pairs(run).values()
    assert run.summary["figures"]["kept"] == 1


def test_a_place_taken_by_a_child_of_another_unit_is_not_given_twice(officer, match_now):
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    mentor = make_mentor(capacity=1)
    make_match(make_child(unit=elsewhere()), mentor)
    make_child()
    assert not pairs(match_now(supervisor, unit_path="/310110/310110012/"))


def test_a_child_in_handover_gets_another_and_never_the_one_who_goes(officer, match_now):
    child, leaving, coming = make_child(), make_mentor(capacity=3), make_mentor()
    match = make_match(child, leaving)
    type(match).objects.filter(pk=match.pk).update(
        state=MatchState.HANDOVER, handover_until_on=TODAY + timedelta(days=9)
    )
    assert pairs(match_now(officer)) == {child.pk: coming.pk}


def test_the_advice_says_where_one_more_would_serve_one_more(officer, match_now):
    make_child(risk=RiskLevel.HIGH)
    run = match_now(officer)
    first = Advice.objects.filter(run=run).first()
    assert first is not None
    assert (first.place, first.served_gain, first.tier) == ("控江路街道", 1, 3)


# Scope.


def test_a_supervisor_matches_her_own_sub_district_and_no_other(policy):
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    elsewhere()
    for path in ("/310110/", "/310110/310110019/"):
        with pytest.raises(NotThere):
            start_run(actor=supervisor, policy_id=policy.uid, unit_path=path, on=TODAY, now=NOW)


def test_neither_side_of_another_sub_district_is_in_a_supervisors_run(match_now):
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    here = make_child()
    make_child(unit=elsewhere())
    make_mentor(unit=elsewhere())
    run = match_now(supervisor, unit_path="/310110/310110012/")
    assert run.summary["figures"]["children"] == 1
    assert run.summary["figures"]["mentors"] == 0
    assert [one.left_id for one in Unserved.objects.filter(run=run)] == [here.pk]


def test_of_the_districts_run_a_supervisor_sees_her_own_children_only(officer, match_now):
    here, there = make_child(), make_child(unit=elsewhere())
    make_mentor()
    make_mentor(unit=elsewhere())
    run = match_now(officer)
    assert set(pairs(run)) == {here.pk, there.pk}
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    assert get_run(actor=supervisor, run_id=run.uid) == run
    assert {one.left_id for one in visible_proposals(supervisor)} == {here.pk}


@pytest.mark.parametrize("role", [Role.WORKER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_does_not_match_sees_no_run_and_no_proposal(officer, match_now, role):
    make_child()
    make_mentor()
    run = match_now(officer)
    stranger = actor_of(make_officer(role, make_subdistrict()))
    assert not visible_runs(stranger).exists()
    assert not visible_proposals(stranger).exists()
    assert not visible_unserved(stranger).exists()
    with pytest.raises(NotThere):
        get_run(actor=stranger, run_id=run.uid)


def test_a_supervisor_of_another_sub_district_does_not_see_a_sub_districts_run(match_now):
    here = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    make_child()
    run = match_now(here, unit_path="/310110/310110012/")
    there = actor_of(make_officer(Role.SUPERVISOR, elsewhere().parent))
    with pytest.raises(NotThere):
        get_run(actor=there, run_id=run.uid)


# Bad input: each a sentence.


def test_a_policy_that_forbids_everyone_says_so(officer, match_now):
    make_child()
    make_mentor(vetted=False)
    said = findings(officer, match_now(officer))
    assert "从业查询有效" in said
    assert "没有一个人符合" in said


def test_rules_that_together_forbid_every_pair_say_so(officer, match_now):
    make_child()
    make_mentor(unit=elsewhere())
    assert "没有新的孩子能配上" in findings(officer, match_now(officer))


def test_capacity_zero_for_everybody_says_so(officer, match_now):
    make_child()
    make_mentor(capacity=0)
    assert "所有邻家妈妈都没有名额了" in findings(officer, match_now(officer))


def test_missing_coordinates_are_said_and_stop_nothing(officer, match_now):
    make_child()
    make_mentor()
    run = match_now(officer)
    assert pairs(run)
    assert "没有确切位置" in findings(officer, run)


def test_an_empty_district_says_what_to_do(officer, match_now):
    said = findings(officer, match_now(officer))
    assert "请先登记或导入档案" in said


def test_a_policy_that_cannot_be_run_fails_with_its_sentence_and_leaves_nothing(officer, policy, match_now):
    make_child()
    make_mentor()
    content = policy.versions.first().content | {"reach": {"radius_km": -1.0, "nearest": 0}}
    PolicyVersion.objects.create(policy=policy, number=2, content=content, made_at=NOW)
    run = match_now(officer)
    assert run.state == "failed"
    head = read_head(officer, get_run(actor=officer, run_id=run.uid))
    assert "搜寻半径" in str(head.failure)
    assert "至少要看一位" in str(head.failure)
    assert not Proposal.objects.exists()


def test_two_runs_for_one_unit_at_once_are_refused(officer, policy):
    make_child()
    start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)
    with pytest.raises(Conflict):
        start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)


# Once, and again.


def test_a_run_can_be_repeated_exactly_from_its_snapshot_though_the_files_have_changed(officer, match_now):
    for number in range(6):
        make_child(risk=RiskLevel(1 + number % 3))
        make_mentor()
    run = match_now(officer)
    before = pairs(run)
    make_mentor(capacity=3)
    assert digest(bytes(run.snapshot)) == run.snapshot_digest
    snapshot = unpack(bytes(run.snapshot))
    assert pack(snapshot) == bytes(run.snapshot)
    outcome = solve(run.version.content, snapshot, declaration_of("mentoring"))
    assert outcome.proposal.partners == before
    outcome.verify()


def test_no_name_phone_or_number_of_a_person_is_in_a_snapshot(officer, match_now):
    child = make_child("陈小阳")
    make_mentor("林阿姨")
    run = match_now(officer)
    snapshot = unpack(bytes(run.snapshot))
    texts = {
        name for side in (snapshot.left, snapshot.right) for name, c in side.columns.items() if c.dtype.kind == "U"
    }
    assert texts == {"unit", "path"}
    person = Person.objects.get(pk=child.person_id)
    whole = repr(snapshot).encode()
    assert person.name.encode() not in whole
    assert person.phone[-8:].encode() not in whole


def test_a_run_whose_worker_is_killed_is_finished_by_another_once(officer, policy):
    make_child()
    make_mentor()
    run = start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)
    first = queue.claim(worker.new_lease(), now=NOW)
    WorkerLease.objects.update(beat_at=NOW - timedelta(seconds=settings.SUNWARD_JOB_LEASE_SECONDS + 1))
    assert queue.put_back_lost(now=NOW)
    second = queue.claim(worker.new_lease(), now=NOW)
    assert second is not None
    assert worker.perform(second) is None
    # The first one wakes up again and goes on: nothing of it counts.
    assert first is not None
    assert worker.perform(first) is None
    run.refresh_from_db()
    assert run.state == "done"
    assert Proposal.objects.filter(run=run).count() == 1


def test_a_worker_killed_after_the_snapshot_leaves_the_same_input_to_the_next(officer, policy):
    make_child()
    make_mentor()
    run = start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)
    claimed = queue.claim(worker.new_lease(), now=NOW)
    assert claimed is not None
    with claimed.run.step():
        taken = jobs.take_snapshot(Run.objects.get(pk=run.pk), declaration_of("mentoring"))
    make_mentor()
    assert worker.perform(claimed) is None
    run.refresh_from_db()
    assert bytes(run.snapshot) == taken


def test_a_job_that_dies_is_shown_as_a_failed_run_with_a_sentence(officer, policy):
    run = start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=TODAY, now=NOW)
    JobRun.objects.filter(pk=run.job_id).update(state="dead")
    head = read_head(officer, get_run(actor=officer, run_id=run.uid))
    assert head.has_failed
    assert head.failure


def test_old_previews_are_dropped_and_runs_are_kept(officer, match_now, policy, run_jobs):
    run = match_now(officer)
    version = policy.versions.first()
    old = NOW - timedelta(days=5)
    Run.objects.create(version=version, unit_path="/310110/", matched_on=TODAY, made_at=old, is_preview=True)
    Run.objects.filter(pk=run.pk).update(made_at=old)
    queue.enqueue(jobs.drop_previews)
    run_jobs()
    assert list(Run.objects.all()) == [run]
