"""Referrals to a resource, carried to their end: sent is not helped."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change, referable_resources
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import OPEN_REFERRALS, REFERRAL_STEPS, FollowUpKind, FollowUpState, GoalState, ReferralState
from sunward.casework.models import Case, Referral
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, NotThere, Refusal

REFERRAL_SUBJECT = "referral"
ANSWER_DAYS = 7
ANSWER_DAYS_AT_MOST = 90


@transaction.atomic
def send_referral(
    *,
    actor: Actor,
    case_id: UUID,
    resource_id: UUID,
    reason: str,
    on: date,
    now: datetime,
    answer_due_on: date | None = None,
    goal_id: UUID | None = None,
) -> Referral:
    """Refer somebody to a valid resource of their own unit; asking for the answer is promised to the worker."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    resource = referable_resources(case, on=on).filter(uid=resource_id).first()
    if resource is None:
        raise NotThere("casework.resource_not_valid", _("This resource is not valid any more, or not for this person."))
    if not reason.strip():
        raise Refusal("casework.reason_missing", _("Write down why."))
    due_on = answer_due_on or on + timedelta(days=ANSWER_DAYS)
    if not on <= due_on <= on + timedelta(days=ANSWER_DAYS_AT_MOST):
        raise Refusal("casework.answer_day_impossible", _("Ask for an answer from today on, within 90 days."))
    if case.referrals.filter(resource=resource, state__in=OPEN_REFERRALS).exists():
        raise Conflict("casework.referred_already", _("This person is referred there already."))
    goal = case.goals.filter(uid=goal_id, state=GoalState.OPEN).first() if goal_id else None
    row = Referral.objects.create(
        case=case, resource=resource, goal=goal, reason=reason.strip()[:300], sent_on=on, answer_due_on=due_on,
        created_by_id=actor.user_id,
    )  # fmt: skip
    promise_follow_up(
        actor=actor, case=case, kind=FollowUpKind.REFERRAL_ANSWER, due_on=due_on, on=on, now=now, note=resource.name,
        referral=row,
    )  # fmt: skip
    _record(case, row, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def answer_referral(
    *,
    actor: Actor,
    case_id: UUID,
    referral_id: UUID,
    version: int,
    is_accepted: bool,
    on: date,
    now: datetime,
    result: str = "",
) -> Referral:
    """They take the person on, or do not."""
    state = ReferralState.ACCEPTED if is_accepted else ReferralState.DECLINED
    case, row = _get(actor=actor, case_id=case_id, referral_id=referral_id, version=version, to=state)
    row.answered_on = on
    _step(case, row, state, result=result, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def settle_referral(
    *,
    actor: Actor,
    case_id: UUID,
    referral_id: UUID,
    version: int,
    has_helped: bool,
    result: str,
    on: date,
    now: datetime,
) -> Referral:
    """What came of it, in words."""
    state = ReferralState.HELPED if has_helped else ReferralState.NOT_HELPED
    case, row = _get(actor=actor, case_id=case_id, referral_id=referral_id, version=version, to=state)
    if not result.strip():
        raise Refusal("casework.result_missing", _("Write down what came of it."))
    row.settled_on = on
    _step(case, row, state, result=result, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def withdraw_referral(
    *, actor: Actor, case_id: UUID, referral_id: UUID, version: int, reason: str, on: date, now: datetime
) -> Referral:
    """Taken back, because the family does not wish it or another way was found."""
    case, row = _get(actor=actor, case_id=case_id, referral_id=referral_id, version=version, to=ReferralState.WITHDRAWN)
    if not reason.strip():
        raise Refusal("casework.reason_missing", _("Write down why."))
    row.settled_on = on
    _step(case, row, ReferralState.WITHDRAWN, result=reason, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def undo_referral_step(
    *, actor: Actor, case_id: UUID, referral_id: UUID, version: int, on: date, now: datetime
) -> Referral:
    """Take the last step back: its fact is withdrawn, and where an answer is awaited again, asking for it too."""
    case, row = _get(actor=actor, case_id=case_id, referral_id=referral_id, version=version)
    if row.state == ReferralState.SENT:
        raise Conflict("casework.referral_sent", _("This referral is only sent so far. Take it back instead."))
    was, row.state = row.state, _before(row)
    if row.state in OPEN_REFERRALS and was not in OPEN_REFERRALS:
        others = case.referrals.filter(resource=row.resource_id, state__in=OPEN_REFERRALS).exclude(pk=row.pk)
        if others.exists():
            raise Conflict("casework.referred_already", _("This person is referred there already."))
    withdraw_facts(subject=(REFERRAL_SUBJECT, row.pk), now=now, kinds=(f"casework.referral_{was}",))
    row.settled_on, row.result = None, ""
    if row.state == ReferralState.SENT:
        row.answered_on = None
        promise_follow_up(
            actor=actor, case=case, kind=FollowUpKind.REFERRAL_ANSWER, due_on=max(row.answer_due_on, on), on=on,
            now=now, note=row.resource.name, referral=row,
        )  # fmt: skip
    _save(row)
    record_case_act(case, actor=actor, code="casework.referral_undone", on=on, now=now,
                    subject=(REFERRAL_SUBJECT, row.pk))  # fmt: skip
    return row


def _before(row: Referral) -> ReferralState:
    if row.state in (ReferralState.HELPED, ReferralState.NOT_HELPED):
        return ReferralState.ACCEPTED
    if row.state == ReferralState.WITHDRAWN and row.answered_on is not None:
        return ReferralState.ACCEPTED
    return ReferralState.SENT


def _get(
    *, actor: Actor, case_id: UUID, referral_id: UUID, version: int, to: ReferralState | None = None
) -> tuple[Case, Referral]:
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    row = case.referrals.select_related("resource").filter(uid=referral_id).first()
    if row is None:
        raise NotThere("casework.referral_not_there", _("There is no such referral on this file."))
    if version != row.version or (to is not None and to not in REFERRAL_STEPS[ReferralState(row.state)]):
        raise Conflict(
            "casework.referral_changed", _("Somebody else has just changed this referral. Look at it again.")
        )
    return case, row


def _step(
    case: Case, row: Referral, state: ReferralState, *, result: str, actor: Actor, on: date, now: datetime
) -> None:
    for follow_up in row.follow_ups.filter(state=FollowUpState.DUE):
        settle_follow_up(follow_up, FollowUpState.DONE, case=case, actor=actor, on=on, now=now)
    row.state, row.result = state, result.strip()
    _save(row)
    _record(case, row, actor=actor, on=on, now=now)


def _save(row: Referral) -> None:
    row.version += 1
    row.save(update_fields=["state", "answered_on", "settled_on", "result", "version"])


def _record(case: Case, row: Referral, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(
        case, actor=actor, code=f"casework.referral_{row.state}", on=on, now=now, subject=(REFERRAL_SUBJECT, row.pk),
        attributes={"kind": row.resource.kind},
    )  # fmt: skip
