"""Undoing a whole batch: what it made is taken away again, unless something else has happened to it since.

Facts are withdrawn by rows of their own, never erased; what has to stay says why.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.bulk import update_rows
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict
from sunward.people.actions import forget_persons
from sunward.registers import jobs
from sunward.registers.access import batch_subject, get_batch_for_change
from sunward.registers.actions.staging import room_needed
from sunward.registers.conducting import Conductor
from sunward.registers.counting import count_rows
from sunward.registers.enums import BatchState, RowState
from sunward.registers.intake import Intake, JoiningIntake
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.programmes import intakes

CHUNK = 500


@transaction.atomic
def request_undo(*, actor: Actor, batch_id: UUID, now: datetime, is_background: bool = True) -> ImportBatch:
    """Decide that the batch is taken back."""
    batch = get_batch_for_change(actor=actor, batch_id=batch_id)
    if batch.state in (BatchState.UNDOING, BatchState.UNDONE):
        raise Conflict(
            "registers.already_undoing", _("Somebody has undone this import already. Look at the page again.")
        )
    if batch.state != BatchState.COMMITTED:
        raise Conflict("registers.not_committed", _("Only an import that was taken over can be undone."))
    batch.state = BatchState.UNDOING
    batch.undone_by_id = actor.user_id or None
    batch.version += 1
    if is_background:
        batch.job = enqueue(jobs.undo.about(jobs.subject(batch.pk)), batch_id=batch.pk)
    batch.save(update_fields=["state", "undone_by", "job", "version"])
    record_act(
        actor=actor, code="registers.undo_requested", now=now, subject=batch_subject(batch), unit_path=batch.unit_path,
        rows=batch.counts.get("committed", 0),
    )  # fmt: skip
    return batch


def undo_batch(*, batch_id: int, conductor: Conductor, now: datetime) -> None:
    """Take back the rows that were taken over, the last ones first, until none is left that can go."""
    with room_needed():
        rows = StagedRow.objects.filter(batch=batch_id)
        total = rows.filter(state__in=(RowState.COMMITTED, RowState.UNDONE)).count()
        done = rows.filter(state=RowState.UNDONE).count()
        while True:
            conductor.report(done=done, total=total)
            with conductor.step():
                gone = _undo_chunk(batch_id, now=now)
            if not gone:
                break
            done += gone
        _forget_people(batch_id, conductor)
        _finish(batch_id, conductor, now=now)


def _undo_chunk(batch_id: int, *, now: datetime) -> int:
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.state != BatchState.UNDOING:
        return 0
    rows = list(
        batch.rows.filter(state=RowState.COMMITTED, kept_because="")
        .order_by("-pk")
        .select_related("sheet")
        .only("pk", "created_kind", "created_id", "registered", "batch_id", "sheet__kind")[:CHUNK]
    )
    # Files of two programmes are records of one kind: whoever has made one takes it back.
    for (kind, is_record), group in groupby(sorted(rows, key=_kind_of), key=_kind_of):
        _take_back(intakes()[kind], group, is_joined=not is_record, now=now)
    return len(rows)


def _kind_of(row: StagedRow) -> tuple[str, bool]:
    """What joined a record goes before the record."""
    return row.sheet.kind, row.created_kind == intakes()[row.sheet.kind].record_kind


def _take_back(intake: Intake, rows: Iterable[StagedRow], *, is_joined: bool, now: datetime) -> None:
    by_record = {row.created_id: row for row in rows if row.created_id is not None}
    if is_joined and isinstance(intake, JoiningIntake):
        kept = intake.take_back_joined(list(by_record), now=now)
    else:
        kept = intake.take_back({number: row.registered for number, row in by_record.items()}, now=now)
    because = {one.id: one.because for one in kept}
    update_rows(
        StagedRow,
        ("state", "kept_because"),
        [
            (row.pk, RowState.COMMITTED.value if number in because else RowState.UNDONE.value, because.get(number, ""))
            for number, row in by_record.items()
        ],
    )


def _forget_people(batch_id: int, conductor: Conductor) -> None:
    """Persons whom only this batch spoke of go last: a guardian may have stood in several rows."""
    last = 0
    while True:
        with conductor.step():
            rows = list(
                StagedRow.objects.filter(batch=batch_id, state=RowState.UNDONE, pk__gt=last)
                .order_by("pk")
                .values_list("pk", "registered")[:CHUNK]
            )
            forget_persons(person for _pk, persons in rows for person in persons)
        if not rows:
            return
        last = rows[-1][0]


def _finish(batch_id: int, conductor: Conductor, *, now: datetime) -> None:
    with conductor.step():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.state != BatchState.UNDOING:
            return
        batch.state = BatchState.UNDONE
        batch.undone_at = now
        batch.counts = count_rows(batch)
        batch.version += 1
        batch.save(update_fields=["state", "undone_at", "counts", "version"])
        user = batch.undone_by
        record_act(
            actor=Actor(user.pk, str(user), now.date()) if user else Actor.system(), code="registers.batch_undone",
            now=now, subject=batch_subject(batch), unit_path=batch.unit_path, rows=batch.counts["undone"],
            kept=batch.counts["committed"],
        )  # fmt: skip
