"""The office has lists drawn, looks at them, and has everybody told, or drops them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict
from sunward.employment import jobs
from sunward.employment.access.shortlists import (
    get_drawable_unit,
    get_shortlist_for_change,
    shortlist_subject,
)
from sunward.employment.enums import ShortlistState, StepKind
from sunward.employment.models import Recommendation, ShortlistRun
from sunward.employment.shortlists.policy import DEFAULT, write_policy


@transaction.atomic
def start_shortlist(*, actor: Actor, unit_code: str, on: date, now: datetime) -> ShortlistRun:
    """A job does the work. One at a time for a unit: whoever presses twice waits for the same lists."""
    unit = get_drawable_unit(actor=actor, code=unit_code)
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    under_way = ShortlistRun.objects.filter(unit=unit, state=ShortlistState.QUEUED).first()
    if under_way is not None:
        return under_way
    run = ShortlistRun.objects.create(
        unit=unit, unit_path=unit.path, drawn_on=on, policy=write_policy(DEFAULT), made_by_id=actor.user_id,
        made_at=now,
    )  # fmt: skip
    run.job = enqueue(jobs.draw_shortlist.about(f"employment.shortlist:{run.pk}"), run_id=run.pk)
    run.save(update_fields=["job"])
    _record(run, "employment.shortlist_started", actor=actor, now=now)
    return run


@transaction.atomic
def tell_shortlist(*, actor: Actor, shortlist_id: UUID, on: date, now: datetime) -> ShortlistRun:
    """Everybody is told, in the background. Said twice, everybody is told once."""
    run = get_shortlist_for_change(actor=actor, shortlist_id=shortlist_id)
    if run.told_at is not None:
        return run
    if run.state != ShortlistState.DRAWN:
        raise Conflict("employment.shortlist_not_drawn", _("These lists cannot be told. Look at them again."))
    if run.drawn_on != on:
        raise Conflict(
            "employment.shortlist_old",
            _("These lists are of another day. Have new ones drawn: vacancies have changed."),
        )
    run.told_at, run.told_by_id = now, actor.user_id
    run.job = enqueue(jobs.tell_shortlist.about(f"employment.shortlist_told:{run.pk}"), run_id=run.pk)
    run.save(update_fields=["told_at", "told_by_id", "job"])
    _record(run, "employment.shortlist_told", actor=actor, now=now)
    return run


@transaction.atomic
def drop_shortlist(*, actor: Actor, shortlist_id: UUID, now: datetime) -> ShortlistRun:
    """Nobody hears of it: its lines go."""
    run = get_shortlist_for_change(actor=actor, shortlist_id=shortlist_id)
    if run.state == ShortlistState.DROPPED:
        return run
    if run.told_at is not None:
        raise Conflict("employment.shortlist_told", _("People are being told already. It cannot be dropped any more."))
    Recommendation.objects.filter(run=run, step=StepKind.DRAWN).delete()
    run.state = ShortlistState.DROPPED
    run.save(update_fields=["state"])
    _record(run, "employment.shortlist_dropped", actor=actor, now=now)
    return run


def _record(run: ShortlistRun, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, code=code, now=now, subject=shortlist_subject(run), unit_path=run.unit_path)
