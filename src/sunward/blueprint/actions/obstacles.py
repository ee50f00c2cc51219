"""An obstacle is raised with a clock: somebody must answer by a day, or it goes up."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.accounts.models import Unit
from sunward.blueprint.actions.steps import said, take_step, write_step
from sunward.blueprint.enums import StepKind
from sunward.blueprint.following.chain import next_up
from sunward.blueprint.following.gates import answers_for, get_followed, get_step
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.blueprint.queries.follow_choices import units_to_ask
from sunward.blueprint.queries.lights import read_courses
from sunward.core.refusals import NotThere, Refusal

MOST_DAYS_TO_ANSWER = 30


@transaction.atomic
def raise_obstacle(
    *, actor: Actor, item_id: UUID, text: str, unit_code: str, by: date, on: date, now: datetime,
    key: UUID | None = None,
) -> WorkStep:  # fmt: skip
    """`unit_code`: who must answer; another unit of the district, or the district itself."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.OBSTACLE)
    own = followed.unit_for(StepKind.OBSTACLE)
    asked = units_to_ask(followed.item, on=on).filter(code=unit_code).exclude(pk=own.pk).first()
    if asked is None:
        raise Refusal(
            "blueprint.obstacle_unit", _("Choose who can remove the obstacle: another unit, or the district.")
        )
    if not 1 <= (by - on).days <= MOST_DAYS_TO_ANSWER:
        raise Refusal("blueprint.obstacle_by", _("Choose a day from tomorrow on, within thirty days."))
    return take_step(
        followed, StepKind.OBSTACLE, actor=actor, on=on, now=now, key=key, text=said(text), asked_unit=asked, day=by
    )


@transaction.atomic
def answer_obstacle(*, actor: Actor, item_id: UUID, step_id: UUID, text: str, on: date, now: datetime) -> WorkStep:
    """By the unit that is asked now: once it went up, by who is asked above."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.ANSWERED)
    obstacle = get_step(followed, step_id, (StepKind.OBSTACLE,))
    waiting = next((one for one in followed.course.obstacles if one.step.id == obstacle.id), None)
    if waiting is None or waiting.asked_unit_id is None:
        raise Refusal("blueprint.obstacle_answered", _("This has been answered already."))
    unit = Unit.objects.get(pk=waiting.asked_unit_id)
    if not answers_for(actor, unit):
        raise NotThere("blueprint.step_not_there", _("There is no such entry any more. Look at the line again."))
    return take_step(
        followed, StepKind.ANSWERED, actor=actor, on=on, now=now, about_id=obstacle.id, unit=unit, text=said(text)
    )


@transaction.atomic
def let_go_up(*, item_id: int, on: date, now: datetime) -> int:
    """Every obstacle of a line that nobody answered in time is asked of the district. Run again, nothing is left."""
    item = WorkItem.objects.select_related("plan__unit", "lead").select_for_update(of=("self",)).get(pk=item_id)
    course = read_courses([item])[item.pk]
    gone_up = 0
    for waiting in course.obstacles if not course.is_closed else ():
        by = next_up(waiting, on=on)
        if by is not None:
            write_step(
                item, StepKind.WENT_UP, actor=SYSTEM, on=on, now=now, about_id=waiting.step.id, day=by,
                asked_unit=item.plan.unit,
            )  # fmt: skip
            gone_up += 1
    return gone_up
