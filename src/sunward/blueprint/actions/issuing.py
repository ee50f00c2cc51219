"""A plan is issued, and every unit that leads or joins says that it has it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.access import get_plan, kept_paths
from sunward.blueprint.actions.steps import lock_lines, take_step, write_step
from sunward.blueprint.enums import Side, StepKind
from sunward.blueprint.following.gates import get_followed
from sunward.blueprint.models import DeliveryPlan, WorkStep
from sunward.core.refusals import NotThere, Refusal

MOST_DAYS_TO_ACKNOWLEDGE = 30


@transaction.atomic
def issue_plan(*, actor: Actor, plan_id: UUID, by: date, on: date, now: datetime) -> int:
    """All lines that were not issued yet, to be acknowledged by a day. How many there were."""
    plan = get_plan(actor=actor, plan_id=plan_id)
    if plan.unit_path not in kept_paths(actor):
        raise NotThere("blueprint.plan_not_there", _("There is no such plan, or it is not yours to see."))
    if not 0 <= (by - on).days <= MOST_DAYS_TO_ACKNOWLEDGE:
        raise Refusal("blueprint.acknowledge_by", _("Choose a day within the next thirty days."))
    DeliveryPlan.objects.select_for_update().get(pk=plan.pk)
    issued = WorkStep.objects.filter(item__plan=plan, kind=StepKind.ISSUED).values("item")
    items = list(plan.items.exclude(pk__in=issued).select_related("lead").order_by("number"))
    if not items:
        raise Refusal("blueprint.all_issued", _("Every line of this plan has been issued already."))
    lock_lines(item.pk for item in items)
    for item in items:
        write_step(item, StepKind.ISSUED, actor=actor, on=on, now=now, day=by, unit=plan.unit)
    return len(items)


@transaction.atomic
def acknowledge(*, actor: Actor, item_id: UUID, on: date, now: datetime) -> None:
    """For the unit that leads, and for each unit that joins and is the actor's. Once is enough, but for a unit that
    leads by a later decision: it says anew that it has the whole."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.ACKNOWLEDGED)
    units = [followed.item.lead] if Side.LEAD in followed.sides else []
    units += [unit for unit in followed.joint_units if unit not in units]
    for unit in units:
        if unit.pk not in followed.course.acknowledged_by:
            take_step(followed, StepKind.ACKNOWLEDGED, actor=actor, on=on, now=now, unit=unit)
