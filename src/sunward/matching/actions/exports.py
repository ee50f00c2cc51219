"""Names that leave the house are on record."""

from datetime import datetime

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.matching.actions.runs import RUN_SUBJECT
from sunward.matching.models import Run


@transaction.atomic
def record_export(*, actor: Actor, run: Run, count: int, now: datetime) -> None:
    record_act(
        actor=actor, code="matching.proposals_exported", now=now, subject=Subject(RUN_SUBJECT, run.pk),
        unit_path=run.unit_path, rows=count,
    )  # fmt: skip
