"""Every proposal gets an answer with a reason."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import get_kept_meeting, get_kept_proposal, meeting_subject, units_to_charge
from sunward.blueprint.actions.meetings import refuse_approved, refuse_numbers, touch
from sunward.blueprint.enums import Answer
from sunward.blueprint.models import MeetingProposal, Speaker
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact

ANSWERED, ADDED = "blueprint.proposal_answered", "blueprint.proposal_added"
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
    refuse_numbers(reason)
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


@transaction.atomic
def add_proposal(
    *, actor: Actor, meeting_id: UUID, key: UUID, unit_code: str, name: str, text: str, now: datetime
) -> MeetingProposal:  # fmt: skip
    """What was proposed and stands in no paper that was read; who has spoken before for the unit is the same speaker.

    `key` is the form's own: sent twice, it is one proposal.
    """
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    known = meeting.proposals.filter(uid=key).first()
    if known is not None:
        return known
    unit = units_to_charge(meeting).filter(code=unit_code).first()
    if unit is None:
        raise Refusal("blueprint.speaker_unit", _("Choose a unit of this district for one of the speakers."))
    if not name.strip() or not text.strip():
        raise Refusal("blueprint.proposal_text", _("Say who proposed it, and what."))
    refuse_numbers(name, text)
    spoken = meeting.speakers.filter(unit=unit, name=name.strip()).first()
    speaker = spoken or Speaker.objects.create(
        meeting=meeting, number=_next(meeting.speakers), unit=unit, unit_path=unit.path, name=name.strip()
    )
    row = MeetingProposal.objects.create(
        uid=key, meeting=meeting, speaker=speaker, number=_next(meeting.proposals), text=text.strip()
    )
    touch(meeting)
    record_act(
        actor=actor, code=ADDED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        proposal=row.number,
    )  # fmt: skip
    return row


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _other(row: MeetingProposal, number: int | None) -> MeetingProposal:
    """One that stands by itself: merged proposals form no chain, in which the answer would be lost."""
    other = MeetingProposal.objects.filter(meeting=row.meeting, number=number or 0).exclude(pk=row.pk).first()
    if other is None or other.answer == Answer.MERGED or row.joined.exists():
        raise Refusal("blueprint.merged_into", _("Choose another proposal of this meeting that stands by itself."))
    return other
