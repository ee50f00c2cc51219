"""Taking over what was accepted: chunk by chunk, each one transaction that also marks its rows.

Whoever is killed in between leaves whole chunks; the next run goes on with the rows that are still staged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from pydantic_core import from_json

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import User
from sunward.core.bulk import many_objects, open_sealed, update_rows
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict, Refusal
from sunward.registers import jobs
from sunward.registers.access import batch_subject, get_batch_for_change, visible_batches
from sunward.registers.actions.staging import OUTSIDE, places_by_code, room_needed
from sunward.registers.conducting import Conductor
from sunward.registers.counting import count_rows, ready
from sunward.registers.enums import BatchState, Outcome, RowState
from sunward.registers.intake import JoiningIntake, Place, Taken, Taking, Values
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.programmes import intakes
from sunward.registers.sheets.nearness import SAME_CODE

# Each chunk rewrites the pages of four random indexes; on SQLite it holds the write lock for less than a second.
CHUNK = 3000


@transaction.atomic
def request_commit(*, actor: Actor, batch_id: UUID, now: datetime, is_background: bool = True) -> ImportBatch:
    """Decide that the accepted rows are taken over. Of two people who press at once, the second is told."""
    batch = get_batch_for_change(actor=actor, batch_id=batch_id)
    refuse_unless_staged(batch)
    if not batch.rows.filter(ready()).exists():
        raise Refusal(
            "registers.nothing_to_take_over",
            _("No row is ready to be taken over. Repair the rows that need it, then try again."),
        )
    batch.state = BatchState.COMMITTING
    batch.committed_by_id = actor.user_id or None
    batch.version += 1
    if is_background:
        batch.job = enqueue(jobs.commit.about(jobs.subject(batch.pk)), batch_id=batch.pk)
    batch.save(update_fields=["state", "committed_by", "job", "version"])
    record_act(
        actor=actor, code="registers.commit_requested", now=now, subject=batch_subject(batch),
        unit_path=batch.unit_path, rows=batch.counts.get("ready", 0),
    )  # fmt: skip
    return batch


def refuse_unless_staged(batch: ImportBatch) -> None:
    """Only a batch that was read and not yet taken over can be changed or taken over."""
    if batch.state in (BatchState.COMMITTING, BatchState.COMMITTED):
        raise Conflict(
            "registers.already_committing", _("Somebody has taken this import over already. Look at the page again.")
        )
    if batch.state != BatchState.STAGED:
        raise Conflict("registers.not_ready", _("This import is not ready for that. Look at the page again."))


def commit_batch(*, batch_id: int, conductor: Conductor, on: date, now: datetime) -> None:
    """Take the ready rows over, until none is left."""
    with room_needed(), many_objects():
        batch = ImportBatch.objects.select_related("unit", "committed_by").get(pk=batch_id)
        if batch.state != BatchState.COMMITTING:
            return
        taking = _prepare(batch, on=on, now=now)
        total = batch.rows.filter(ready()).count()
        done = batch.rows.filter(state=RowState.COMMITTED).count()
        total += done
        while True:
            conductor.report(done=done, total=total)
            with conductor.step():
                taken = _take_chunk(batch.pk, taking)
            if not taken:
                break
            done += taken
        _finish(batch.pk, taking, conductor)


def _prepare(batch: ImportBatch, *, on: date, now: datetime) -> Taking:
    """Who presses may lose the post before the work is done: then the work is not done in their name."""
    actor = _actor(batch.committed_by, on=on)
    if actor.user_id and not visible_batches(actor).filter(pk=batch.pk).exists():
        raise Refusal(
            "registers.post_lost",
            _("Whoever started this no longer holds the post for it. Somebody else has to start it."),
        )
    return Taking(
        actor=actor, batch_id=batch.pk, home=Place(batch.unit_id, batch.unit_path), on=batch.judged_on, now=now,
        places=places_by_code(),
    )  # fmt: skip


def _actor(user: User | None, *, on: date) -> Actor:
    return read_actor(user, on=on) if user is not None else Actor.system()


@dataclass(frozen=True, slots=True)
class _Row:
    """`original`: the staged row, and the record, that it joins as a further source; None where it stands alone."""

    pk: int
    kind: str
    values: Values
    original: tuple[int | None, int | None] | None = None


def _take_chunk(batch_id: int, taking: Taking) -> int:
    """The next rows, within the caller's transaction; the batch's lock keeps a second worker out."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return 0
    found = (
        batch.rows.filter(ready())
        .order_by("pk")
        .values_list("pk", "uid", "record", "sheet__kind", "codes", "duplicate_row", "duplicate_id")[:CHUNK]
    )
    rows = [
        _Row(
            pk,
            kind,
            from_json(open_sealed(StagedRow, "record", uid, values)),
            (staged, record) if SAME_CODE in codes else None,
        )
        for pk, uid, values, kind, codes, staged, record in found
    ]
    for kind, group in groupby(rows, key=lambda row: row.kind):
        together = list(group)
        # What they join may stand in the same chunk.
        _take(kind, [row for row in together if row.original is None], taking)
        _join(kind, [row for row in together if row.original is not None], taking)
    return len(rows)


def _join(kind: str, rows: Sequence[_Row], taking: Taking) -> None:
    """Rows that a person called the same as another. Where that one did not come in, they stand for themselves."""
    intake = intakes()[kind]
    if not rows or not isinstance(intake, JoiningIntake):
        return _take(kind, rows, taking)
    originals = {row.original[0] for row in rows if row.original and row.original[0]}
    made = dict(StagedRow.objects.filter(pk__in=originals).values_list("pk", Coalesce("created_id", "duplicate_id")))
    targets = [(row, row.original[1] or made.get(row.original[0] or 0)) for row in rows if row.original]
    joining = [(row, target) for row, target in targets if target]
    joined = intake.join([(target, row.values) for row, target in joining], taking=taking)
    pairs = [(row.pk, one) for (row, _target), one in zip(joining, joined, strict=True)]
    _mark_taken([(pk, one) for pk, one in pairs if one.is_new])
    _mark_known([(pk, one) for pk, one in pairs if not one.is_new])
    return _take(kind, [row for row, target in targets if not target], taking)


def _take(kind: str, rows: Sequence[_Row], taking: Taking) -> None:
    if not rows:
        return
    intake = intakes()[kind]
    paths = [intake.place(row.values, home=taking.home, places=taking.places).path for row in rows]
    inside = [row for row, path in zip(rows, paths, strict=True) if path.startswith(taking.home.path)]
    pairs = list(zip(inside, intake.take([row.values for row in inside], taking=taking), strict=True))
    refused = {row.pk: one.refused for row, one in pairs if one.refused}
    _mark_taken([(row.pk, one) for row, one in pairs if one.is_new])
    _mark_known([(row.pk, one) for row, one in pairs if not one.is_new and not one.refused])
    refused |= dict.fromkeys({row.pk for row in rows} - {row.pk for row in inside}, OUTSIDE)
    for code in set(refused.values()):
        keys = [pk for pk, why in refused.items() if why == code]
        StagedRow.objects.filter(pk__in=keys).update(outcome=Outcome.REJECTED, codes=[code])


def _mark_taken(rows: Sequence[tuple[int, Taken]]) -> None:
    update_rows(
        StagedRow,
        ("state", "created_kind", "created_id", "registered"),
        [(pk, RowState.COMMITTED.value, one.kind, one.id, one.persons) for pk, one in rows],
    )


def _mark_known(rows: Sequence[tuple[int, Taken]]) -> None:
    """Somebody else's import or hand was faster: the row changes nothing and says so."""
    update_rows(
        StagedRow,
        ("outcome", "duplicate_kind", "duplicate_id"),
        [(pk, Outcome.DUPLICATE.value, one.kind, one.id) for pk, one in rows],
    )


def _finish(batch_id: int, taking: Taking, conductor: Conductor) -> None:
    with conductor.step():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.state != BatchState.COMMITTING:
            return
        batch.state = BatchState.COMMITTED
        batch.committed_at = taking.now
        batch.counts = count_rows(batch)
        batch.version += 1
        batch.save(update_fields=["state", "committed_at", "counts", "version"])
        record_act(
            actor=taking.actor, code="registers.batch_committed", now=taking.now, subject=batch_subject(batch),
            unit_path=batch.unit_path, rows=batch.counts["committed"],
        )  # fmt: skip
        enqueue(jobs.look_for_duplicates.about(jobs.subject(batch.pk)), batch_id=batch.pk)
