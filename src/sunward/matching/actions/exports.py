"""Names that leave the house are on record."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act, record_looks
from sunward.audit.chain import Subject
from sunward.matching.actions.runs import RUN_SUBJECT
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Run


@transaction.atomic
def record_export(*, actor: Actor, run: Run, named: Iterable[tuple[int, str]], now: datetime) -> None:
    """`named`: those for whom somebody is proposed, with their units' paths; a look at the file of each."""
    named = list(named)
    record_act(
        actor=actor, code="matching.proposals_exported", now=now, subject=Subject(RUN_SUBJECT, run.pk),
        unit_path=run.unit_path, rows=len(named),
    )  # fmt: skip
    subject = declaration_of(run.version.policy.programme).subject
    record_looks(
        actor=actor, code="matching.proposal_exported", now=now, purpose="export",
        at=[(subject(left_id), unit_path) for left_id, unit_path in named],
    )  # fmt: skip
