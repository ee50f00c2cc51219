"""What has to be done for a person by a day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp, Referral, ServiceRecord
from sunward.casework.programmes import keeper_of
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal

FOLLOW_UP_SUBJECT = "follow_up"


@transaction.atomic
def add_follow_up(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    due_on: date,
    on: date,
    now: datetime,
    role: Role | None = None,
    note: str = "",
) -> FollowUp:
    """Put something on the list of whoever holds the role in the file's unit, of whoever keeps the file if none."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if due_on < on:
        raise Refusal("casework.day_passed", _("The day has passed already. Choose today or a later day."))
    return promise_follow_up(actor=actor, case=case, kind=kind, due_on=due_on, on=on, now=now, role=role, note=note)


def promise_follow_up(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    due_on: date,
    on: date,
    now: datetime,
    role: Role | None = None,
    note: str = "",
    record: ServiceRecord | None = None,
    referral: Referral | None = None,
) -> FollowUp:
    """The same as a consequence of another act, within its transaction; `record` is the contact it came from, and
    `referral` whose answer it waits for.
    """
    follow_up = FollowUp.objects.create(
        case=case, kind=kind, note=note[:200], due_on=due_on, role=role or keeper_of(case.programme),
        created_by_id=actor.user_id, record=record, referral=referral,
    )  # fmt: skip
    _record(case, follow_up, "casework.follow_up_added", actor=actor, on=on, now=now)
    return follow_up


@transaction.atomic
def complete_follow_up(*, actor: Actor, case_id: UUID, follow_up_id: int, on: date, now: datetime) -> FollowUp:
    return _settle(FollowUpState.DONE, actor=actor, case_id=case_id, follow_up_id=follow_up_id, on=on, now=now)


@transaction.atomic
def drop_follow_up(*, actor: Actor, case_id: UUID, follow_up_id: int, on: date, now: datetime) -> FollowUp:
    return _settle(FollowUpState.DROPPED, actor=actor, case_id=case_id, follow_up_id=follow_up_id, on=on, now=now)


@transaction.atomic
def reopen_follow_up(*, actor: Actor, case_id: UUID, follow_up_id: int, on: date, now: datetime) -> FollowUp:
    """Undo: it was ticked by mistake and is to be done after all."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    follow_up = _get(case, follow_up_id, is_due=False)
    put_back_follow_up(follow_up, case=case, actor=actor, on=on, now=now)
    return follow_up


def put_back_follow_up(follow_up: FollowUp, *, case: Case, actor: Actor, on: date, now: datetime) -> None:
    """To be done after all: by a person, or because the act that settled it was undone."""
    follow_up.state, follow_up.done_on, follow_up.done_by_id = FollowUpState.DUE, None, None
    follow_up.save(update_fields=["state", "done_on", "done_by"])
    _record(case, follow_up, "casework.follow_up_reopened", actor=actor, on=on, now=now)


def _settle(
    state: FollowUpState, *, actor: Actor, case_id: UUID, follow_up_id: int, on: date, now: datetime
) -> FollowUp:
    case = get_case_for_change(actor=actor, case_id=case_id)
    follow_up = _get(case, follow_up_id, is_due=True)
    settle_follow_up(follow_up, state, case=case, actor=actor, on=on, now=now)
    return follow_up


def settle_follow_up(
    follow_up: FollowUp, state: FollowUpState, *, case: Case, actor: Actor, on: date, now: datetime
) -> None:
    """Done, or no longer needed: by a person, or as a consequence of another act."""
    follow_up.state, follow_up.done_on, follow_up.done_by_id = state, on, actor.user_id or None
    follow_up.save(update_fields=["state", "done_on", "done_by"])
    _record(case, follow_up, f"casework.follow_up_{state}", actor=actor, on=on, now=now)


def _get(case: Case, follow_up_id: int, *, is_due: bool) -> FollowUp:
    found = case.follow_ups.filter(pk=follow_up_id)
    found = found.filter(state=FollowUpState.DUE) if is_due else found.exclude(state=FollowUpState.DUE)
    follow_up = found.first()
    if follow_up is None:
        raise NotThere("casework.follow_up_not_there", _("Somebody has settled this already. Look at the file again."))
    return follow_up


def _record(case: Case, follow_up: FollowUp, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(
        case, actor=actor, code=code, on=on, now=now, subject=(FOLLOW_UP_SUBJECT, follow_up.pk),
        attributes={"kind": follow_up.kind},
    )  # fmt: skip
