"""What is written on a jobseeker's file, its next steps, its end and its new beginning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework import actions as casework
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up
from sunward.casework.actions.services import strike_service, write_service
from sunward.casework.enums import ContactOutcome, FollowUpState, ServiceKind
from sunward.casework.models import Case, FollowUp, ServiceRecord
from sunward.core.refusals import Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.actions.appointment_writing import cancel_ahead
from sunward.employment.actions.jobseeker_links import end_links
from sunward.employment.actions.sent_before import find_sent_before, with_other_words
from sunward.employment.actions.surveys import bring_back_answer
from sunward.employment.enums import CLOSE_CHOICES, Diagnosis, JobseekerCloseReason, Measure, NextStep, Trait
from sunward.employment.models import Guidance
from sunward.employment.rules import SERVICE_KINDS

_NOBODY_TO_TELL = frozenset({JobseekerCloseReason.DIED, JobseekerCloseReason.MISTAKE})


@dataclass(frozen=True, slots=True)
class GuidanceDetails:
    """What a guidance talk found and what follows, in codes, and what was advised; how it went is the record's note."""

    traits: tuple[str, ...]
    diagnoses: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    advice: str = ""


@transaction.atomic
def record_service(
    *,
    actor: Actor,
    case_id: UUID,
    key: UUID,
    kind: ServiceKind,
    happened_on: date,
    outcome: ContactOutcome,
    on: date,
    now: datetime,
    minutes: int = 0,
    note: str = "",
) -> ServiceRecord:
    """`key` is the form's own: sent twice, it is one record."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    if kind not in SERVICE_KINDS:
        raise Refusal("employment.service_kind", _("Choose what was done."))
    said = {"kind": kind, "happened_on": happened_on, "outcome": outcome, "minutes": minutes, "note": note}
    known = find_sent_before(case, key, said)
    if known is not None:
        return known
    return write_service(
        actor=actor, case=case, kind=kind, happened_on=happened_on, outcome=outcome, on=on, now=now, minutes=minutes,
        note=note, uid=key,
    )  # fmt: skip


@transaction.atomic
def record_guidance(
    *,
    actor: Actor,
    case_id: UUID,
    key: UUID,
    happened_on: date,
    minutes: int,
    note: str,
    guidance: GuidanceDetails,
    on: date,
    now: datetime,
    next_on: date | None = None,
) -> ServiceRecord:
    """A talk of career guidance (职业指导). `next_on`: the day of the next talk, which goes on the list of steps."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    _refuse_unsaid(guidance, note, next_on, on)
    said = {"kind": ServiceKind.CAREER_GUIDANCE, "happened_on": happened_on, "minutes": minutes, "note": note}
    known = find_sent_before(case, key, said)
    if known is not None:
        _refuse_other_words(known, guidance)
        return known
    record = write_service(
        actor=actor, case=case, kind=ServiceKind.CAREER_GUIDANCE, happened_on=happened_on, outcome=ContactOutcome.MADE,
        on=on, now=now, minutes=minutes, note=note, uid=key,
    )  # fmt: skip
    Guidance.objects.create(record=record, **_columns(guidance))
    if next_on is not None:
        promise_follow_up(
            actor=actor, case=case, kind=NextStep.MEET, due_on=next_on, on=on, now=now, record=record
        )  # fmt: skip
    return record


@transaction.atomic
def withdraw_record(*, actor: Actor, case_id: UUID, record_id: UUID, reason: str, on: date, now: datetime) -> None:
    """Take back a record made in error: it stays, struck out, and the step it promised is no longer to be done.

    If it was a survey call, what was said before it stands again.
    """
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    strike_service(actor=actor, case=case, record_id=record_id, reason=reason, on=on, now=now)
    for promised in case.follow_ups.filter(record__uid=record_id, state=FollowUpState.DUE):
        casework.drop_follow_up(actor=actor, case_id=case_id, follow_up_id=promised.pk, on=on, now=now)
    bring_back_answer(case)


@transaction.atomic
def add_step(
    *, actor: Actor, case_id: UUID, kind: str, due_on: date, on: date, now: datetime, note: str = ""
) -> FollowUp:
    """The next step, with its day, for the office. The same step for the same day is on the list once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    if kind not in NextStep.values:
        raise Refusal("employment.step_kind", _("Choose what is to be done."))
    same = case.follow_ups.filter(kind=kind, due_on=due_on, note=note.strip()[:200], state=FollowUpState.DUE).first()
    if same is not None:
        return same
    return casework.add_follow_up(
        actor=actor, case_id=case_id, kind=kind, due_on=due_on, on=on, now=now, note=note.strip()
    )


@transaction.atomic
def settle_step(*, actor: Actor, case_id: UUID, follow_up_id: int, verb: str, on: date, now: datetime) -> FollowUp:
    """Done, no longer needed (`drop`), or back on the list (`undo`). Said twice, it is said once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    act, meant = _STEPS[verb]
    there = case.follow_ups.filter(pk=follow_up_id, state=meant).first()
    if there is not None:
        return there
    return act(actor=actor, case_id=case_id, follow_up_id=follow_up_id, on=on, now=now)


_STEPS: Mapping[str, tuple[Callable[..., FollowUp], FollowUpState]] = {
    "done": (casework.complete_follow_up, FollowUpState.DONE),
    "drop": (casework.drop_follow_up, FollowUpState.DROPPED),
    "undo": (casework.reopen_follow_up, FollowUpState.DUE),
}


@transaction.atomic
def close_jobseeker(*, actor: Actor, case_id: UUID, version: int, reason: str, on: date, now: datetime) -> Case:
    """Close the file with a reason of this programme; what was to be done or was booked for it leaves the lists."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    if reason not in dict(CLOSE_CHOICES):
        raise Refusal("employment.jobseeker_close_reason", _("Say why the file is closed."))
    end_links(case, actor=actor, now=now)
    cancel_ahead(case, is_told=reason not in _NOBODY_TO_TELL, actor=actor, on=on, now=now)
    return casework.close_case(actor=actor, case_id=case_id, version=version, reason=reason, on=on, now=now)


@transaction.atomic
def reopen_jobseeker(*, actor: Actor, case_id: UUID, version: int, reason: str, on: date, now: datetime) -> Case:
    get_jobseeker_for_change(actor=actor, case_id=case_id)
    return casework.reopen_case(actor=actor, case_id=case_id, version=version, reason=reason, on=on, now=now)


def _columns(guidance: GuidanceDetails) -> dict[str, Any]:
    return {
        "traits": list(guidance.traits), "diagnoses": list(guidance.diagnoses), "measures": list(guidance.measures),
        "advice": guidance.advice.strip(),
    }  # fmt: skip


def _refuse_other_words(record: ServiceRecord, guidance: GuidanceDetails) -> None:
    held = Guidance.objects.get(record=record)
    if any(getattr(held, column) != value for column, value in _columns(guidance).items()):
        raise with_other_words()


def _refuse_unsaid(guidance: GuidanceDetails, note: str, next_on: date | None, on: date) -> None:
    codes: Sequence[tuple[tuple[str, ...], list[str]]] = (
        (guidance.traits, Trait.values), (guidance.diagnoses, Diagnosis.values), (guidance.measures, Measure.values)
    )  # fmt: skip
    if not guidance.traits or not guidance.measures or not note.strip():
        raise Refusal(
            "employment.guidance_unsaid",
            _("Write down what you saw in the person, how the talk went, and what follows from it."),
        )
    if any(code not in known for said, known in codes for code in said):
        raise Refusal("employment.guidance_code", _("Choose from what is offered."))
    if (Measure.NEXT_TALK in guidance.measures) != (next_on is not None):
        raise Refusal(
            "employment.next_talk_day",
            _("Say on which day you talk next; or take away the day if no talk is arranged."),
        )
    if next_on is not None and next_on < on:
        raise Refusal("employment.next_talk_passed", _("The day of the next talk has passed already."))
