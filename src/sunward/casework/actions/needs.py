"""What the person needs, from when until it was met."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import CASE_SUBJECT, case_subject, get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case, Need
from sunward.casework.recording import record_case_act, withdraw_facts


@transaction.atomic
def set_needs(*, actor: Actor, case_id: UUID, kinds: Iterable[str], on: date, now: datetime) -> Case:
    """Bring the open needs to exactly `kinds`: what is new begins today, what is gone was met today."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    write_needs(case, kinds, actor=actor, on=on, now=now)
    return case


def write_needs(case: Case, kinds: Iterable[str], *, actor: Actor, on: date, now: datetime) -> None:
    wanted = dict.fromkeys(kinds)
    held = {need.kind: need for need in case.needs.filter(met_on=None)}
    added = [kind for kind in wanted if kind not in held]
    met = [need for kind, need in held.items() if kind not in wanted]
    for kind in added:
        # The same need, met and felt again on one day, is one need.
        Need.objects.update_or_create(case=case, kind=kind, from_on=on, defaults={"met_on": None})
    for kind in added:
        record_case_act(case, actor=actor, code="casework.need_added", on=on, now=now, attributes={"need": kind})
    for need in met:
        meet_need(case, need, actor=actor, on=on, now=now)


def meet_need(case: Case, need: Need, *, actor: Actor, on: date, now: datetime) -> None:
    need.met_on = on
    need.save(update_fields=["met_on"])
    record_case_act(case, actor=actor, code="casework.need_met", on=on, now=now, attributes={"need": need.kind})


def feel_need_again(case: Case, need: Need, *, actor: Actor, now: datetime) -> None:
    """Undo: it was not met after all. If the same need has been written down anew meanwhile, that one stands."""
    if case.needs.filter(kind=need.kind, met_on=None).exists():
        return
    withdraw_facts(
        subject=(CASE_SUBJECT, case.pk), now=now, kinds=("casework.need_met",), happened_on=need.met_on,
        attributes__need=need.kind,
    )  # fmt: skip
    need.met_on = None
    need.save(update_fields=["met_on"])
    record_act(
        actor=actor, code="casework.need_felt_again", now=now, subject=case_subject(case), unit_path=case.unit_path,
        need=need.kind,
    )  # fmt: skip
