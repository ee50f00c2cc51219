"""Done is what another party accepts by evidence; what was really done is kept."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.actions.extending import refuse_own
from sunward.blueprint.actions.reporting import Report, asks_number, refuse_report
from sunward.blueprint.actions.steps import refuse_day_of_step, said, take_step
from sunward.blueprint.enums import Comparison, StepKind
from sunward.blueprint.following.gates import Followed, get_followed, get_step
from sunward.blueprint.models import WorkStep
from sunward.blueprint.queries.lights import read_counted
from sunward.core.refusals import Refusal


@transaction.atomic
def claim_completion(*, actor: Actor, item_id: UUID, report: Report, on: date, now: datetime) -> WorkStep:
    """`text` is the evidence, `number` what was really reached, `happened_on` the day on which it was.

    Where the platform counts the number itself, it says what was reached by that day.
    """
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.CLAIMED)
    said(report.text)
    refuse_day_of_step(followed.item, report.happened_on, on=on)
    number = _reached(followed, report, on=on)
    return take_step(
        followed, StepKind.CLAIMED, actor=actor, on=report.happened_on, now=now, text=said(report.text), number=number
    )


def _reached(followed: Followed, report: Report, *, on: date) -> Decimal | None:
    item = followed.item
    if item.target_number is None:
        return None
    if asks_number(item) and report.number is None:
        raise Refusal("blueprint.completion_number", _("Say what was really reached, be it less than was decided."))
    refuse_report(followed, report, on=on)
    return report.number if asks_number(item) else read_counted(item, on=report.happened_on)


@transaction.atomic
def return_completion(*, actor: Actor, item_id: UUID, step_id: UUID, text: str, on: date, now: datetime) -> WorkStep:
    """With what is missing; the line goes on."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.RETURNED)
    claim = get_step(followed, step_id, (StepKind.CLAIMED,))
    refuse_own(followed, claim, actor)
    return take_step(followed, StepKind.RETURNED, actor=actor, on=on, now=now, about_id=claim.id, text=said(text))


@transaction.atomic
def accept_completion(*, actor: Actor, item_id: UUID, step_id: UUID, text: str, on: date, now: datetime) -> WorkStep:
    """The line is closed with what was really done. Less than was decided is accepted with a reason alone."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.ACCEPTED)
    claim = get_step(followed, step_id, (StepKind.CLAIMED,))
    if followed.course.claim is None or followed.course.claim.id != claim.id:
        raise Refusal("blueprint.claim_settled", _("This has been decided already."))
    refuse_own(followed, claim, actor)
    if falls_short(followed, claim.number) and not text.strip():
        if claim.number is None:
            raise Refusal("blueprint.short_reason", _("How much was done is not told. Say why the line is closed."))
        raise Refusal("blueprint.short_reason", _("It is less than was decided. Say why the line is closed with it."))
    return take_step(
        followed, StepKind.ACCEPTED, actor=actor, on=on, now=now, about_id=claim.id, number=claim.number,
        text=text.strip(),
    )  # fmt: skip


def falls_short(followed: Followed, reached: Decimal | None) -> bool:
    target = followed.item.target_number
    if target is None:
        return False
    if reached is None:
        return True
    is_ceiling = followed.item.target_comparison == Comparison.AT_MOST
    return reached > target if is_ceiling else reached < target
