"""What only people know: how far something is, how sure they are, what the head did, who helped out.

A number that the platform counts itself is asked of nobody and taken from nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.access import units_to_charge
from sunward.blueprint.actions.steps import refuse_day_of_step, said, take_step, write_step
from sunward.blueprint.enums import Confidence, GaugeShape, Side, StepKind
from sunward.blueprint.following.chain import CORRECTABLE
from sunward.blueprint.following.gates import Followed, get_followed, get_step, open_followed
from sunward.blueprint.following.steps import Step, standing
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.blueprint.queries.lights import read_gauge
from sunward.core.refusals import NotThere, Refusal

OWN_ACTS = (StepKind.PUSHED, StepKind.COORDINATED, StepKind.SUPERVISED)
_REPORTS = (StepKind.PROGRESS, StepKind.CLAIMED)


@dataclass(frozen=True, slots=True)
class Report:
    text: str
    number: Decimal | None
    happened_on: date


@transaction.atomic
def report_progress(
    *, actor: Actor, item_id: UUID, report: Report, on: date, now: datetime, key: UUID | None = None
) -> WorkStep:  # fmt: skip
    """`number`: what has been reached altogether by that day."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.PROGRESS)
    refuse_report(followed, report, on=on)
    return take_step(
        followed, StepKind.PROGRESS, actor=actor, on=report.happened_on, now=now, key=key,
        text=report.text.strip(), number=report.number,
    )  # fmt: skip


def refuse_report(followed: Followed, report: Report, *, on: date, instead_of: Step | None = None) -> None:
    item = followed.item
    refuse_day_of_step(item, report.happened_on, on=on)
    if report.number is None:
        if instead_of is not None and instead_of.number is not None:
            raise Refusal("blueprint.progress_number", _("Write the right number, or take the entry back."))
        said(report.text)
        return
    if not asks_number(item):
        raise Refusal("blueprint.progress_known", _("The platform knows this number itself: leave it out."))
    if Side.LEAD not in followed.sides and instead_of is None:
        raise Refusal("blueprint.progress_of_lead", _("The unit that leads reports the number; describe your part."))
    if report.number < 0:
        raise Refusal("blueprint.progress_negative", _("A number is zero or more."))
    if read_gauge(item).shape == GaugeShape.GROWING:
        _refuse_falling(followed, report, instead_of)


def asks_number(item: WorkItem) -> bool:
    """Whether anybody has to type the number of this line."""
    return item.target_number is not None and not read_gauge(item).figure_code


def _refuse_falling(followed: Followed, report: Report, instead_of: Step | None) -> None:
    """What was reached altogether does not become less; if it was told wrongly, the wrong entry is corrected."""
    assert report.number is not None
    for step in standing(followed.steps):
        if step.kind not in _REPORTS or step.number is None or step == instead_of:
            continue
        is_before = step.happened_on <= report.happened_on
        if (is_before and step.number > report.number) or (
            step.happened_on > report.happened_on and step.number < report.number
        ):
            raise Refusal(
                "blueprint.progress_falls",
                _("On %(day)s it was %(number)s altogether. If that is wrong, correct that entry first.")
                % {"day": step.happened_on, "number": step.number},
            )


@transaction.atomic
def state_confidence(
    *, actor: Actor, item_id: UUID, confidence: Confidence, text: str, on: date, now: datetime, key: UUID | None = None
) -> WorkStep:  # fmt: skip
    """With what it rests on. It stands beside the light and changes nothing of it."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.CONFIDENCE)
    return take_step(
        followed, StepKind.CONFIDENCE, actor=actor, on=on, now=now, key=key, level=Confidence(confidence),
        text=said(text),
    )  # fmt: skip


@transaction.atomic
def record_own_act(
    *, actor: Actor, item_id: UUID, kind: StepKind, text: str, on: date, now: datetime, key: UUID | None = None
) -> WorkStep:  # fmt: skip
    """That the head pushed it on, coordinated or supervised: what the head did, not what others were told to do."""
    if kind not in OWN_ACTS:
        raise Refusal("blueprint.own_act", _("Say whether it was pushed on, coordinated or supervised."))
    followed = get_followed(actor=actor, item_id=item_id, kind=kind)
    return take_step(followed, kind, actor=actor, on=on, now=now, key=key, text=said(text))


@transaction.atomic
def record_cover(
    *, actor: Actor, item_id: UUID, unit_code: str, text: str, on: date, now: datetime, key: UUID | None = None
) -> WorkStep:  # fmt: skip
    """That a unit helped out. Who leads goes on answering for the line: nothing of it moves."""
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.COVERED)
    item = followed.item
    unit = units_to_charge(item.plan.meeting).filter(code=unit_code).exclude(pk=item.lead_id).first()
    if unit is None:
        raise Refusal("blueprint.cover_unit", _("Choose another unit of this district that helped out."))
    return take_step(followed, StepKind.COVERED, actor=actor, on=on, now=now, key=key, unit=unit, text=said(text))


@transaction.atomic
def thank_cover(
    *, actor: Actor, item_id: UUID, step_id: UUID, text: str, on: date, now: datetime, key: UUID | None = None
) -> WorkStep:  # fmt: skip
    followed = get_followed(actor=actor, item_id=item_id, kind=StepKind.THANKED)
    cover = get_step(followed, step_id, (StepKind.COVERED,))
    if cover.unit_id == followed.item.lead_id and Side.LEAD in followed.sides:
        raise Refusal("blueprint.thanks_to_oneself", _("Thanks come from those who were helped."))
    return take_step(
        followed, StepKind.THANKED, actor=actor, on=on, now=now, key=key, about_id=cover.id, text=text.strip()
    )


@transaction.atomic
def correct_step(
    *, actor: Actor, item_id: UUID, step_id: UUID, report: Report | None, reason: str, on: date, now: datetime
) -> WorkStep:
    """A new row stands for the old one, or takes it back where there is no `report`; the old one stays to be read."""
    followed = open_followed(actor=actor, item_id=item_id)
    WorkItem.objects.select_for_update().get(pk=followed.item.pk)
    followed = open_followed(actor=actor, item_id=item_id)
    old = get_step(followed, step_id, tuple(CORRECTABLE))
    if old.by_id != actor.user_id and Side.KEEPER not in followed.sides:
        raise NotThere("blueprint.step_not_there", _("There is no such entry any more. Look at the line again."))
    if followed.course.is_closed:
        raise Refusal("blueprint.closed_stays", _("This line is closed: what was accepted stays as it was accepted."))
    row = WorkStep.objects.get(pk=old.id)
    if report is None:
        return write_step(
            followed.item, old.kind, actor=actor, on=on, now=now, unit=row.unit, corrects=row, is_withdrawal=True,
            text=said(reason),
        )  # fmt: skip
    if old.kind == StepKind.PROGRESS:
        refuse_report(followed, report, on=on, instead_of=old)
    else:
        said(report.text)
        refuse_day_of_step(followed.item, report.happened_on, on=on)
    return write_step(
        followed.item, old.kind, actor=actor, on=report.happened_on, now=now, unit=row.unit, corrects=row,
        text=report.text.strip(), number=report.number if old.kind == StepKind.PROGRESS else None, level=old.level,
    )  # fmt: skip
