"""How a step of a line is written: the row, the fact and the entry in the record of acts, in one transaction."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import WORK_SUBJECT, work_subject
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.enums import StepKind
from sunward.blueprint.following.gates import Followed
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact


def take_step(
    followed: Followed, kind: StepKind, *, actor: Actor, on: date, now: datetime, key: UUID | None = None,
    **columns: Any,
) -> WorkStep:  # fmt: skip
    """`on` is the day on which it happened. For whom it is taken follows from the actor's capacity.

    `key` is the form's own: sent twice, it is one step. The line is locked, so that the second sees the first.
    """
    if key is not None:
        known = followed.item.steps.filter(uid=key, kind=kind, recorded_by_id=actor.user_id).first()
        if known is not None:
            return known
        columns["uid"] = key
    columns.setdefault("unit", followed.unit_for(kind))
    return write_step(followed.item, kind, actor=actor, on=on, now=now, **columns)


def write_step(item: WorkItem, kind: StepKind, *, actor: Actor, on: date, now: datetime, **columns: Any) -> WorkStep:
    refuse_numbers(columns.get("text", ""))
    try:
        with transaction.atomic():
            row = WorkStep.objects.create(
                item=item, kind=kind, happened_on=on, recorded_at=now, recorded_by_id=actor.user_id, **columns
            )
    except IntegrityError as error:
        raise Conflict(
            "blueprint.step_taken", _("Somebody else has just done this. Look at the line again.")
        ) from error
    code = f"blueprint.{kind}"
    record_fact(
        NewFact(
            kind=code, subject_kind=WORK_SUBJECT, subject_id=item.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=item.lead_id, unit_path=item.unit_path, attributes={"step": row.pk},
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=work_subject(item), unit_path=item.unit_path, step=row.pk)
    return row


def lock_lines(keys: Iterable[int]) -> None:
    """For acts on several lines: all are locked, in one order, before the first step is written.

    Every act takes lines first and the record of acts last; one that went on to a further line with the record in its
    hands would wait for somebody who waits for the record.
    """
    locked = WorkItem.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    list(locked.values_list("pk"))


def said(text: str) -> str:
    """Words that somebody else decides by are there."""
    if not text.strip():
        raise Refusal("blueprint.step_text", _("Say it in words: somebody else decides by them."))
    return text.strip()


def refuse_day_of_step(item: WorkItem, happened_on: date, *, on: date) -> None:
    if not item.plan.meeting.met_on <= happened_on <= on:
        raise Refusal("blueprint.step_day", _("Choose a day between the meeting and today."))
