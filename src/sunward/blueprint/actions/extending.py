"""More time is asked for before the deadline, decided by who keeps the plan; the date that was decided stays."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.actions.steps import said, take_step
from sunward.blueprint.enums import StepKind
from sunward.blueprint.following.gates import Followed, get_followed, get_step, is_another_party
from sunward.blueprint.following.steps import Step
from sunward.blueprint.models import WorkStep
from sunward.core.refusals import Refusal


@transaction.atomic
def ask_extension(*, actor: Actor, item_id: UUID, text: str, until: date, on: date, now: datetime) -> WorkStep:
    """On the day of the deadline at the latest: afterwards there is nothing left to extend."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.EXTENSION_ASKED)
    due_on = followed.course.due_on
    if due_on is None:
        raise Refusal("blueprint.extension_no_end", _("This line has no deadline."))
    if on > due_on:
        raise Refusal("blueprint.extension_late", _("The deadline has passed. More time is asked for before it."))
    if followed.course.extension is not None:
        raise Refusal("blueprint.extension_waits", _("More time has been asked for and is not decided yet."))
    if until <= due_on:
        raise Refusal("blueprint.extension_day", _("Choose a day after the deadline."))
    return take_step(followed, StepKind.EXTENSION_ASKED, actor=actor, on=on, now=now, text=said(text), day=until)


@transaction.atomic
def decide_extension(
    *, actor: Actor, item_id: UUID, step_id: UUID, until: date | None, text: str, on: date, now: datetime
) -> WorkStep:
    """`until` None declines. Another day than the one that was asked for may be granted."""
    kind = StepKind.EXTENSION_DECLINED if until is None else StepKind.EXTENSION_GRANTED
    followed = get_followed(actor=actor, item_id=item_id, kind=kind)
    asked = get_step(followed, step_id, (StepKind.EXTENSION_ASKED,))
    if followed.course.extension is None or followed.course.extension.id != asked.id:
        raise Refusal("blueprint.extension_decided", _("This has been decided already."))
    refuse_own(followed, asked, actor)
    if until is not None and followed.course.due_on is not None and until <= followed.course.due_on:
        raise Refusal("blueprint.extension_day", _("Choose a day after the deadline."))
    return take_step(followed, kind, actor=actor, on=on, now=now, about_id=asked.id, day=until, text=said(text))


def refuse_own(followed: Followed, claimed: Step, actor: Actor) -> None:
    """Another party decides: never who asked, nor anybody who belongs to the unit that leads, or led when it asked."""
    if not is_another_party(followed, claimed, actor):
        raise Refusal(
            "blueprint.own_claim",
            _("Another party decides this: not who handed it in, and nobody of the unit that leads."),
        )
