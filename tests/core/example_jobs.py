"""Jobs for the tests of the queue. Their effect is a row in the search index, the one plain table that core has."""

import time
from pathlib import Path

from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.core.models import SearchEntry
from sunward.core.refusals import Refusal


def leave_mark(object_id: int) -> None:
    SearchEntry.objects.create(kind="mark", object_id=object_id, unit_path="/", text="mark", grams="")


def marks() -> int:
    return SearchEntry.objects.filter(kind="mark").count()


@job()
def mark(run: Run, *, object_id: int) -> None:
    run.report(total=2, done=1, code="example.half", sentence="half")
    with run.step():
        leave_mark(object_id)


@job()
def mark_slowly(run: Run, *, object_id: int, gate: str) -> None:
    """Marks, and then sits in the open step until the gate is opened."""
    run.report(done=1)
    with run.step():
        leave_mark(object_id)
        while not Path(gate).exists():
            time.sleep(0.02)


@job()
def stumble(run: Run, *, words: str = "") -> None:
    raise RuntimeError(words)


@job()
def refuse(run: Run) -> None:
    raise Refusal("example.refused", "Not like this.")


@job(cron="*/5 * * * *")
def come_by_itself(run: Run) -> None:
    with run.step():
        leave_mark(run.id)
