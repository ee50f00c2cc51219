"""Starting a run or a preview."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict
from sunward.ledger.actions import NewFact, record_fact
from sunward.matching import jobs
from sunward.matching.access import get_policy, get_unit
from sunward.matching.enums import RunState
from sunward.matching.models import PolicyVersion, Run

RUN_SUBJECT = "matching_run"


@transaction.atomic
def start_run(*, actor: Actor, policy_id: UUID, unit_path: str, on: date, now: datetime) -> Run:
    """Match now, under the newest version of the policy; a job does the work."""
    unit = get_unit(actor=actor, unit_path=unit_path, on=on)
    policy = get_policy(actor=actor, policy_id=policy_id)
    version = policy.versions.select_for_update().first()
    assert version is not None, "a policy is never without a version"
    if _unfinished(policy_id=policy.pk, unit_path=unit_path).exists():
        raise Conflict("matching.already_running", _("A matching for this unit is under way already. Wait for it."))
    run = Run.objects.create(version=version, unit_path=unit.path, matched_on=on, made_by_id=actor.user_id, made_at=now)
    _enqueue(run)
    record_fact(
        NewFact(
            kind="matching.run_started", subject_kind=RUN_SUBJECT, subject_id=run.pk, happened_on=on,
            actor_id=actor.user_id, unit_id=unit.pk, unit_path=unit.path, attributes={"version": version.number},
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code="matching.run_started", now=now, subject=Subject(RUN_SUBJECT, run.pk), unit_path=unit.path,
        version=version.pk,
    )  # fmt: skip
    return run


@transaction.atomic
def start_preview(
    *, actor: Actor, version: PolicyVersion, draft: dict[str, Any], unit_path: str, on: date, now: datetime
) -> Run:
    """Find out what a draft would change, without saving it."""
    unit = get_unit(actor=actor, unit_path=unit_path, on=on)
    run = Run.objects.create(
        version=version, draft=draft, is_preview=True, unit_path=unit.path, matched_on=on, made_by_id=actor.user_id,
        made_at=now,
    )  # fmt: skip
    _enqueue(run)
    return run


def _enqueue(run: Run) -> None:
    run.job = enqueue(jobs.match.about(f"matching.run:{run.pk}"), run_id=run.pk)
    run.save(update_fields=["job"])


def _unfinished(*, policy_id: int, unit_path: str) -> Any:
    return Run.objects.filter(
        version__policy=policy_id, unit_path=unit_path, is_preview=False, state__in=(RunState.QUEUED, RunState.RUNNING)
    ).filter(job__state__in=("waiting", "running"))
