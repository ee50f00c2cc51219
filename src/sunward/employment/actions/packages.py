"""A service package is started on a file, or stopped: what is left of its steps leaves the list."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.packages import PACKAGES, PackageKind, compose
from sunward.employment.queries.packages import STARTED, list_packages

STOPPED = "employment.package_stopped"


@transaction.atomic
def start_packages(*, actor: Actor, case_id: UUID, packages: Sequence[str], on: date, now: datetime) -> list[FollowUp]:
    """The steps of all of them together. What runs already is not started again, so a second press changes nothing."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if not packages or any(code not in PACKAGES for code in packages):
        raise Refusal("employment.package_unknown", _("Choose at least one package."))
    running = {row.kind for row in list_packages(case) if row.is_running}
    fresh = [PackageKind(code) for code in dict.fromkeys(packages) if code not in running]
    made = {
        step: _promise(case, step.kind, on + timedelta(days=step.days), actor=actor, on=on, now=now)
        for step in compose(PACKAGES[kind] for kind in fresh)
    }
    for kind in fresh:
        own = [row.pk for step, row in made.items() if any(step.stands_for(other) for other in PACKAGES[kind])]
        record_case_act(
            case, actor=actor, code=STARTED, on=on, now=now, attributes={"package": str(kind), "follow_ups": own}
        )  # fmt: skip
    return list(made.values())


@transaction.atomic
def stop_package(*, actor: Actor, case_id: UUID, kind: str, on: date, now: datetime) -> int:
    """What is left to do of it and of no other package is not needed any more; each step can be brought back by itself.

    Returns how many.
    """
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    rows = list_packages(case)
    stopped = next((row for row in rows if row.kind == kind), None)
    if stopped is None:
        raise NotThere("employment.package_not_there", _("There is no such package on this file."))
    others = {step.id for row in rows if row.kind != kind and row.is_running for step in row.steps}
    left = case.follow_ups.filter(pk__in=[step.id for step in stopped.steps], state=FollowUpState.DUE)
    dropped = list(left.exclude(pk__in=others))
    for follow_up in dropped:
        settle_follow_up(follow_up, FollowUpState.DROPPED, case=case, actor=actor, on=on, now=now)
    if dropped:
        record_case_act(case, actor=actor, code=STOPPED, on=on, now=now, attributes={"package": kind})
    return len(dropped)


def _promise(case: Case, kind: str, due_on: date, *, actor: Actor, on: date, now: datetime) -> FollowUp:
    """The same step for the same day is on the list once, whoever wrote it there."""
    same = case.follow_ups.filter(kind=kind, due_on=due_on, note="", state=FollowUpState.DUE).first()
    return same or promise_follow_up(actor=actor, case=case, kind=kind, due_on=due_on, on=on, now=now)
