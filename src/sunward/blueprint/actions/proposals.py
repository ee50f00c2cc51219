"""Every proposal gets an answer with a reason."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import get_kept_proposal, meeting_subject
from sunward.blueprint.enums import Answer
from sunward.blueprint.models import MeetingProposal
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact

ANSWERED = "blueprint.proposal_answered"
PROPOSAL_SUBJECT = "meeting_proposal"


@transaction.atomic
def answer_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    version: int,
    answer: Answer,
    reason: str,
    merged_into: int | None = None,
    on: date,
    now: datetime,
) -> MeetingProposal:
    """An answer may be thought over: what was said before stays in the record of acts. `merged_into`: its number."""
    row = get_kept_proposal(actor=actor, proposal_id=proposal_id)
    if row.version != version:
        raise Conflict("blueprint.proposal_changed", _("Somebody else has just answered this proposal. Look at it."))
    if not reason.strip():
        raise Refusal("blueprint.answer_reason", _("Give the reason: whoever proposed it will read it."))
    row.answer, row.reason = answer, reason.strip()
    row.merged_into = _other(row, merged_into) if answer == Answer.MERGED else None
    row.answered_on, row.answered_at, row.answered_by_id = on, now, actor.user_id
    row.version += 1
    row.save()
    record_fact(
        NewFact(
            kind=ANSWERED, subject_kind=PROPOSAL_SUBJECT, subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=row.meeting.unit_id, unit_path=row.meeting.unit_path, attributes={"answer": str(answer)},
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code=ANSWERED, now=now, subject=meeting_subject(row.meeting), unit_path=row.meeting.unit_path,
        proposal=row.number, answer=str(answer),
    )  # fmt: skip
    return row


def _other(row: MeetingProposal, number: int | None) -> MeetingProposal:
    """One that stands by itself: merged proposals form no chain, in which the answer would be lost."""
    other = MeetingProposal.objects.filter(meeting=row.meeting, number=number or 0).exclude(pk=row.pk).first()
    if other is None or other.answer == Answer.MERGED or row.joined.exists():
        raise Refusal("blueprint.merged_into", _("Choose another proposal of this meeting that stands by itself."))
    return other
