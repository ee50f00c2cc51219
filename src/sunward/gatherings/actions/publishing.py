"""The steps of a gathering's life: published, cancelled, held."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Refusal
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.actions.planning import lock_gathering, refuse_unpublishable
from sunward.gatherings.attending import record_attendance_facts
from sunward.gatherings.declaration import tell_programme_of_holding
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, RoadshowSlot, SignUp
from sunward.gatherings.news import NewsKind
from sunward.gatherings.recording import (
    SIGN_UP_SUBJECT,
    record_gathering_act,
    record_gathering_fact,
    withdraw_head_facts,
)
from sunward.gatherings.telling import tell
from sunward.ledger.actions import withdraw_many


@transaction.atomic
def publish_gathering(*, actor: Actor, gathering_id: UUID, version: int, on: date, now: datetime) -> Gathering:
    """Open it to whoever may sign up. Refused while something is missing that has to be known before."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    if gathering.state != GatheringState.DRAFT:
        raise Refusal("gatherings.not_a_draft", _("This is published already, or it is a template."))
    refuse_unpublishable(gathering)
    if gathering.sessions.filter(ends_at__gt=now).first() is None:
        raise Refusal("gatherings.time_over", _("The time you gave is over already."))
    gathering.state, gathering.published_at = GatheringState.PUBLISHED, now
    gathering.version += 1
    gathering.save()
    record_gathering_fact(gathering, actor=actor, kind="gatherings.gathering_published", on=on, now=now)
    record_gathering_act(gathering, actor=actor, code="gatherings.gathering_published", now=now)
    return gathering


@transaction.atomic
def cancel_gathering(
    *, actor: Actor, gathering_id: UUID, version: int, reason: str, on: date, now: datetime
) -> Gathering:
    """Call it off, with the reason; everybody who is signed up hears of it, also who was waiting."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    if gathering.state != GatheringState.PUBLISHED:
        raise Refusal("gatherings.not_published", _("Only what is published can be cancelled."))
    if not reason.strip():
        raise Refusal("gatherings.reason_missing", _("Write down why."))
    gathering.state, gathering.cancel_reason = GatheringState.CANCELLED, reason.strip()[:200]
    gathering.version += 1
    gathering.save()
    rows = list(SignUp.objects.standing().filter(gathering=gathering).select_related("person"))
    withdraw_many(subject_kind=GATHERING_SUBJECT, subject_ids=[gathering.pk], now=now)
    withdraw_head_facts([row.pk for row in rows], subject_kind=SIGN_UP_SUBJECT, now=now)
    tell(gathering, rows, NewsKind.CANCELLED, now=now)
    record_gathering_act(gathering, actor=actor, code="gatherings.gathering_cancelled", now=now, heads=len(rows))
    return gathering


@transaction.atomic
def discard_draft(*, actor: Actor, gathering_id: UUID, version: int, now: datetime) -> None:
    """Throw away a draft or a template; nobody outside has ever seen it."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    if gathering.state == GatheringState.PUBLISHED:
        raise Refusal("gatherings.published_already", _("This is published. Cancel it, so that everybody hears of it."))
    if RoadshowSlot.objects.filter(gathering=gathering).exists():
        raise Refusal(
            "gatherings.of_a_roadshow",
            _("A roadshow has made this. Take the roadshow back, or publish this and cancel it."),
        )
    record_gathering_act(gathering, actor=actor, code="gatherings.draft_discarded", now=now)
    gathering.delete()


@transaction.atomic
def finish_gathering(
    *,
    actor: Actor,
    gathering_id: UUID,
    version: int,
    summary: str,
    on: date,
    now: datetime,
    reported_attendance: int | None = None,
) -> Gathering:
    """It was held: write what came of it, and the facts that figures count.

    `reported_attendance` is a head count, where nobody was checked in by name or more came than were.
    """
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    if gathering.state != GatheringState.PUBLISHED:
        raise Refusal("gatherings.not_published", _("Only what was published can have been held."))
    if not gathering.sessions.filter(begins_at__lte=now).exists():
        raise Refusal("gatherings.not_begun", _("It has not begun yet."))
    gathering.state, gathering.summary = GatheringState.HELD, summary.strip()
    gathering.reported_attendance = reported_attendance
    gathering.version += 1
    gathering.save()
    held_on = min(gathering.ends_on or on, on)
    record_gathering_fact(gathering, actor=actor, kind="gatherings.gathering_held", on=held_on, now=now)
    if reported_attendance is not None:
        record_gathering_fact(
            gathering, actor=actor, kind="gatherings.attendance_reported", on=held_on, now=now,
            quantity=Decimal(reported_attendance),
        )  # fmt: skip
    came = record_attendance_facts(gathering, actor=actor, now=now)
    tell_programme_of_holding(gathering, actor=actor, on=held_on, now=now)
    record_gathering_act(gathering, actor=actor, code="gatherings.gathering_held", now=now, came=came)
    return gathering
