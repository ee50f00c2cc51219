"""What the person needs, from when until it was met."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case, Need
from sunward.casework.recording import record_case_act


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
    Need.objects.filter(pk__in=[need.pk for need in met]).update(met_on=on)
    for code, names in (("casework.need_added", added), ("casework.need_met", [need.kind for need in met])):
        for kind in names:
            record_case_act(case, actor=actor, code=code, on=on, now=now, attributes={"need": kind})
