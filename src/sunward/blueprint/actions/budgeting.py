"""How much typing a plan may cost a unit in a month: set by who keeps the plan, with a reason, never overwritten."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import get_kept_plan
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.models import BurdenBudget
from sunward.core.refusals import Conflict, Refusal

BUDGET_SET = "blueprint.burden_budget_set"
MOST_MINUTES = 2400


@dataclass(frozen=True, slots=True)
class BudgetDetails:
    minutes: int
    reason: str


@transaction.atomic
def set_budget(
    *, actor: Actor, plan_id: UUID, version: int, details: BudgetDetails, on: date, now: datetime,
    key: UUID | None = None,
) -> BurdenBudget:  # fmt: skip
    """`version`: how many were set before, as the person saw it. `key` is the form's own: sent twice, it is one."""
    plan = get_kept_plan(actor=actor, plan_id=plan_id)
    mine = BurdenBudget.objects.filter(plan=plan)
    known = mine.filter(uid=key, recorded_by_id=actor.user_id).first() if key else None
    if known is not None:
        return known
    if mine.count() != version:
        raise Conflict("blueprint.budget_changed", _("Somebody else has just set it. Look at it again."))
    if not 1 <= details.minutes <= MOST_MINUTES:
        raise Refusal("blueprint.budget_minutes", _("From 1 to 2,400 minutes: a week of work is the most."))
    if not details.reason.strip():
        raise Refusal("blueprint.budget_reason", _("Say why it is set so."))
    refuse_numbers(details.reason)
    row = BurdenBudget.objects.create(
        plan=plan, minutes=details.minutes, reason=details.reason.strip(), set_on=on, recorded_at=now,
        recorded_by_id=actor.user_id, **({"uid": key} if key else {}),
    )  # fmt: skip
    record_act(
        actor=actor, code=BUDGET_SET, now=now, unit_path=plan.unit_path, plan=plan.pk, minutes=details.minutes
    )  # fmt: skip
    return row
