"""Dropping the demo's workbooks into the workbench, the way its pages do it, here and now."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from sunward.accounts.access import Actor
from sunward.registers.actions.committing import commit_batch, request_commit
from sunward.registers.actions.staging import stage_batch
from sunward.registers.actions.uploading import Upload, start_batch
from sunward.registers.conducting import TerminalConductor
from sunward.registers.models import ImportBatch

_CHUNK = 1024 * 1024


def import_workbooks(paths: Iterable[Path], *, actor: Actor, on: date, now: datetime) -> ImportBatch:
    """Read the files and take over every row that is ready; the others wait for the officer's repair."""
    uploads = [Upload(path.name, _read(path)) for path in paths]
    batch = start_batch(actor=actor, uploads=uploads, judged_on=on, now=now, is_background=False)
    conductor = TerminalConductor()
    stage_batch(batch_id=batch.pk, conductor=conductor, now=now)
    request_commit(actor=actor, batch_id=batch.uid, now=now, is_background=False)
    commit_batch(batch_id=batch.pk, conductor=conductor, on=on, now=now)
    batch.refresh_from_db()
    return batch


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
