"""An import from beginning to end in this process, as a terminal and the demo want it."""

from datetime import date, datetime

from sunward.accounts.access import Actor
from sunward.registers.actions.committing import commit_batch, request_commit
from sunward.registers.actions.staging import stage_batch
from sunward.registers.conducting import Conductor
from sunward.registers.enums import BatchState
from sunward.registers.models import ImportBatch


def carry_through(*, actor: Actor, batch: ImportBatch, conductor: Conductor, on: date, now: datetime) -> None:
    """Read the batch and take over every row that is ready, from wherever it stands; the others wait for a repair.

    What is taken over or undone already is left alone. Refused as `request_commit` refuses.
    """
    if batch.state == BatchState.STAGING:
        stage_batch(batch_id=batch.pk, conductor=conductor, now=now)
        batch.refresh_from_db()
    if batch.state == BatchState.STAGED:
        request_commit(actor=actor, batch_id=batch.uid, now=now, is_background=False)
        batch.refresh_from_db()
    if batch.state == BatchState.COMMITTING:
        commit_batch(batch_id=batch.pk, conductor=conductor, on=on, now=now)
        batch.refresh_from_db()
