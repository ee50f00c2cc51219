"""What a person does to a single row before the import is taken over: repair it, leave it out, decide on a likeness."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, Refusal
from sunward.registers.access import batch_subject, get_batch_for_change, get_row_for_change
from sunward.registers.actions.committing import refuse_unless_staged
from sunward.registers.actions.staging import confine, dump, places_by_code, record_of
from sunward.registers.counting import count_rows
from sunward.registers.enums import Outcome, RowState
from sunward.registers.intake import Place
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.programmes import is_certain
from sunward.registers.rejudging import StagedIdentities
from sunward.registers.sheets.layouts import Layout
from sunward.registers.sheets.nearness import ANOTHER, DECISION, SAME
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.sheets.staging import RawValue, stage_raw

LONGEST_CELL = 100_000  # a description is kept whole
ELSEWHERE = "known_elsewhere"


@transaction.atomic
def repair_row(*, actor: Actor, batch_id: UUID, row_id: UUID, cells: Mapping[str, str], now: datetime) -> StagedRow:
    """Put the row's cells right; it is judged again by the same code that read the sheet."""
    batch, row = _get_open_row(actor=actor, batch_id=batch_id, row_id=row_id)
    kind = sheet_kinds()[row.sheet.kind]
    readable = {entry.key for entry in kind.fields if entry.read is not None}
    if any(key not in readable or len(text) > LONGEST_CELL for key, text in cells.items()):
        raise Refusal("registers.cell_impossible", _("One of the cells cannot be filled like this."))
    raw = json.loads(row.raw or row.record)
    raw.update({key: text for key, text in cells.items() if str(raw.get(key, "")) != text})
    _judge_again(batch, row, raw)
    _close(batch, row, actor=actor, code="registers.row_repaired", now=now)
    return row


def _judge_again(batch: ImportBatch, row: StagedRow, raw: Mapping[str, RawValue]) -> None:
    kind = sheet_kinds()[row.sheet.kind]
    judged = stage_raw(
        raw, kind, row=row.row, on=batch.judged_on, identities=StagedIdentities(batch, leaving_out=row.pk),
        file=row.sheet.file.name, sheet=row.sheet.name,
        subdistrict=Layout.from_dict(row.sheet.layout).subdistrict_at(row.row),
    )  # fmt: skip
    judged = confine(judged, kind.key, Place(batch.unit_id, batch.unit_path), places_by_code())
    row.raw, row.record = dump(raw), dump(judged.values)
    row.outcome, row.codes, row.is_repaired = judged.outcome, list(judged.codes), True
    row.duplicate_kind, row.duplicate_id = record_of(judged.duplicate_of)
    row.duplicate_row = _original(batch, judged.duplicate_of)
    row.state = RowState.STAGED
    row.save()


def _original(batch: ImportBatch, place: object) -> StagedRow | None:
    file, sheet, row = (getattr(place, name, "") for name in ("file", "sheet", "row"))
    return batch.rows.filter(sheet__file__name=file, sheet__name=sheet, row=row).first() if file else None


@transaction.atomic
def skip_row(*, actor: Actor, batch_id: UUID, row_id: UUID, now: datetime) -> StagedRow:
    """Leave a row out of this import."""
    batch, row = _get_open_row(actor=actor, batch_id=batch_id, row_id=row_id)
    row.state = RowState.SKIPPED
    row.save(update_fields=["state"])
    _close(batch, row, actor=actor, code="registers.row_skipped", now=now)
    return row


@transaction.atomic
def take_row_back_in(*, actor: Actor, batch_id: UUID, row_id: UUID, now: datetime) -> StagedRow:
    """A row that was left out is in again."""
    batch, row = _get_open_row(actor=actor, batch_id=batch_id, row_id=row_id)
    row.state = RowState.STAGED
    row.save(update_fields=["state"])
    _close(batch, row, actor=actor, code="registers.row_taken_back_in", now=now)
    return row


@transaction.atomic
def declare_another_person(*, actor: Actor, batch_id: UUID, row_id: UUID, now: datetime) -> StagedRow:
    """Decide that a row which looked like somebody known is another person. Not against a document number."""
    batch, row = _get_open_row(actor=actor, batch_id=batch_id, row_id=row_id)
    if sheet_kinds()[row.sheet.kind].likeness is not None:
        return _decide(batch, row, ANOTHER, actor=actor, code="registers.row_declared_another", now=now)
    if row.outcome != Outcome.DUPLICATE:
        raise Conflict("registers.no_likeness", _("This row is not taken for anybody else."))
    values = json.loads(row.record)
    raise_if_certain(row, values)
    row.codes = [code for code in row.codes if code != ELSEWHERE]
    row.outcome = Outcome.WARNED if row.codes else Outcome.ACCEPTED
    row.duplicate_row, row.duplicate_kind, row.duplicate_id = None, "", None
    # Name and phone are what made them one: the phone is another's, so it does not come along.
    values["phone"] = None
    row.record, row.is_repaired = dump(values), True
    row.raw = dump({**json.loads(row.raw), "phone": ""}) if row.raw else ""
    row.save()
    _close(batch, row, actor=actor, code="registers.row_declared_another", now=now)
    return row


@transaction.atomic
def confirm_same(*, actor: Actor, batch_id: UUID, row_id: UUID, now: datetime) -> StagedRow:
    """Decide that a row is the same as the one it is like: it joins that one as a further source.

    Refused where the other is not the importer's to see.
    """
    batch, row = _get_open_row(actor=actor, batch_id=batch_id, row_id=row_id)
    if sheet_kinds()[row.sheet.kind].likeness is None or ELSEWHERE in row.codes:
        raise Conflict("registers.no_likeness", _("This row is not taken for anybody else."))
    return _decide(batch, row, SAME, actor=actor, code="registers.row_confirmed_same", now=now)


def _decide(batch: ImportBatch, row: StagedRow, decision: str, *, actor: Actor, code: str, now: datetime) -> StagedRow:
    """The decision becomes a part of the row, so that it holds whenever the row is judged again. Twice is once."""
    raw = json.loads(row.raw) if row.raw else {}
    if raw.get(DECISION) == decision:
        return row
    if row.outcome != Outcome.DUPLICATE and DECISION not in raw:
        raise Conflict("registers.no_likeness", _("This row is not taken for anybody else."))
    _judge_again(batch, row, {**raw, DECISION: decision})
    _close(batch, row, actor=actor, code=code, now=now)
    return row


def raise_if_certain(row: StagedRow, values: Mapping[str, object]) -> None:
    if is_certain(row.sheet.kind, values):
        raise Refusal(
            "registers.same_number",
            _("Both rows have the same number, so it is the same person. Correct the number if it is wrong."),
        )


def _get_open_row(*, actor: Actor, batch_id: UUID, row_id: UUID) -> tuple[ImportBatch, StagedRow]:
    batch = get_batch_for_change(actor=actor, batch_id=batch_id)
    refuse_unless_staged(batch)
    return batch, get_row_for_change(batch=batch, row_id=row_id)


def _close(batch: ImportBatch, row: StagedRow, *, actor: Actor, code: str, now: datetime) -> None:
    batch.counts = count_rows(batch)
    batch.version += 1
    batch.save(update_fields=["counts", "version"])
    record_act(
        actor=actor, code=code, now=now, subject=batch_subject(batch), unit_path=batch.unit_path, row=row.pk,
        outcome=row.outcome,
    )  # fmt: skip
