"""The long acts of the workbench in the background. Each looks at the batch first, so it may come twice."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run


def subject(batch_id: int) -> str:
    return f"registers.batch:{batch_id}"


@job()
def stage(run: Run, *, batch_id: int) -> None:
    from sunward.registers.actions.staging import stage_batch

    stage_batch(batch_id=batch_id, conductor=run, now=clock.now())


@job()
def commit(run: Run, *, batch_id: int) -> None:
    from sunward.registers.actions.committing import commit_batch

    commit_batch(batch_id=batch_id, conductor=run, on=clock.today(), now=clock.now())


@job()
def undo(run: Run, *, batch_id: int) -> None:
    from sunward.registers.actions.undoing import undo_batch

    undo_batch(batch_id=batch_id, conductor=run, now=clock.now())


@job()
def look_for_duplicates(run: Run, *, batch_id: int) -> None:
    from sunward.registers.actions.duplicates import look_for_duplicates as look

    look(batch_id=batch_id, conductor=run)
