"""A person decides: what each decision does, what it refuses, and who may make it."""

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.matching.actions.decisions import approve, approve_many, choose_another, reject, take_back_rejection
from sunward.matching.models import Proposal
from sunward.mentoring.models import Match, Mentor
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_mentor,
    make_officer,
    make_subdistrict,
)
from tests.matching.conftest import pairs

pytestmark = pytest.mark.django_db


def decide(act, actor, proposal, **more):
    return act(actor=actor, proposal_id=proposal.uid, on=TODAY, now=NOW, **more)


@pytest.fixture
def proposal(officer, match_now) -> Proposal:
    make_child("陈一")
    make_mentor("王阿姨")
    return Proposal.objects.get(run=match_now(officer))


# Approve.


def test_an_approved_proposal_becomes_a_match_that_knows_where_it_came_from(officer, proposal):
    decide(approve, officer, proposal)
    proposal.refresh_from_db()
    match = Match.objects.get()
    assert (match.case_id, match.mentor_id, match.proposal_id) == (proposal.left_id, proposal.right_id, proposal.pk)
    assert (proposal.state, proposal.result_id, match.is_override) == ("approved", match.pk, False)
    assert Fact.objects.filter(kind="matching.proposal_approved", subject_id=proposal.pk).exists()
    assert AuditEntry.objects.filter(code="matching.proposal_approved", subject_id=proposal.left_id).exists()


def test_a_decided_proposal_is_not_decided_again(officer, proposal):
    decide(approve, officer, proposal)
    for act, more in ((approve, {}), (reject, {"reason": "后悔"}), (choose_another, {"reason": "换", "right_id": 1})):
        with pytest.raises(Conflict):
            decide(act, officer, proposal, **more)
    assert Match.objects.count() == 1


def test_an_approval_that_is_refused_leaves_the_proposal_open(officer, proposal):
    Mentor.objects.filter(pk=proposal.right_id).update(capacity=0)
    with pytest.raises(Conflict):
        decide(approve, officer, proposal)
    proposal.refresh_from_db()
    assert proposal.state == "open"
    assert not Fact.objects.filter(kind="matching.proposal_approved").exists()


def test_of_many_each_is_judged_by_itself(officer, match_now):
    for _ in range(3):
        make_child()
        make_mentor()
    found = list(Proposal.objects.filter(run=match_now(officer)).order_by("rank"))
    decide(reject, officer, found[1], reason="家庭不同意")
    decided = approve_many(actor=officer, proposal_ids=[p.uid for p in found], on=TODAY, now=NOW)
    assert [one.is_done for one in decided] == [True, False, True]
    assert decided[1].sentence
    assert Match.objects.count() == 2


# Reject.


def test_a_rejection_needs_a_reason(officer, proposal):
    with pytest.raises(Refusal) as refused:
        decide(reject, officer, proposal, reason="  ")
    assert refused.value.code == "matching.reason_missing"


def test_a_rejected_pair_is_not_proposed_again_and_is_once_the_rejection_is_taken_back(officer, proposal, match_now):
    decide(reject, officer, proposal, reason="奶奶不放心")
    assert not pairs(match_now(officer))
    decide(take_back_rejection, officer, proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision_reason, proposal.decided_by) == ("open", "", None)
    assert pairs(match_now(officer)) == {proposal.left_id: proposal.right_id}
    codes = list(AuditEntry.objects.filter(subject_id=proposal.left_id).values_list("code", flat=True))
    assert {"matching.proposal_rejected", "matching.rejection_taken_back"} <= set(codes)


def test_only_a_rejection_can_be_taken_back(officer, proposal):
    with pytest.raises(Conflict):
        decide(take_back_rejection, officer, proposal)


def test_a_rejection_of_more_than_a_year_ago_no_longer_counts(officer, proposal, match_now):
    decide(reject, officer, proposal, reason="当时不合适")
    Proposal.objects.filter(pk=proposal.pk).update(decided_at=NOW.replace(year=NOW.year - 1))
    assert pairs(match_now(officer)) == {proposal.left_id: proposal.right_id}


# Choose another.


def test_another_may_be_chosen_and_the_reason_stays_with_the_match(officer, proposal, match_now):
    other = make_mentor("李阿姨")
    second = Proposal.objects.get(run=match_now(officer))
    chosen = (
        other if second.right_id != other.pk else Match.mentor.field.related_model.objects.get(pk=proposal.right_id)
    )
    decide(choose_another, officer, second, right_id=chosen.pk, reason="孩子已经认识她")
    match = Match.objects.get()
    assert (match.mentor_id, match.is_override, match.override_reason) == (chosen.pk, True, "孩子已经认识她")
    second.refresh_from_db()
    assert (second.state, second.chosen_right_id) == ("replaced", chosen.pk)


@pytest.mark.parametrize(
    ("mentor", "sentence"),
    [
        ({"vetted": False}, "从业查询无效"),
        ({"unit": "310110019001"}, "不在同一个街道"),
    ],
)
def test_whom_a_rule_forbids_cannot_be_chosen_whatever_the_reason(officer, match_now, mentor, sentence):
    if "unit" in mentor:
        mentor["unit"] = make_committee(mentor["unit"], subdistrict=make_subdistrict("310110019"))
    make_child()
    make_mentor()
    barred = make_mentor(**mentor)
    proposal = Proposal.objects.get(run=match_now(officer))
    with pytest.raises(Refusal) as refused:
        decide(choose_another, officer, proposal, right_id=barred.pk, reason="她很好")
    assert refused.value.code == "matching.forbidden"
    assert sentence in str(refused.value.sentence)
    assert not Match.objects.exists()


def test_neither_the_proposed_one_nor_a_stranger_can_be_chosen_as_another(officer, proposal):
    for right in (proposal.right_id, 999_999):
        with pytest.raises(Refusal):
            decide(choose_another, officer, proposal, right_id=right, reason="换人")


def test_a_forbidden_one_whom_she_may_not_see_is_answered_like_one_who_is_not_there(officer, match_now):
    make_child()
    make_mentor()
    unseen = make_mentor(unit=make_committee("310110019001", subdistrict=make_subdistrict("310110019")))
    proposal = Proposal.objects.get(run=match_now(officer))
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    answers = set()
    for right in (unseen.pk, 999_999):
        with pytest.raises(Refusal) as refused:
            decide(choose_another, supervisor, proposal, right_id=right, reason="换人")
        answers.add((refused.value.code, str(refused.value.sentence)))
    assert {code for code, _sentence in answers} == {"matching.not_choosable"}
    assert len(answers) == 1


def test_whose_check_has_expired_since_the_run_cannot_be_chosen_either(officer, match_now):
    make_child()
    make_mentor()
    make_mentor()
    proposal = Proposal.objects.get(run=match_now(officer))
    other = Mentor.objects.exclude(pk=proposal.right_id).get()
    other.vetting_facts.update(expires_on=TODAY)
    with pytest.raises(Refusal) as refused:
        decide(choose_another, officer, proposal, right_id=other.pk, reason="换人")
    assert refused.value.code == "mentoring.vetting_not_clear"


# Who may.


@pytest.mark.parametrize("act", [approve, reject, take_back_rejection, choose_another])
def test_nobody_decides_on_another_units_proposal(proposal, act):
    elsewhere = make_subdistrict("310110019", name="五角场街道")
    more = {reject: {"reason": "x"}, choose_another: {"reason": "x", "right_id": 1}}.get(act, {})
    for role, unit in (
        (Role.SUPERVISOR, elsewhere),
        (Role.WORKER, make_subdistrict()),
        (Role.MENTOR, make_subdistrict()),
        (Role.AUDITOR, None),
        (Role.ADMINISTRATOR, None),
        (Role.LEADER, None),
    ):
        with pytest.raises(NotThere):
            decide(act, actor_of(make_officer(role, unit)), proposal, **more)


def test_the_sub_districts_supervisor_decides_on_her_own(proposal):
    decide(approve, actor_of(make_officer(Role.SUPERVISOR, make_subdistrict())), proposal)
    assert Match.objects.exists()
