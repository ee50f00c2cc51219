"""A person decides: approve, reject with a reason, choose another and say why, take a rejection back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact
from sunward.matching.access import get_proposal_for_change
from sunward.matching.declaration import declaration_of
from sunward.matching.enums import ProposalState
from sunward.matching.models import Proposal, Run
from sunward.matching.snapshots import unpack
from sunward.matching.solving import rate_everybody


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one of many: approved, or the sentence that says why not."""

    proposal_id: UUID
    is_done: bool
    sentence: str | Promise = ""


@transaction.atomic
def approve(*, actor: Actor, proposal_id: UUID, on: date, now: datetime) -> Proposal:
    """The proposal becomes a match. Whether it still can is judged by the programme, under its own locks."""
    proposal = get_proposal_for_change(actor=actor, proposal_id=proposal_id)
    _refuse_decided(proposal)
    run = _run_of(proposal)
    proposal.result_id = declaration_of(run.version.policy.programme).accept(
        actor=actor, left_id=proposal.left_id, right_id=proposal.right_id, on=on, now=now, proposal_id=proposal.pk
    )
    return _decide(proposal, ProposalState.APPROVED, actor=actor, on=on, now=now)


def approve_many(*, actor: Actor, proposal_ids: Sequence[UUID], on: date, now: datetime) -> tuple[Decided, ...]:
    """Each on its own: one that cannot be approved does not hold up the others."""
    return tuple(_try_approve(actor, proposal_id, on, now) for proposal_id in dict.fromkeys(proposal_ids))


def _try_approve(actor: Actor, proposal_id: UUID, on: date, now: datetime) -> Decided:
    try:
        approve(actor=actor, proposal_id=proposal_id, on=on, now=now)
    except Refusal as refusal:
        return Decided(proposal_id, is_done=False, sentence=refusal.sentence)
    return Decided(proposal_id, is_done=True)


@transaction.atomic
def reject(*, actor: Actor, proposal_id: UUID, reason: str, on: date, now: datetime) -> Proposal:
    """Not these two. The reason is asked for: the pair is kept out of the runs of the next year because of it."""
    proposal = get_proposal_for_change(actor=actor, proposal_id=proposal_id)
    _refuse_decided(proposal)
    _refuse_silence(reason)
    proposal.decision_reason = reason.strip()[:300]
    return _decide(proposal, ProposalState.REJECTED, actor=actor, on=on, now=now)


@transaction.atomic
def take_back_rejection(*, actor: Actor, proposal_id: UUID, on: date, now: datetime) -> Proposal:
    """The proposal is open again, as if it had not been rejected; the record of both acts stays."""
    proposal = get_proposal_for_change(actor=actor, proposal_id=proposal_id)
    if proposal.state != ProposalState.REJECTED:
        raise Conflict("matching.not_rejected", _("This proposal is not rejected. Look at it again."))
    proposal.decision_reason = ""
    _decide(proposal, ProposalState.OPEN, actor=actor, on=on, now=now)
    proposal.decided_by = proposal.decided_at = None
    proposal.save(update_fields=["decided_by", "decided_at"])
    return proposal


@transaction.atomic
def choose_another(*, actor: Actor, proposal_id: UUID, right_id: int, reason: str, on: date, now: datetime) -> Proposal:
    """Somebody else than proposed, and why. Who is forbidden cannot be chosen, whatever the reason."""
    proposal = get_proposal_for_change(actor=actor, proposal_id=proposal_id)
    _refuse_decided(proposal)
    _refuse_silence(reason)
    run = _run_of(proposal)
    _refuse_forbidden(actor, run, proposal, right_id)
    declaration = declaration_of(run.version.policy.programme)
    proposal.decision_reason = reason.strip()[:300]
    proposal.chosen_right_id = right_id
    proposal.result_id = declaration.accept(
        actor=actor, left_id=proposal.left_id, right_id=right_id, on=on, now=now, proposal_id=proposal.pk,
        override_reason=proposal.decision_reason,
    )  # fmt: skip
    return _decide(proposal, ProposalState.REPLACED, actor=actor, on=on, now=now)


def _refuse_forbidden(actor: Actor, run: Run, proposal: Proposal, right_id: int) -> None:
    """Whom the actor may not see is answered before any rule is: a rule that is named tells about somebody."""
    declaration = declaration_of(run.version.policy.programme)
    if right_id == proposal.right_id or right_id not in declaration.find_right(actor, ""):
        raise _not_choosable()
    rated = rate_everybody(run.version.content, unpack(bytes(run.snapshot or b"")), declaration, left=proposal.left_id)
    chosen = next((one for one in rated if one.right == right_id), None)
    if chosen is None:
        raise _not_choosable()
    if not chosen.is_eligible:
        broken = declaration.rule_by_code[chosen.rules[0]].broken
        raise Refusal("matching.forbidden", broken)


def _not_choosable() -> Refusal:
    return Refusal("matching.not_choosable", _("Choose somebody else from the list."))


def _run_of(proposal: Proposal) -> Run:
    return Run.objects.select_related("version__policy").get(pk=proposal.run_id)


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OPEN:
        raise Conflict(
            "matching.already_decided", _("Somebody has decided on this proposal already. Look at it again.")
        )


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise Refusal("matching.reason_missing", _("Say why in a few words."))


def _decide(proposal: Proposal, state: ProposalState, *, actor: Actor, on: date, now: datetime) -> Proposal:
    before = proposal.state
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.user_id, now
    proposal.save()
    code = f"matching.proposal_{state}" if state != ProposalState.OPEN else "matching.rejection_taken_back"
    subject = declaration_of(_run_of(proposal).version.policy.programme).subject(proposal.left_id)
    record_fact(
        NewFact(
            kind=code, subject_kind="proposal", subject_id=proposal.pk, happened_on=on, actor_id=actor.user_id,
            unit_path=proposal.unit_path, attributes={"run": proposal.run_id},
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code=code, now=now, subject=subject, unit_path=proposal.unit_path, proposal=proposal.pk,
        before=before,
    )  # fmt: skip
    return proposal
